/** Where the log of messages stands: it follows new ones, but for a reader who went up. */

/** Nearer to the end than this, it follows. */
const NEAR_PX = 80;

export class Scrolling {
  /** The reader is at the end, or where an answer began. */
  follows = true;
  /** New messages below, since he went up. */
  unseen = 0;
  private toEnd = true;

  /** The reader wants to be at the end: he wrote, opened the chat, or asked for it. */
  goToEnd(): void {
    this.toEnd = this.follows = true;
    this.unseen = 0;
  }

  /** Something new came. */
  came(): void {
    if (!this.follows) this.unseen += 1;
  }

  /** Moves the log after it has grown. */
  settle(box: HTMLElement): void {
    if (!this.toEnd && !this.follows) return;
    box.scrollTop = this.toEnd ? box.scrollHeight : Math.max(box.scrollTop, restingPlace(box));
    this.toEnd = false;
  }

  /** The log was moved. @returns whether what is shown about it changes. */
  moved(box: HTMLElement): boolean {
    const before = this.follows;
    this.follows = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    if (this.follows) this.unseen = 0;
    return this.follows !== before;
  }
}

/**
 * The end, but no further than where the last question is at the top: answers are read from there.
 * Where he has read that far, no further than the beginning of the last message.
 */
function restingPlace(box: HTMLElement): number {
  const messages = [...box.querySelectorAll<HTMLElement>(".message")];
  const top = (one?: HTMLElement): number => (one ? Math.max(one.offsetTop - box.offsetTop - 10, 0) : Infinity);
  const question = top(messages.filter((one) => one.matches(".user")).pop());
  const read = box.scrollTop >= question - 1;
  return Math.min(box.scrollHeight - box.clientHeight, read ? top(messages.pop()) : question);
}
