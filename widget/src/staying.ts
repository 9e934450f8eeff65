/** The chat stays on a page whose script changes the page (Turbo, PJAX): the same one, with its dialog. */

/**
 * Puts an element back wherever the page's body is replaced or emptied.
 *
 * @param mount puts it on the page, if there is none.
 */
export function stay(mount: () => void): void {
  const observer = new MutationObserver((records) => {
    if (records.some(isFarewell)) return observer.disconnect();
    follow();
    mount();
  });
  const follow = (): void => {
    observer.observe(document.documentElement, { childList: true });
    if (document.body) observer.observe(document.body, { childList: true });
  };
  follow();
}

/** A page that takes the chat away, and it alone, does not want it. */
function isFarewell({ addedNodes, removedNodes, target }: MutationRecord): boolean {
  const [gone] = removedNodes;
  const alone = removedNodes.length === 1 && addedNodes.length === 0;
  return alone && target === document.body && gone?.nodeName === "OPTFM-CHAT";
}
