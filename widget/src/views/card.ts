/** A row of the price list as a card. */

import { html, nothing, type TemplateResult } from "lit";
import type { Row } from "../message";
import { roubles } from "../text";
import { fill, type Words } from "../words";
import * as icons from "./icons";

export interface CardActions {
  copied: string;
  copy(code: string, shown: Element | null): void;
  want(row: Row): void;
}

export function card(row: Row, words: Words, actions: CardActions): TemplateResult {
  const sale = row.finalPrice < row.price;
  const colours = row.colours.length > 1 ? row.colours.join(", ") : "";
  // What cannot be had is not offered; the list itself says so.
  const gone = /нет в наличии|под заказ|ожида/i.test(row.status);
  return html`<li class="card ${gone ? "gone" : ""}" part="card">
    <p class="card-name">${row.name}</p>
    ${colours ? html`<p class="card-note">${fill(words.colours, { list: colours })}</p>` : nothing}
    <p class="card-price">
      <strong>${roubles(row.price)}</strong>
      ${row.status ? html`<span class="badge ${sale ? "sale" : ""}">${row.status}</span>` : nothing}
    </p>
    ${
      sale
        ? html`<p class="card-note final">${fill(words.sale, { price: roubles(row.finalPrice) })}</p>`
        : nothing
    }
    <div class="card-foot">
      <span class="code">${words.code} <b>${row.code}</b></span>
      <button
        class="round small"
        type="button"
        aria-label=${fill(words.copy, { code: row.code })}
        title=${fill(words.copy, { code: row.code })}
        @click=${(event: Event) =>
          actions.copy(row.code, (event.currentTarget as Element).previousElementSibling?.firstElementChild ?? null)}
      >
        ${actions.copied === row.code ? icons.done : icons.copy}
      </button>
      <button
        class="want"
        part="button want"
        type="button"
        aria-label=${fill(words.wantLong, { name: row.name })}
        @click=${() => actions.want(row)}
      >
        ${words.want}
      </button>
    </div>
  </li>`;
}
