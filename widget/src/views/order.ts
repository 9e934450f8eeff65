/** A line of an order as a card. */

import { html, nothing, type TemplateResult } from "lit";
import type { OrderLine } from "../message";
import { roubles } from "../text";
import { fill, type Words } from "../words";

const NEAR = 2;

export interface OrderActions {
  /** Says that a line is not wanted. */
  leaveOut(line: OrderLine): void;
}

export function orderCard(line: OrderLine, open: boolean, words: Words, actions: OrderActions): TemplateResult {
  return html`<li class="card line ${line.state}" part="card">
    <p class="card-name"><span class="line-number">${line.n}.</span> ${line.name || line.said}</p>
    ${line.state === "sure" ? counted(line, words) : html`<p class="card-price"><span class="badge">${state(line, words)}</span></p>`}
    ${line.note && line.state !== "none" ? html`<p class="card-note">${line.note}</p>` : nothing}
    ${line.state === "none" && line.options.length ? html`<p class="card-note">${near(line, words)}</p>` : nothing}
    <div class="card-foot">
      ${line.code ? html`<span class="code">${words.code} <b>${line.code}</b></span>` : html`<span class="code">${line.said}</span>`}
      ${
        open
          ? html`<button
              class="want"
              part="button"
              type="button"
              aria-label=${fill(words.leaveOutLong, { name: line.name || line.said })}
              @click=${() => actions.leaveOut(line)}
            >
              ${words.leaveOut}
            </button>`
          : nothing
      }
    </div>
  </li>`;
}

function near(line: OrderLine, words: Words): string {
  const list = line.options.slice(0, NEAR).map((one) => `${one.name} (${roubles(one.price)})`);
  return fill(words.lineNear, { list: list.join("; ") });
}

function counted(line: OrderLine, words: Words): TemplateResult {
  return html`<p class="card-price">
    <strong>${line.sum === undefined ? words.howMany : roubles(line.sum)}</strong>
    <span class="card-note">${line.quantity === undefined ? roubles(line.price) : `${line.quantity} × ${roubles(line.price)}`}</span>
  </p>`;
}

function state(line: OrderLine, words: Words): string {
  const quantity = line.quantity === undefined ? "" : `, ${line.quantity}`;
  const said = { choose: words.lineChoose, none: words.lineNone, unread: words.lineUnread, sure: "" };
  return said[line.state] + quantity;
}
