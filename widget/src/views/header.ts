/** Who one talks to, and the ways to a human. */

import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "../words";
import * as icons from "./icons";

export interface HeaderState {
  subtitle: string;
  sound: boolean;
  telegram: boolean;
  avatar: TemplateResult;
}

export interface HeaderActions {
  manager(): void;
  telegram(): void;
  sound(): void;
  close(): void;
}

export function header(state: HeaderState, words: Words, actions: HeaderActions): TemplateResult {
  const sound = state.sound ? words.soundOff : words.soundOn;
  return html`<header part="header">
    <div class="who">
      ${state.avatar}
      <div class="titles">
        <h2 id="title">${words.title}</h2>
        <p class="subtitle">${state.subtitle}</p>
      </div>
      <button
        class="round"
        type="button"
        aria-label=${sound}
        title=${sound}
        @click=${() => actions.sound()}
      >
        ${state.sound ? icons.soundOn : icons.soundOff}
      </button>
      <button
        class="round"
        type="button"
        aria-label=${words.close}
        title=${words.close}
        @click=${() => actions.close()}
      >
        ${icons.close}
      </button>
    </div>
    <div class="pills">
      <button class="pill manager" part="button manager" type="button" @click=${() => actions.manager()}>
        ${icons.person}${words.manager}
      </button>
      ${
        state.telegram
          ? html`<button
              class="pill telegram"
              part="button"
              type="button"
              aria-label=${words.telegramLong}
              @click=${() => actions.telegram()}
            >
              ${icons.plane}${words.telegram}
            </button>`
          : nothing
      }
    </div>
  </header>`;
}

/** A picture, or the first letter of the name. */
export function avatar(address: string, title: string): TemplateResult {
  return html`<span class="avatar" part="avatar" aria-hidden="true"
    >${address ? html`<img src=${address} alt="" />` : [...title][0] ?? ""}</span
  >`;
}
