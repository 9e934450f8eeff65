/** Where the log of messages stands. */

/** Nearer to the end than this, it follows new messages. */
const NEAR_PX = 80;

export function isAtEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
}

/** The end, but no further than where the last question is at the top: answers are read from there. */
export function restingPlace(box: HTMLElement): number {
  const own = [...box.querySelectorAll<HTMLElement>(".message.user")].pop();
  const end = box.scrollHeight - box.clientHeight;
  return own ? Math.min(end, Math.max(own.offsetTop - box.offsetTop - 10, 0)) : end;
}
