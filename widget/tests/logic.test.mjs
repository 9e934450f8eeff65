// What needs no browser: texts, wire and settings. The sources are bundled for node on the fly.
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

const bundled = await build({
  stdin: {
    contents: `export * from "./src/text"; export * from "./src/wire"; export * from "./src/settings"; export * from "./src/colour"; export * from "./src/chat";`,
    resolveDir: new URL("..", import.meta.url).pathname,
    loader: "ts",
  },
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(bundled.outputFiles[0].contents).toString("base64");
const { aroundOrder, aroundRows, Chat, pieces, readMessage, readSettings, roubles, textOn, webAddress } = await import(
  `data:text/javascript;base64,${source}`
);

const plain = (parts) => parts.map((part) => (typeof part === "string" ? part : `[${part.href}]`)).join("");

test("addresses, e-mails and phones become links, nothing else does", () => {
  const text = "Сайт https://optfm.ru/docs/. Почта zakaz@optfm.ru, тел. 8 800 444 10 81 (пн–пт)";
  assert.equal(
    plain(pieces(text)),
    "Сайт [https://optfm.ru/docs/]. Почта [mailto:zakaz@optfm.ru], тел. [tel:88004441081] (пн–пт)",
  );
  assert.equal(plain(pieces("javascript:alert(1) УТ-00025677 00000015182")), "javascript:alert(1) УТ-00025677 00000015182");
  assert.equal(plain(pieces("8 910 000-00-31")), "[tel:+79100000031]");
});

test("lines that cards show are left out of the text", () => {
  const rows = [{ code: "УТ-1", name: "Дисплей А" }, { code: "УТ-2", name: "Дисплей Б" }];
  const text = "Какой нужен?\n1. Дисплей А\n10 ₽ · код УТ-1\n2. Дисплей Б (цвета: a, b)\n20 ₽ · код УТ-2\n\nЦены от 01.09.2025.";
  assert.deepEqual(aroundRows(text, rows), ["Какой нужен?", "Цены от 01.09.2025."]);
  assert.deepEqual(aroundRows("Просто текст", rows), ["Просто текст", ""]);
});

test("lines of an order that cards show are left out of the text", () => {
  const order = [
    { n: 1, code: "УТ-1", said: "дисплей" },
    { n: 2, code: "", said: "нечто" },
  ];
  const text = "Прочитал.\n1. Дисплей А · УТ-1\n    2 × 5 ₽ = 10 ₽\n2. нечто, 1 шт: нет\n    Похожее: Б\nСтрока 3: что?\n\n2 строки.";
  const [before, after, lines] = aroundOrder(text, order);
  assert.deepEqual([before, after, lines.map((line) => line.n)], ["Прочитал.", "Строка 3: что?\n\n2 строки.", [1, 2]]);
  assert.deepEqual(aroundOrder("1. УТ-9", order), ["1. УТ-9", "", []]);
});

test("prices have their thousands apart and a rouble sign", () => {
  assert.equal(roubles(1234), "1\u00a0234\u00a0₽");
  assert.equal(roubles(1234.5), "1\u00a0234,50\u00a0₽");
});

test("anything from the wire becomes a message", () => {
  for (const raw of [null, 7, "x", [], {}, { buttons: 3, custom: { rows: [null, { name: 1 }] }, at: "?" }]) {
    const message = readMessage(raw, "", 5);
    assert.equal(message.text, "");
    assert.equal(message.at, 5);
    assert.deepEqual(message.rows, []);
  }
});

test("stock Rasa's quick replies are buttons", () => {
  const message = readMessage({ text: "a", quick_replies: [{ content_type: "text", title: "Да", payload: "/affirm" }] }, "");
  assert.deepEqual(message.buttons, [{ title: "Да", payload: "/affirm" }]);
});

test("a manager's answer has his name", () => {
  const message = readMessage({ text: "Добрый день", custom: { manager: { name: "Ольга" } } }, "");
  assert.equal(message.from, "manager");
  assert.equal(message.name, "Ольга");
});

test("only web addresses are taken for pictures and files", () => {
  const server = "https://bot.example";
  assert.equal(webAddress("javascript:alert(1)", server), undefined);
  assert.equal(webAddress("//evil.example/x", server), undefined);
  assert.equal(webAddress("https://optfm.ru/a.png", server), "https://optfm.ru/a.png");
  assert.equal(webAddress("/files/a/b.pdf", server), "https://bot.example/files/a/b.pdf");
});

test("a photo is shown, any other file is a link", () => {
  const file = (mime) => readMessage({ file: { name: "a", size: 1, mime, url: "/files/a" } }, "https://bot.example");
  assert.equal(file("image/png").image, "https://bot.example/files/a");
  assert.equal(file("image/svg+xml").image, undefined);
  assert.equal(file("application/pdf").file.url, "https://bot.example/files/a");
});

test("a row without a code hides no line of the text", () => {
  const rows = [{ code: "", name: "Дисплей А" }];
  assert.deepEqual(aroundRows("Вот:\n1. Дисплей А\nЦены от 01.09.2025.", rows), ["Вот:", "Цены от 01.09.2025."]);
});

test("every wrong attribute is named, others' are not", () => {
  const said = [];
  const given = { color: "red", colour: "#fff", wordNope: "x", lang: "xx", skipMoving: "true", phone: "звоните" };
  readSettings(given, "https://bot.example", (problem) => said.push(problem.split(/[=:]/)[0]));
  assert.deepEqual(said.sort(), ["data-color", "data-colour", "data-lang", "data-phone", "data-word-nope"]);
});

test("any word may be replaced, and a short colour is a colour", () => {
  const said = [];
  const given = { wordTooLong: "Длинно", wordSend: "Жибәр", color: "#0af", lang: "en-US" };
  const settings = readSettings(given, "https://bot.example", (problem) => said.push(problem));
  assert.deepEqual([settings.words.tooLong, settings.words.send, settings.color], ["Длинно", "Жибәр", "#00aaff"]);
  assert.equal(settings.words.manager, "Call a manager");
  assert.deepEqual(said, []);
});

test("wrong settings are the usual ones", () => {
  const settings = readSettings({ color: "red; }", theme: "pink", position: "top" }, "https://bot.example/");
  assert.equal(settings.color, "");
  assert.equal(settings.theme, "auto");
  assert.equal(settings.position, "right");
  assert.equal(settings.server, "https://bot.example");
});

test("text on a colour has a contrast of 4.5 at least", () => {
  assert.equal(textOn("#2456d6"), "#ffffff");
  assert.equal(textOn("#ffd60a"), "#14161a");
});

test("a history that comes late takes away nothing that was said since, an earlier one does", () => {
  globalThis.window = globalThis;
  const chat = new Chat("", { get: () => null, set: () => {}, all: () => [] }, () => {});
  const shown = () => chat.messages.map((message) => message.text);
  chat.confirmed("session");
  chat.answered({ id: "m1:0", text: "Не получилось" });
  chat.replace([{ from: "bot", id: "m0:0", text: "Раньше" }]);
  assert.deepEqual(shown(), ["Раньше", "Не получилось"]);
  chat.confirmed("session");
  chat.replace([{ from: "bot", id: "m0:0", text: "Раньше" }]);
  assert.deepEqual(shown(), ["Раньше"]);
  chat.confirmed("another");
  clearTimeout(chat.flushTimer);
  assert.deepEqual(shown(), []);
});
