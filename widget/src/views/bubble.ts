/** One message: its bubble, cards, buttons, time and what became of it. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Message } from "../message";
import { aroundOrder, aroundRows, fileSize, pieces } from "../text";
import type { Words } from "../words";
import { card, type CardActions } from "./card";
import { avatar } from "./header";
import * as icons from "./icons";
import { orderCard, type OrderActions } from "./order";

export interface Place {
  /** First and last of a run of messages by the same author. */
  first: boolean;
  last: boolean;
  /** Its buttons still wait for an answer. */
  open: boolean;
}

export interface BubbleActions extends CardActions, OrderActions {
  press(payload: string, title: string): void;
  again(message: Message): void;
  /** A picture has come, and the message is higher. */
  grown(): void;
  consent: string;
  avatar: TemplateResult;
}

export function bubble(
  message: Message,
  place: Place,
  words: Words,
  actions: BubbleActions,
): TemplateResult {
  const [withoutOrder, afterOrder, lines] = aroundOrder(message.text, message.order);
  const [before, afterRows] = aroundRows(withoutOrder, message.rows);
  const after = [afterRows, afterOrder].filter(Boolean).join("\n\n");
  const classes = `message ${message.from} ${place.first ? "first" : ""} ${place.last ? "last" : ""}`;
  return html`<div class=${classes} data-id=${message.id}>
    ${message.from === "user" ? nothing : html`<div class="side">${place.first ? face(message, actions) : nothing}</div>`}
    <div class="column">
      ${author(message, place, words)} ${said(before)} ${picture(message, words, actions)} ${attachment(message, words)}
      ${
        message.rows.length
          ? html`<ul class="cards">
              ${repeat(
                message.rows,
                (row, at) => `${at} ${row.code}`,
                (row) => card(row, words, actions),
              )}
            </ul>`
          : nothing
      }
      ${
        lines.length
          ? html`<ul class="cards">
              ${repeat(
                lines,
                (line) => line.n,
                (line) => orderCard(line, place.open, words, actions),
              )}
            </ul>`
          : nothing
      }
      ${after ? html`<p class="after">${linked(after)}</p>` : nothing}
      ${
        message.consent && !message.text.includes("/consent")
          ? html`<a class="document" href=${actions.consent} target="_blank" rel="noopener"
              >${words.consentAsked}<span class="hidden"> (${words.newTab})</span></a
            >`
          : nothing
      }
      ${place.open && message.buttons.length ? buttons(message, actions) : nothing}
      ${place.last || message.state === "failed" || message.state === "sending" ? foot(message, words, actions) : nothing}
    </div>
  </div>`;
}

/** A manager has the first letter of his own name. */
function face(message: Message, actions: BubbleActions): TemplateResult {
  return message.from === "manager" && message.name ? avatar("", message.name) : actions.avatar;
}

function author(message: Message, place: Place, words: Words): TemplateResult {
  const name =
    message.from === "user" ? words.you : message.from === "bot" ? words.bot : (message.name ?? words.managerName);
  return message.from === "manager" && place.first
    ? html`<p class="author">${name}</p>`
    : html`<span class="hidden">${name}: </span>`;
}

function said(text: string): TemplateResult | typeof nothing {
  return text ? html`<p class="bubble" part="bubble">${linked(text)}</p>` : nothing;
}

function linked(text: string): (string | TemplateResult)[] {
  return pieces(text).map((piece) =>
    typeof piece === "string"
      ? piece
      : html`<a href=${piece.href} target="_blank" rel="noopener noreferrer">${piece.text}</a>`,
  );
}

function picture(message: Message, words: Words, actions: BubbleActions): TemplateResult | typeof nothing {
  const { image } = message;
  if (!image) return nothing;
  return html`<a class="whole" href=${image} target="_blank" rel="noopener noreferrer"
    ><img class="picture" src=${image} alt=${message.file?.name ?? words.photo} @load=${actions.grown}
  /></a>`;
}

function attachment(message: Message, words: Words): TemplateResult | typeof nothing {
  const { file } = message;
  if (!file || message.image) return nothing;
  const size = file.size ? fileSize(file.size, words.units.split("|")) : "";
  const content = html`${icons.file}<span><b>${file.name}</b>${size ? html`<small>${size}</small>` : nothing}</span>`;
  return file.url
    ? html`<a class="bubble file" href=${file.url} target="_blank" rel="noopener noreferrer">${content}</a>`
    : html`<p class="bubble file">${content}</p>`;
}

function buttons(message: Message, actions: BubbleActions): TemplateResult {
  return html`<div class="buttons">
    ${message.buttons.map(
      (button) =>
        html`<button
          class="choice"
          part="button"
          type="button"
          @click=${() => actions.press(button.payload, button.title)}
        >
          ${button.title}
        </button>`,
    )}
  </div>`;
}

function foot(message: Message, words: Words, actions: BubbleActions): TemplateResult {
  const time = new Date(message.at);
  const clock = html`<time datetime=${time.toISOString()}
    >${time.toLocaleTimeString(words.locale, { hour: "2-digit", minute: "2-digit" })}</time
  >`;
  if (message.state === "failed") {
    return html`<p class="foot failed">
      ${icons.alert}<span>${failure(message, words)}</span>
      ${
        message.final
          ? nothing
          : html`<button class="again" type="button" @click=${() => actions.again(message)}>${words.again}</button>`
      }
    </p>`;
  }
  const state =
    message.state === "sending"
      ? html`<span class="state" title=${words.sending}>${icons.clock}<span class="hidden">${words.sending}</span></span>`
      : message.state === "sent"
        ? html`<span class="state" title=${words.sent}>${icons.done}<span class="hidden">${words.sent}</span></span>`
        : nothing;
  return html`<p class="foot">${message.progress === undefined ? nothing : bar(message.progress, words)}${clock}${state}</p>`;
}

function bar(part: number, words: Words): TemplateResult {
  return html`<progress max="100" value=${Math.round(part * 100)} aria-label=${words.sending}></progress>`;
}

/** Why a message was not sent: the server's words, or ours for its name of an error. */
export function failure({ error, file }: Message, words: Words): string {
  if (error === "too_often") return words.tooOften;
  if (error && /\s/.test(error)) return error;
  return file ? words.fileFailed : words.failed;
}
