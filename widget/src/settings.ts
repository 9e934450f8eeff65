/** What a site sets by `data-…` of the script, or of an element of its own. */

import { type Words, wordsOf } from "./words";

export interface Settings {
  /** Root of the bot's server, without a slash at the end. */
  server: string;
  words: Words;
  theme: "auto" | "light" | "dark";
  position: "right" | "left";
  /** A colour such as `#2456d6`; empty: the widget's own. */
  color: string;
  /** Address of a square picture; empty: the first letter of the title. */
  avatar: string;
  /** Where the document on personal data is. */
  consent: string;
  telegram: boolean;
  files: boolean;
  open: boolean;
}

/** Texts that a site may word itself: `data-title`, `data-greeting`, … */
const TEXTS = ["title", "subtitle", "greeting", "suggestions", "placeholder", "manager"] as const;

/** @param given the element's dataset; @param origin where the script came from. */
export function readSettings(given: Record<string, string | undefined>, origin: string): Settings {
  const server = (given["server"] || origin).replace(/\/+$/, "");
  const words = { ...wordsOf(given["lang"] || "ru") };
  for (const name of TEXTS) words[name] = given[name] ?? words[name];
  return {
    server,
    words,
    theme: given["theme"] === "light" || given["theme"] === "dark" ? given["theme"] : "auto",
    position: given["position"] === "left" ? "left" : "right",
    color: /^#[0-9a-f]{6}$/i.test(given["color"] ?? "") ? given["color"]! : "",
    avatar: given["avatar"] ?? "",
    consent: given["consent"] || `${server}/consent`,
    telegram: given["telegram"] !== "off",
    files: given["files"] !== "off",
    open: given["open"] !== undefined && given["open"] !== "off",
  };
}
