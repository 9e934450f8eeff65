/** Text of a message: its links, and what is left of it beside cards. */

import type { OrderLine, Row } from "./message";

export type Piece = string | { text: string; href: string };

const LINK =
  /(https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\+7|8)[ -]?\(?\d{3}\)?(?:[ -]?\d){7}(?!\d))/g;

/** A number and its rouble stay on one line. */
function unbroken(text: string): string {
  return text.replace(/(\d) (?=\d{3}(?!\d))/g, "$1\u00a0").replace(/ ₽/g, "\u00a0₽");
}

/** Splits a text at its addresses, e-mails and phones; only http, mailto and tel come out. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const [whole, url, mail] = match;
    if (match.index > end) found.push(unbroken(text.slice(end, match.index)));
    const phone = whole.replace(/[^\d+]/g, "").replace(/^8/, "+7");
    // Calls to 8 800 work as they are written only.
    const tel = phone.startsWith("+7800") ? phone.replace("+7", "8") : phone;
    found.push({ text: whole, href: url ?? (mail ? `mailto:${mail}` : `tel:${tel}`) });
    end = match.index + whole.length;
  }
  if (end < text.length) found.push(unbroken(text.slice(end)));
  return found;
}

/** The text before the rows and after them, without the lines that the cards show. */
export function aroundRows(text: string, rows: Row[]): [string, string] {
  const isRow = (line: string): boolean =>
    rows.some((row) => [squeeze(row.name), row.code].some((part) => part && squeeze(line).includes(part)));
  const lines = text.split("\n");
  const first = lines.findIndex(isRow);
  if (first < 0) return [text.trim(), ""];
  const rest = lines.slice(first).filter((line) => !isRow(line));
  return [lines.slice(0, first).join("\n").trim(), rest.join("\n").trim()];
}

/**
 * The text of an order without the lines that are shown as cards.
 * @returns what stands before and after them, and the lines, in the text's order.
 */
export function aroundOrder(text: string, order: OrderLine[]): [string, string, OrderLine[]] {
  const lines = text.split("\n");
  const shown: OrderLine[] = [];
  const rest: [number, string][] = [];
  let inside = false;
  lines.forEach((line, at) => {
    const number = Number(/^(\d+)\. /.exec(line)?.[1]);
    const found = order.find((one) => one.n === number && (line.includes(one.code || one.said) || line.includes(one.said)));
    if (found) shown.push(found);
    inside = found !== undefined || (inside && /^ {4}/.test(line));
    if (!inside) rest.push([at, line]);
  });
  const first = shown.length ? lines.findIndex((line) => line.startsWith(`${shown[0]?.n}. `)) : lines.length;
  const part = (before: boolean): string =>
    rest.filter(([at]) => at < first === before).map(([, line]) => line).join("\n").trim();
  return [part(true), part(false), shown];
}

/** `1 234 ₽`, `1 234,50 ₽`. */
export function roubles(price: number): string {
  const digits = Number.isInteger(price) ? 0 : 2;
  const text = price.toLocaleString("ru-RU", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: true,
  });
  return `${text} ₽`.replace(/\s/g, "\u00a0");
}

/** Bytes as people read them. */
export function fileSize(bytes: number, units: string[]): string {
  const step = bytes < 1_000_000 ? 0 : 1;
  const value = step ? bytes / 1_000_000 : Math.max(1, bytes / 1000);
  return `${value.toLocaleString("ru-RU", { maximumFractionDigits: step })} ${units[step]}`;
}

function squeeze(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(" ");
}
