/** The button in the corner of the page. */

import { html, nothing, type TemplateResult } from "lit";
import { fill, type Words } from "../words";
import * as icons from "./icons";

export function launcher(isOpen: boolean, unread: number, words: Words, press: () => void): TemplateResult {
  const count = unread ? fill(words.unread, { n: unread }) : "";
  const label = isOpen ? words.close : words.open;
  return html`<button
      class="launcher"
      part="launcher"
      type="button"
      aria-haspopup="dialog"
      aria-expanded=${isOpen}
      aria-label=${count ? `${label}, ${count}` : label}
      @click=${press}
    >
      ${isOpen ? icons.down : icons.chat}
      ${unread ? html`<span class="unread" aria-hidden="true">${Math.min(unread, 99)}</span>` : nothing}
    </button>
    <p class="hidden" role="status">${count}</p>`;
}
