/** What the visitor is writing, and what is said to him about it. */

import type { Storage } from "./storage";

export class Composing {
  /** Why something cannot be sent, in clear words. */
  problem = "";
  /** A one-time address that continues in Telegram. */
  link = "";

  /** @param storage of this tab: what is half written outlives a reload. */
  constructor(private readonly storage: Storage) {}

  get draft(): string {
    return this.storage.get("draft") ?? "";
  }

  set draft(text: string) {
    this.storage.set("draft", text || null);
    this.problem = "";
  }

  /** Nothing more to say about what was sent before. */
  clear(): void {
    this.problem = this.link = "";
  }
}
