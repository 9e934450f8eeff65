/** Entry of the bundle: defines `<optfm-chat>` and puts one on the page that loads the script. */

import { OptfmChat } from "./element";
import { stay } from "./staying";

// A module has no currentScript.
const script = (document.currentScript ??
  document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement | null;

function mount(): void {
  if (!document.body || document.querySelector("optfm-chat")) return; // the page placed its own
  document.body.append(OptfmChat.only ?? made());
}

function made(): HTMLElement {
  const element = document.createElement("optfm-chat");
  for (const [name, value] of Object.entries(script?.dataset ?? {})) element.dataset[name] = value;
  return element;
}

/** `<button data-optfm-ask="дисплей iPhone 11">` anywhere on the page opens the chat and asks. */
function asked(event: MouseEvent): void {
  const asker = (event.target as Element | null)?.closest?.("[data-optfm-ask]");
  const chat = document.querySelector<OptfmChat>("optfm-chat");
  if (!asker || !chat) return;
  event.preventDefault();
  chat.ask(asker.getAttribute("data-optfm-ask") ?? "");
}

if (customElements.get("optfm-chat")) {
  // Pages that are replaced by a script run ours again; the first one keeps the chat.
  if (document.querySelectorAll('script[src*="/widget.js"]').length > 1)
    console.warn("OptFM: widget.js подключён к странице дважды, второй не нужен");
} else {
  OptfmChat.origin = script?.src ? new URL(script.src).href.replace(/\/[^/]*$/, "") : location.origin;
  customElements.define("optfm-chat", OptfmChat);
  document.addEventListener("click", asked);
  const begin = (): void => {
    mount();
    stay(mount);
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
}
