/** All messages, by day and by author. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Message } from "../message";
import type { Words } from "../words";
import { bubble, type BubbleActions } from "./bubble";

/** Messages of one author closer than this are one run. */
const RUN_MS = 5 * 60_000;

export function messageLog(messages: Message[], words: Words, actions: BubbleActions): TemplateResult {
  const lastOwn = messages.map((one) => one.from).lastIndexOf("user");
  return html`${repeat(
    messages,
    (message) => message.id,
    (message, at) => {
      const before = messages[at - 1];
      const after = messages[at + 1];
      const newDay = !before || day(before.at) !== day(message.at);
      const place = {
        first: newDay || !together(before, message),
        last: !after || day(after.at) !== day(message.at) || !together(message, after),
        open: at > lastOwn,
      };
      return html`${newDay ? html`<p class="day"><span>${dayName(message.at, words)}</span></p>` : nothing}
      ${bubble(message, place, words, actions)}`;
    },
  )}`;
}

function together(a: Message | undefined, b: Message): boolean {
  return a !== undefined && a.from === b.from && a.name === b.name && b.at - a.at < RUN_MS;
}

function day(at: number): string {
  return new Date(at).toDateString();
}

function dayName(at: number, words: Words): string {
  const now = new Date();
  if (day(at) === now.toDateString()) return words.today;
  if (day(at) === day(new Date(now).setDate(now.getDate() - 1))) return words.yesterday;
  const date = new Date(at);
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(words.locale, { day: "numeric", month: "long", year });
}
