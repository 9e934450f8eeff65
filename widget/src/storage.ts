/** What the browser keeps between pages; where it refuses to, what this page keeps in memory. */

const memory = new Map<string, string>();

/** A place of our own in localStorage. */
export class Storage {
  private readonly prefix: string;

  /** @param server root of the bot's server: chats of two servers on one site are kept apart. */
  constructor(server: string) {
    this.prefix = `optfm ${server} `;
  }

  get(name: string): string | null {
    try {
      return localStorage.getItem(this.prefix + name);
    } catch {
      return memory.get(this.prefix + name) ?? null; // private mode, blocked cookies
    }
  }

  set(name: string, value: string | null): void {
    const key = this.prefix + name;
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
    }
  }

  /** Values of all names that begin so. */
  all(start: string): string[] {
    const key = this.prefix + start;
    try {
      return Object.keys(localStorage)
        .filter((name) => name.startsWith(key))
        .map((name) => localStorage.getItem(name) ?? "");
    } catch {
      return [...memory].filter(([name]) => name.startsWith(key)).map(([, value]) => value);
    }
  }

  /** Calls back when another tab changed a name, until the signal. */
  onChange(listener: (name: string, value: string | null) => void, signal?: AbortSignal): void {
    const heard = (event: StorageEvent): void => {
      if (event.key?.startsWith(this.prefix)) {
        listener(event.key.slice(this.prefix.length), event.newValue);
      }
    };
    window.addEventListener("storage", heard, { signal });
  }
}
