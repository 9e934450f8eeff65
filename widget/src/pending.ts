/** The visitor's messages that the server has not acknowledged: they outlive a reload. */

import { withPlainJson } from "./json";
import type { Storage } from "./storage";

export interface Pending {
  id: string;
  /** What is sent; a button's payload. */
  text: string;
  /** What is shown; a button's title. */
  shown: string;
  at: number;
}

const KEY = "pending ";

/** One entry of the storage a message, so that two tabs never write the same one. */
export class PendingMessages {
  constructor(private readonly storage: Storage) {}

  /** In the order in which they were written. */
  all(): Pending[] {
    return this.storage
      .all(KEY)
      .map(read)
      .filter((one): one is Pending => one !== null)
      .sort((a, b) => a.at - b.at);
  }

  add(message: Pending): void {
    this.storage.set(KEY + message.id, withPlainJson(() => JSON.stringify(message)));
  }

  done(id: string): void {
    this.storage.set(KEY + id, null);
  }

  /** Calls back with what another tab wrote, or with the id of what it saw acknowledged. */
  onChange(added: (message: Pending) => void, done: (id: string) => void): void {
    this.storage.onChange((name, value) => {
      if (!name.startsWith(KEY)) return;
      const message = value === null ? null : read(value);
      if (message) added(message);
      else done(name.slice(KEY.length));
    });
  }
}

function read(value: string): Pending | null {
  try {
    const one = JSON.parse(value) as Pending;
    return typeof one.id === "string" && typeof one.text === "string" ? one : null;
  } catch {
    return null;
  }
}
