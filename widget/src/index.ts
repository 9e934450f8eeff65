/** Entry of the bundle: defines `<optfm-chat>` and puts one on the page that loads the script. */

import { OptfmChat } from "./element";

const script = document.currentScript as HTMLScriptElement | null;
const origin = script?.src ? new URL(script.src).href.replace(/\/[^/]*$/, "") : location.origin;
OptfmChat.origin = origin;

if (!customElements.get("optfm-chat")) customElements.define("optfm-chat", OptfmChat);

function mount(): void {
  if (document.querySelector("optfm-chat")) return; // the page placed its own
  const element = document.createElement("optfm-chat");
  Object.assign(element.dataset, script?.dataset);
  document.body.append(element);
}

/** `<button data-optfm-ask="дисплей iPhone 11">` anywhere on the page opens the chat and asks. */
document.addEventListener("click", (event) => {
  const asker = (event.target as Element | null)?.closest?.("[data-optfm-ask]");
  const chat = document.querySelector<OptfmChat>("optfm-chat");
  if (!asker || !chat) return;
  event.preventDefault();
  chat.ask(asker.getAttribute("data-optfm-ask") ?? "");
});

if (document.body) mount();
else document.addEventListener("DOMContentLoaded", mount);
