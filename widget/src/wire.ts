/** What the server sends (docs/websocket.md), read with suspicion: any field may be missing. */

import { type Author, type Button, type Message, newId, type OrderLine, type Row } from "./message";

/** What every browser shows by itself. */
const PICTURE = /^image\/(jpeg|png|webp|gif)$/;

type Json = Record<string, unknown>;

/**
 * A message of the bot, of a manager, or (in a history) of the visitor.
 * @param server its root; files of its own come by their paths.
 */
export function readMessage(raw: unknown, server: string, now: number = Date.now()): Message {
  const json = object(raw);
  const address = (value: unknown): string | undefined => webAddress(value, server);
  const custom = object(json["custom"] ?? json["data"]);
  const manager = custom["manager"] === undefined ? undefined : object(custom["manager"]);
  const author = author_(json["from"], manager !== undefined);
  const file = readFile(json["file"] ?? custom["file"] ?? linked(json, "file"), address);
  return {
    id: text(json["message_id"]) || text(json["id"]) || newId(),
    from: author,
    text: text(json["text"]),
    at: time(json["at"] ?? json["timestamp"], now),
    buttons: list(json["buttons"] ?? json["quick_replies"]).map(readButton).filter(isButton),
    rows: list(custom["rows"]).map(readRow).filter((row) => row.name !== ""),
    order: list(object(custom["order"])["lines"]).map(readLine),
    file,
    image:
      address(json["image"]) ??
      address(linked(json, "image")["src"]) ??
      (file && PICTURE.test(file.mime) ? file.url : undefined),
    name: text(manager?.["name"]) || text(json["name"]) || undefined,
    consent: object(custom["form"])["field"] === "consent" || undefined,
    state: author === "user" ? "sent" : undefined,
  };
}

/** Whether there is anything to show. */
export function isShown(message: Message): boolean {
  return Boolean(message.text || message.rows.length || message.file || message.image);
}

/** Only web addresses become links and images; a path is one of the server's. */
export function webAddress(value: unknown, server: string): string | undefined {
  const given = text(value);
  if (/^\/(?!\/)/.test(given)) return server + given;
  return /^https?:\/\//.test(given) ? given : undefined;
}

export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function author_(from: unknown, byManager: boolean): Author {
  if (from === "user" || from === "manager") return from;
  return byManager ? "manager" : "bot";
}

function time(value: unknown, now: number): number {
  if (typeof value === "number") return value < 1e11 ? value * 1000 : value;
  const parsed = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(parsed) ? now : parsed;
}

function readButton(raw: unknown): Button {
  const json = object(raw);
  return { title: text(json["title"]), payload: text(json["payload"]) || text(json["title"]) };
}

function isButton(button: Button): boolean {
  return button.title !== "";
}

function readRow(raw: unknown): Row {
  const json = object(raw);
  const price = Number(json["price"]) || 0;
  return {
    code: text(json["code"]),
    name: text(json["name"]).split(/\s+/).filter(Boolean).join(" "),
    price,
    finalPrice: Number(json["final_price"]) || price,
    status: text(json["status"]),
    colours: list(json["colours"]).map(text).filter(Boolean),
  };
}

function readLine(raw: unknown): OrderLine {
  const json = object(raw);
  const state = text(json["state"]);
  return {
    n: Number(json["n"]) || 0,
    said: text(json["said"]),
    quantity: typeof json["quantity"] === "number" ? json["quantity"] : undefined,
    state: state === "sure" || state === "choose" || state === "none" ? state : "unread",
    code: text(json["code"]),
    name: text(json["name"]),
    price: Number(json["price"]) || 0,
    sum: typeof json["sum"] === "number" ? json["sum"] : undefined,
    note: text(json["note"]),
    options: list(json["options"]).map((one) => {
      const option = object(one);
      return { name: text(option["name"]), price: Number(option["price"]) || 0 };
    }),
  };
}

function readFile(
  raw: unknown,
  address: (value: unknown) => string | undefined,
): Message["file"] {
  const json = object(raw);
  const url = address(json["url"] ?? json["src"]);
  const name = text(json["name"]) || (url?.split("/").pop() ?? "");
  if (!name) return undefined;
  return {
    name,
    size: Number(json["size"]) || 0,
    mime: text(json["mime"]),
    url,
  };
}

/** Rasa's `attachment` of a type, such as `{type: "image", payload: {src}}`. */
function linked(json: Json, type: string): Json {
  const attachment = object(json["attachment"]);
  return attachment["type"] === type ? object(attachment["payload"]) : {};
}
