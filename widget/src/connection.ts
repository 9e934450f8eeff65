/** The connection to the bot's server: made once, and made again whenever it is lost. */

import { io, type Socket } from "socket.io-client";
import { Decoder, Encoder } from "socket.io-parser";
import { withPlainJson } from "./json";

/** A proxy that swallows websockets says nothing; then plain requests are tried. */
const CONNECT_MS = 8_000;
/** A server that turned a page away is asked again after so long, and a little more. */
const TURNED_AWAY_MS = 3_000;

class PlainEncoder extends Encoder {
  override encode(packet: Parameters<Encoder["encode"]>[0]): ReturnType<Encoder["encode"]> {
    return withPlainJson(() => super.encode(packet));
  }
}

export class Connection {
  private readonly socket: Socket;
  private warned = false;

  /**
   * @param server root of the bot's server.
   * @param heard what comes, by event; `connect`, `lost` and `refused` are our own.
   */
  constructor(
    private readonly server: string,
    private readonly heard: Record<string, (data: unknown) => void>,
  ) {
    const address = new URL(server, location.href);
    this.socket = io(address.origin, {
      path: `${address.pathname.replace(/\/$/, "")}/socket.io`,
      parser: { Encoder: PlainEncoder, Decoder },
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      timeout: CONNECT_MS,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
    });
    for (const [event, listener] of Object.entries(heard)) {
      this.socket.on(event, (data: unknown, acknowledge?: () => void) => {
        listener(data);
        if (typeof acknowledge === "function") acknowledge();
      });
    }
    this.socket.on("disconnect", (reason) => {
      this.lost();
      if (reason === "io server disconnect") this.comeBack();
    });
    this.socket.on("connect_error", (error) => this.failed(error));
    // The browser knows of a network that went or came before the socket does.
    window.addEventListener("offline", () => this.socket.disconnect());
    window.addEventListener("online", () => this.socket.connect());
  }

  /** Tries at once rather than after the pause. */
  connect(): void {
    this.socket.connect();
  }

  emit(event: string, data: unknown): void {
    this.socket.emit(event, data);
  }

  /** The server's acknowledgement. @throws Error where none came in so many milliseconds. */
  ask(event: string, data: unknown, ms: number): Promise<unknown> {
    return this.socket.timeout(ms).emitWithAck(event, data);
  }

  private failed(error: Error): void {
    if (!this.warned) {
      this.warned = true;
      void this.explain(error.message);
    }
    if (error.message === "timeout") this.socket.io.opts.transports = ["polling", "websocket"];
    if (!this.socket.active) this.comeBack();
    this.lost();
  }

  /** A browser tells no script why a server of another origin refused it; so that one is asked. */
  private async explain(message: string): Promise<void> {
    const refused = await isRefused(this.server);
    this.heard["refused"]?.(refused);
    console.warn(
      refused
        ? `OptFM: сервер ${this.server} не пускает страницы ${location.origin}: добавьте этот адрес в WIDGET_ORIGINS`
        : `OptFM: нет связи с ${this.server} (${message}). Сервер запущен? Есть ли ${location.origin} в его ` +
            "WIDGET_ORIGINS, пропускает ли прокси /socket.io, разрешает ли connect-src политики CSP?",
    );
  }

  /** socket.io itself does not, where the server ended the connection. */
  private comeBack(): void {
    setTimeout(() => this.socket.connect(), TURNED_AWAY_MS * (1 + Math.random()));
  }

  private lost(): void {
    this.heard["lost"]?.(undefined);
  }
}

/** Whether the server says that it takes no pages of this origin; false where it says nothing. */
async function isRefused(server: string): Promise<boolean> {
  try {
    const answer = await fetch(`${server.replace(/\/$/, "")}/webhooks/socketio/origin`, { credentials: "omit" });
    return answer.ok && ((await answer.json()) as { allowed?: unknown }).allowed === false;
  } catch {
    return false;
  }
}
