/** Where the visitor writes. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { LONGEST } from "../chat";
import { ACCEPT } from "../files";
import type { Words } from "../words";
import * as icons from "./icons";

/** More than the bot reads is still shown, so that nothing of what was pasted is cut off unseen. */
const MOST_TYPED = 20 * LONGEST;

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
  files(files: FileList): void;
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
        maxlength=${MOST_TYPED}
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
          const files = event.clipboardData?.files;
          if (!files?.length || !state.files) return;
          event.preventDefault();
          actions.files(files);
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
      <a href=${state.consent} target="_blank" rel="noopener noreferrer"
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
      multiple
      accept=${ACCEPT}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        if (input.files?.length) actions.files(input.files);
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
