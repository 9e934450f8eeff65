/** Between heading and composer: the connection's state, the messages, the one who types. */

import { html, nothing, type TemplateResult } from "lit";
import type { Message } from "../message";
import { pieces } from "../text";
import type { Words } from "../words";
import type { BubbleActions } from "./bubble";
import { greeting } from "./greeting";
import * as icons from "./icons";
import { messageLog } from "./log";

export interface MiddleState {
  messages: Message[];
  away: boolean;
  refused: boolean;
  typing: boolean;
  slow: boolean;
  phone: string;
  follows: boolean;
  unseen: number;
}

export interface MiddleActions extends BubbleActions {
  ask(question: string): void;
  moved(): void;
  toEnd(): void;
}

export function middle(state: MiddleState, words: Words, actions: MiddleActions): TemplateResult {
  return html`<div class="middle">
    <div role="status">${state.away ? offline(state.refused ? words.refused : words.offline, state.phone, words) : nothing}</div>
    <div class="scroll" part="log" tabindex="0" role="region" aria-label=${words.log} @scroll=${actions.moved}>
      ${state.messages.length ? messageLog(state.messages, words, actions) : greeting(actions.avatar, words, actions.ask)}
      ${state.typing ? typing(state.slow, words) : nothing}
    </div>
    ${
      state.follows
        ? nothing
        : html`<button class="round below" type="button" aria-label=${words.toEnd} title=${words.toEnd} @click=${actions.toEnd}>
            ${icons.down}${state.unseen ? html`<span class="unread" aria-hidden="true">${state.unseen}</span>` : nothing}
          </button>`
    }
  </div>`;
}

function offline(why: string, phone: string, words: Words): TemplateResult {
  const [number] = phone ? pieces(phone) : [];
  const call =
    typeof number === "object" ? html`<a href=${number.href}>${number.text}</a>` : html`<b>${phone}</b>`;
  return html`<p class="banner">
    ${icons.alert}<span>${why} ${phone ? html`${words.call} ${call}` : nothing}</span>
  </p>`;
}

/** Not for screen readers: they are told of an answer, and of one that takes long. */
function typing(slow: boolean, words: Words): TemplateResult {
  return html`<p class="typing" aria-hidden="true">
    <i></i><i></i><i></i>${slow ? html`<span>${words.slow}</span>` : nothing}
  </p>`;
}
