/** What the visitor has seen of the other side's messages, in any tab. */

import type { Message } from "./message";
import type { Storage } from "./storage";

export class Reading {
  constructor(private readonly storage: Storage) {}

  /** Messages of the other side since the visitor last looked. */
  unread(messages: Message[]): number {
    const read = Number(this.storage.get("read")) || 0;
    return messages.filter((one) => one.from !== "user" && one.at > read).length;
  }

  /** The visitor looks at them now; by the server's clock, for his own may be wrong. */
  read(messages: Message[]): void {
    const last = Math.max(0, ...messages.filter((one) => one.from !== "user").map((one) => one.at));
    if (last) this.storage.set("read", String(last));
  }
}
