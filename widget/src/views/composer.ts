/** Where the visitor writes. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { ACCEPT } from "../files";
import type { Words } from "../words";
import * as icons from "./icons";

export interface ComposerState {
  draft: string;
  problem: string;
  link: string;
  files: boolean;
  consent: string;
}

export interface ComposerActions {
  typed(text: string): void;
  send(): void;
  file(file: File): void;
}

export function composer(
  state: ComposerState,
  words: Words,
  actions: ComposerActions,
): TemplateResult {
  return html`<footer part="composer">
    <div role="status">
      ${state.problem ? html`<p class="problem">${state.problem}</p>` : nothing}
      ${
        state.link
          ? html`<p class="problem notice">
              ${words.linkReady}
              <a href=${state.link} target="_blank" rel="noopener">${words.linkOpen}</a>
            </p>`
          : nothing
      }
    </div>
    <form
      @submit=${(event: Event) => {
        event.preventDefault();
        actions.send();
      }}
    >
      ${state.files ? attach(words, actions) : nothing}
      <textarea
        part="input"
        rows="1"
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${words.input}
        placeholder=${words.placeholder}
        .value=${live(state.draft)}
        @input=${(event: Event) => actions.typed((event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          actions.send();
        }}
        @paste=${(event: ClipboardEvent) => {
          const file = event.clipboardData?.files[0];
          if (!file || !state.files) return;
          event.preventDefault();
          actions.file(file);
        }}
      ></textarea>
      <button
        class="round send"
        part="button send"
        type="submit"
        aria-label=${words.send}
        title=${words.send}
        aria-disabled=${state.draft.trim() ? "false" : "true"}
      >
        ${icons.send}
      </button>
    </form>
    <p class="legal">
      <a href=${state.consent} target="_blank" rel="noopener"
        >${words.consent}<span class="hidden"> (${words.newTab})</span></a
      >
    </p>
  </footer>`;
}

function attach(words: Words, actions: ComposerActions): TemplateResult {
  return html`<input
      class="hidden"
      type="file"
      tabindex="-1"
      aria-hidden="true"
      accept=${ACCEPT}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const file = input.files?.[0];
        if (file) actions.file(file);
        input.value = "";
      }}
    />
    <button
      class="round attach"
      type="button"
      aria-label=${words.attach}
      title=${words.attach}
      @click=${(event: Event) =>
        ((event.currentTarget as Element).previousElementSibling as HTMLInputElement).click()}
    >
      ${icons.clip}
    </button>`;
}
