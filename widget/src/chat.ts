/** The dialog: what is shown, what is on its way, and the connection that carries it. */

import { io, type Socket } from "socket.io-client";
import { upload } from "./files";
import { type Message, newId } from "./message";
import { type Pending, PendingMessages } from "./pending";
import type { Storage } from "./storage";
import { isShown, list, object, readMessage, text } from "./wire";

/** So long a message may be on its way before the visitor is offered to send it again. */
const ACK_MS = 40_000;
/** The bot "types" no longer than this without a word. */
const TYPING_MS = 30_000;
/** A history comes right after the session, or not at all. */
const HISTORY_MS = 2_000;
export const LONGEST = 4_000;

/** What happened, for whoever shows it. */
export type Change = "messages" | "answer" | "state";

export class Chat {
  messages: Message[] = [];
  connected = false;
  /** Tried to connect and could not. */
  away = false;
  typing = false;
  /** Whether the dialog can go on in Telegram, as far as the server has said. */
  telegram = true;
  session: string | null;

  private socket: Socket | undefined;
  private readonly pending: PendingMessages;
  /** Ids of messages that wait for an acknowledgement of this connection. */
  private readonly onTheWay = new Set<string>();
  private typingTimer = 0;
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
    if (this.socket) return;
    const address = new URL(this.server, location.href);
    this.socket = io(address.origin, {
      path: `${address.pathname.replace(/\/$/, "")}/socket.io`,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
    });
    this.socket.on("connect", () => this.requestSession());
    this.socket.on("session_confirm", (id: unknown) => this.confirmed(id));
    this.socket.on("session_history", (history: unknown) => this.replace(list(history)));
    this.socket.on("bot_uttered", (raw: unknown) => this.answered(raw));
    this.socket.on("session_features", (raw: unknown) => {
      this.telegram = object(raw)["telegram"] !== false;
      this.changed("state");
    });
    this.socket.on("user_uttered_echo", (raw: unknown) => this.echoed(raw));
    this.socket.on("bot_typing", (raw: unknown) => this.setTyping(object(raw)["on"] !== false));
    this.socket.on("disconnect", () => this.lost());
    this.socket.on("connect_error", () => this.lost());
    this.pending.onChange(
      (message) => this.show(asMessage(message)),
      (id) => this.settle(id, { state: "sent" }),
    );
    // The browser knows of a network that went or came before the socket does.
    window.addEventListener("offline", () => this.socket?.disconnect());
    window.addEventListener("online", () => this.socket?.connect());
    for (const message of this.pending.all()) this.show(asMessage(message));
  }

  /** Says something to the bot. @param shown what the visitor sees instead, such as a button's title. */
  say(words: string, shown: string = words): void {
    const message: Pending = { id: newId(), text: words, shown, at: Date.now() };
    this.pending.add(message);
    this.show(asMessage(message));
    this.start();
    if (this.flushed) this.emit(message);
    else if (this.away) this.socket?.connect();
  }

  /** Sends a message again that failed. */
  again(failed: Message): void {
    const kept = this.pending.all().find((one) => one.id === failed.id);
    const message = kept ?? { id: failed.id, text: failed.text, shown: failed.text, at: Date.now() };
    this.pending.add(message);
    this.settle(failed.id, { state: "sending", error: undefined });
    if (this.flushed) this.emit(message);
    else this.socket?.connect();
  }

  /** Sends a file for the manager. @param failed what is said where it cannot be sent. */
  async sendFile(file: File, failed: string): Promise<void> {
    const { name, size, type: mime } = file;
    const message: Message = { ...asMessage({ id: newId(), text: "", shown: "", at: Date.now() }) };
    this.show({ ...message, file: { name, size, mime } });
    try {
      if (!this.session || !this.connected) throw new Error();
      await upload(this.server, this.session, message.id, file);
      this.settle(message.id, { state: "sent" });
    } catch (error) {
      const why = error instanceof Error && error.message ? error.message : failed;
      this.settle(message.id, { state: "failed", error: why });
    }
  }

  /** A one-time address that goes on with this dialog in Telegram; null where there is none. */
  async telegramLink(): Promise<string | null> {
    if (!this.socket || !this.connected) return null;
    try {
      const answer = object(await this.socket.timeout(10_000).emitWithAck("link_request", {}));
      const url = text(answer["url"]);
      this.telegram = answer["error"] !== "no_telegram";
      return /^https:\/\//.test(url) ? url : null;
    } catch {
      return null;
    }
  }

  private requestSession(): void {
    this.session = this.storage.get("session");
    this.socket?.emit("session_request", this.session ? { session_id: this.session } : {});
  }

  private confirmed(raw: unknown): void {
    const id = text(raw) || text(object(raw)["session_id"]);
    const other = this.storage.get("session");
    if (this.session === null && other !== null && other !== id) {
      this.requestSession(); // another tab began the dialog a moment ago
      return;
    }
    if (id !== this.session) this.messages = this.messages.filter((one) => one.state === "sending");
    this.session = id;
    this.storage.set("session", id);
    this.connected = true;
    this.away = false;
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
  }

  private emit(message: Pending): void {
    if (this.onTheWay.has(message.id)) return;
    this.onTheWay.add(message.id);
    this.setTyping(true);
    this.socket
      ?.timeout(ACK_MS)
      .emitWithAck("user_uttered", {
        message: message.text,
        session_id: this.session,
        message_id: message.id,
        display: message.shown,
      })
      .then((raw: unknown) => this.acknowledged(message.id, object(raw)))
      .catch(() => {
        // Cut off: it is sent again with the next connection. Still connected: the visitor decides.
        if (this.connected) this.settle(message.id, { state: "failed" });
      })
      .finally(() => this.onTheWay.delete(message.id));
  }

  private acknowledged(id: string, answer: Record<string, unknown>): void {
    this.pending.done(id);
    if (answer["ok"] === false) {
      this.setTyping(false);
      this.settle(id, { state: "failed", error: text(answer["text"]) || text(answer["error"]) });
    } else {
      this.settle(id, { state: "sent" });
    }
  }

  private replace(history: unknown[]): void {
    const said = history.map((raw) => readMessage(raw, this.server)).filter(isShown);
    const there = new Set(said.map((message) => message.id));
    for (const message of this.pending.all()) {
      if (there.has(message.id)) this.pending.done(message.id);
    }
    const own = this.messages.filter((one) => one.state !== undefined && one.state !== "sent");
    this.messages = [...said, ...own.filter((one) => !there.has(one.id))];
    this.changed("messages");
    this.flush();
  }

  private answered(raw: unknown): void {
    this.setTyping(false);
    const message = readMessage(raw, this.server);
    if (!isShown(message) || this.messages.some((one) => one.id === message.id)) return;
    this.messages = inPlace(this.messages, message);
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
    this.changed("state");
  }

  private lost(): void {
    this.connected = this.flushed = false;
    this.away = true;
    this.setTyping(false);
    this.changed("state");
  }

  private setTyping(on: boolean): void {
    clearTimeout(this.typingTimer);
    this.typing = on;
    if (on) this.typingTimer = window.setTimeout(() => this.setTyping(false), TYPING_MS);
    this.changed("state");
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

function asMessage(pending: Pending): Message {
  return {
    id: pending.id,
    from: "user",
    text: pending.shown,
    at: pending.at,
    buttons: [],
    rows: [],
    state: "sending",
  };
}
