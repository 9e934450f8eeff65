/** What a new visitor sees: who is here, and three ways to begin. */

import { html, type TemplateResult } from "lit";
import type { Words } from "../words";

export function greeting(avatar: TemplateResult, words: Words, ask: (question: string) => void): TemplateResult {
  return html`<div class="message bot first last">
    <div class="side">${avatar}</div>
    <div class="column">
      <p class="bubble" part="bubble">${words.greeting}</p>
      <div class="buttons">
        ${words.suggestions
          .split("|")
          .filter(Boolean)
          .map(
            (one) => html`<button class="choice" part="button" type="button" @click=${() => ask(one)}>${one}</button>`,
          )}
      </div>
    </div>
  </div>`;
}
