/** The dialog: what is shown, and what is on its way to the server. */

import { Connection } from "./connection";
import { upload } from "./files";
import { type Message, newId } from "./message";
import { type Pending, PendingMessages } from "./pending";
import type { Storage } from "./storage";
import { isShown, list, object, readMessage, text } from "./wire";

/** So long a message may be on its way before the visitor is offered to send it again. */
const ACK_MS = 40_000;
/** The bot "types" no longer than this without a word. */
const TYPING_MS = 30_000;
/** From then on the visitor is told that the answer takes longer. */
const SLOW_MS = 8_000;
/** A history comes right after the session; later, or never, where the server cannot read it now. */
const HISTORY_MS = 2_000;
const LINK_MS = 10_000;
export const LONGEST = 4_000;

/** What happened, for whoever shows it. */
export type Change = "messages" | "answer" | "state" | "slow" | "failed";

export class Chat {
  messages: Message[] = [];
  connected = false;
  /** Tried to connect and could not. */
  away = false;
  typing = false;
  /** The server lets no page of this site in. */
  refused = false;
  /** It types for long. */
  slow = false;
  /** The last answer. */
  latest: Message | undefined;
  /** Whether the dialog can go on in Telegram, as far as the server has said. */
  telegram = true;
  session: string | null;

  private connection: Connection | undefined;
  private readonly pending: PendingMessages;
  /** Ids of messages that wait for an acknowledgement of this connection. */
  private readonly onTheWay = new Set<string>();
  /** Files of this page that the server does not have yet, by the ids of their messages. */
  private readonly files = new Map<string, File>();
  /** Ids of what was said before this session began: its history knows better. */
  private earlier = new Set<string>();
  private typingTimer = 0;
  private slowTimer = 0;
  private flushTimer = 0;
  /** Earlier messages are on their way: new ones may follow. */
  private flushed = false;

  constructor(
    private readonly server: string,
    private readonly storage: Storage,
    private readonly changed: (what: Change) => void,
  ) {
    this.pending = new PendingMessages(storage);
    this.session = storage.get("session");
  }

  /** Whether this browser has spoken with the bot before. */
  get known(): boolean {
    return this.session !== null || this.pending.all().length > 0;
  }

  /** Connects, once; from then on it keeps the connection by itself. */
  start(): void {
    if (this.connection) return;
    this.connection = new Connection(this.server, {
      connect: () => this.requestSession(),
      lost: () => this.lost(),
      refused: (refused) => this.turnedAway(refused === true),
      session_confirm: (id) => this.confirmed(id),
      session_history: (history) => this.replace(list(history)),
      session_features: (raw) => {
        this.telegram = object(raw)["telegram"] !== false;
        this.changed("state");
      },
      bot_uttered: (raw) => this.answered(raw),
      user_uttered_echo: (raw) => this.echoed(raw),
      bot_typing: (raw) => this.setTyping(object(raw)["on"] !== false),
    });
    this.pending.onChange(
      (message) => this.show(asMessage(message)),
      (id) => this.settle(id, { state: "sent" }),
    );
    for (const message of this.pending.all()) this.show(asMessage(message));
  }

  /** Says something to the bot. @param shown what the visitor sees instead, such as a button's title. */
  say(words: string, shown: string = words): void {
    const message: Pending = { id: newId(), text: words, shown, at: Date.now() };
    this.pending.add(message);
    this.show(asMessage(message));
    this.start();
    if (this.flushed) this.emit(message);
    else if (this.away) this.connection?.connect();
  }

  /** Sends a message again that failed. */
  again(failed: Message): void {
    this.settle(failed.id, { state: "sending", error: undefined });
    if (!this.flushed) this.connection?.connect();
    else if (this.files.has(failed.id)) void this.upload(failed.id);
    else for (const message of this.pending.all()) if (message.id === failed.id) this.emit(message);
  }

  /** Sends a file for the manager; one chosen without a connection waits for it. */
  sendFile(file: File): void {
    const { name, size, type: mime } = file;
    const message = asMessage({ id: newId(), text: "", shown: "", at: Date.now() });
    this.files.set(message.id, file);
    this.show({ ...message, file: { name, size, mime } });
    this.start();
    if (this.flushed) void this.upload(message.id);
  }

  /** A one-time address that goes on with this dialog in Telegram; null where there is none. */
  async telegramLink(): Promise<string | null> {
    if (!this.connection || !this.connected) return null;
    try {
      const answer = object(await this.connection.ask("link_request", {}, LINK_MS));
      const url = text(answer["url"]);
      this.telegram = answer["error"] !== "no_telegram";
      return /^https:\/\//.test(url) ? url : null;
    } catch {
      return null;
    }
  }

  private requestSession(): void {
    this.session = this.storage.get("session");
    this.connection?.emit("session_request", { session_id: this.session, acks: true });
  }

  private confirmed(raw: unknown): void {
    const id = text(raw) || text(object(raw)["session_id"]);
    const other = this.storage.get("session");
    if (this.session === null && other !== null && other !== id) {
      this.requestSession(); // another tab began the dialog a moment ago
      return;
    }
    if (id !== this.session) this.messages = this.messages.filter((one) => one.state === "sending");
    this.earlier = new Set(this.messages.filter(isSaid).map((one) => one.id));
    this.session = id;
    this.storage.set("session", id);
    this.connected = true;
    this.away = this.refused = false;
    // What the history holds already need not be sent; stock servers send none.
    clearTimeout(this.flushTimer);
    this.flushTimer = window.setTimeout(() => this.flush(), HISTORY_MS);
    this.changed("state");
  }

