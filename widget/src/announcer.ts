/** What a screen reader says: each new line once, and nothing of the history. */

/** So many lines stay: two answers that come together are both read. */
const KEPT = 4;

export interface Line {
  id: number;
  text: string;
}

export class Announcer {
  lines: Line[] = [];
  private last = 0;

  say(text: string): void {
    this.last += 1;
    this.lines = [...this.lines, { id: this.last, text }].slice(-KEPT);
  }
}
