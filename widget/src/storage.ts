/** What the browser keeps between pages; where it refuses to, what this page keeps in memory. */

const memory = new Map<string, string>();

/** A place of our own in the browser's storage. */
export class Storage {
  private readonly prefix: string;

  /**
   * @param server root of the bot's server: chats of two servers on one site are kept apart.
   * @param place shared by the tabs (`localStorage`), or of this tab alone.
   */
  constructor(
    server: string,
    private readonly place: "localStorage" | "sessionStorage" = "localStorage",
  ) {
    this.prefix = `optfm ${server} `;
  }

  get(name: string): string | null {
    const key = this.prefix + name;
    try {
      return window[this.place].getItem(key) ?? memory.get(key) ?? null;
    } catch {
      return memory.get(key) ?? null; // private mode, blocked cookies
    }
  }

  set(name: string, value: string | null): void {
    const key = this.prefix + name;
    memory.delete(key);
    try {
      if (value === null) window[this.place].removeItem(key);
      else window[this.place].setItem(key, value);
    } catch {
      if (value !== null) memory.set(key, value); // refused, or full
    }
  }

  /** Values of all names that begin so. */
  all(start: string): string[] {
    const key = this.prefix + start;
    const names = new Set(memory.keys());
    try {
      for (const name of Object.keys(window[this.place])) names.add(name);
    } catch {
      // what the memory has is all there is
    }
    return [...names]
      .filter((name) => name.startsWith(key))
      .map((name) => this.get(name.slice(this.prefix.length)) ?? "");
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
