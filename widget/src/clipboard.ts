/** The clipboard, also on pages without https. */

/** Copies a text. @param shown the element that shows it: left selected where copying is forbidden. */
export async function copy(text: string, shown: Element | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return shown !== null && select(shown) && document.execCommand("copy");
  }
}

function select(element: Element): boolean {
  const selection = getSelection();
  selection?.selectAllChildren(element);
  return selection !== null;
}