  /** Sends what is not acknowledged, in order. */
  private flush(): void {
    clearTimeout(this.flushTimer);
    if (!this.connected) return;
    this.flushed = true;
    for (const message of this.pending.all()) this.emit(message);
    for (const id of this.files.keys()) void this.upload(id);
  }

  private async upload(id: string): Promise<void> {
    const file = this.files.get(id);
    if (!file || !this.session || this.onTheWay.has(id)) return;
    this.onTheWay.add(id);
    this.settle(id, { state: "sending", error: undefined, progress: 0 });
    try {
      const raw = await upload(this.server, this.session, id, file, (progress) => this.settle(id, { progress }));
      const kept = readMessage(raw, this.server);
      this.files.delete(id);
      this.settle(id, { state: "sent", progress: undefined, image: kept.image, ...(kept.file && { file: kept.file }) });
    } catch (error) {
      const why = error instanceof Error ? error.message : "";
      this.settle(id, { state: "failed", error: why, progress: undefined });
    } finally {
      this.onTheWay.delete(id);
    }
  }

  private emit(message: Pending): void {
    if (this.onTheWay.has(message.id)) return;
    this.onTheWay.add(message.id);
    this.settle(message.id, { state: "sending", error: undefined });
    this.setTyping(true);
    this.connection
      ?.ask(
        "user_uttered",
        {
          message: message.text,
          session_id: this.session,
          message_id: message.id,
          display: message.shown,
        },
        ACK_MS,
      )
      .then((raw) => this.acknowledged(message.id, object(raw)))
      .catch(() => {
        // Cut off: it is sent again with the next connection. Still connected: the visitor decides.
        if (this.connected) this.settle(message.id, { state: "failed" });
      })
      .finally(() => this.onTheWay.delete(message.id));
  }

  private acknowledged(id: string, answer: Record<string, unknown>): void {
    const error = text(answer["error"]);
    const refused = answer["ok"] === false;
    // What came too early is kept: it may be sent again later, also by another page.
    if (error !== "too_often") this.pending.done(id);
    if (!refused) {
      const at = Date.parse(text(answer["at"]));
      this.settle(id, { state: "sent", ...(at ? { at } : {}) });
      return;
    }
    this.setTyping(false);
    this.settle(id, { state: "failed", error: text(answer["text"]) || error, final: error !== "too_often" });
  }

  private replace(history: unknown[]): void {
    const said = history.map((raw) => readMessage(raw, this.server)).filter(isShown);
    const there = new Set(said.map((message) => message.id));
    for (const message of this.pending.all()) {
      if (there.has(message.id)) this.pending.done(message.id);
    }
    // One that comes late must not take away what was said since, an apology with its question.
    const own = this.messages.filter((one) => !isSaid(one) || !this.earlier.has(one.id));
    this.messages = [...said, ...own.filter((one) => !there.has(one.id))];
    this.changed("messages");
    this.flush();
  }

  private answered(raw: unknown): void {
    const message = readMessage(raw, this.server);
    if (!message.id.endsWith(":slow")) this.setTyping(false); // that one only asks for patience
    if (!isShown(message) || this.messages.some((one) => one.id === message.id)) return;
    this.messages = inPlace(this.messages, message);
    this.latest = message;
    this.changed("answer");
  }

  /** What the visitor said in another tab, or in Telegram. */
  private echoed(raw: unknown): void {
    const message = readMessage({ ...object(raw), from: "user" }, this.server);
    if (this.messages.some((one) => one.id === message.id)) {
      this.settle(message.id, { state: "sent" });
    } else if (isShown(message)) {
      this.messages = [...this.messages, message];
      this.changed("messages");
    }
  }

  private show(message: Message): void {
    if (this.messages.some((one) => one.id === message.id)) return;
    this.messages = [...this.messages, message];
    this.changed("messages");
  }

  private settle(id: string, values: Partial<Message>): void {
    this.messages = this.messages.map((one) => (one.id === id ? { ...one, ...values } : one));
    this.changed(values.state === "failed" ? "failed" : "state");
  }

  private lost(): void {
    this.connected = this.flushed = false;
    this.away = true;
    this.setTyping(false);
    this.changed("state");
  }

  private turnedAway(refused: boolean): void {
    this.refused = refused;
    this.changed("state");
  }

  private setTyping(on: boolean): void {
    clearTimeout(this.typingTimer);
    if (!on || !this.typing) {
      clearTimeout(this.slowTimer);
      this.slow = false;
      if (on) this.slowTimer = window.setTimeout(() => this.takesLong(), SLOW_MS);
    }
    this.typing = on;
    if (on) this.typingTimer = window.setTimeout(() => this.setTyping(false), TYPING_MS);
    this.changed("state");
  }

  private takesLong(): void {
    this.slow = true;
    this.changed("slow");
  }
}

/** An answer stands below its question, where the history has it, though others were asked since. */
function inPlace(messages: Message[], answer: Message): Message[] {
  const [question] = answer.id.split(":");
  const at = messages.findIndex((one) => one.from === "user" && one.id === question);
  const next = messages.findIndex((one, index) => index > at && one.from === "user");
  if (at < 0 || next < 0) return [...messages, answer];
  return [...messages.slice(0, next), answer, ...messages.slice(next)];
}

/** Whether it is on no way any more. */
function isSaid(message: Message): boolean {
  return message.state === undefined || message.state === "sent";
}

function asMessage(pending: Pending): Message {
  return {
    id: pending.id,
    from: "user",
    text: pending.shown,
    at: pending.at,
    buttons: [],
    rows: [],
    order: [],
    state: "sending",
  };
}
