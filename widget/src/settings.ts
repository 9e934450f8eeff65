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
  /** The office's, for whom the chat cannot reach its server; empty: none is named. */
  phone: string;
  telegram: boolean;
  files: boolean;
  open: boolean;
}

type Given = Record<string, string | undefined>;

/** Texts that have an attribute of their own; any other is `data-word-<name>`. */
const TEXTS = ["title", "subtitle", "greeting", "suggestions", "placeholder", "manager"] as const;

/** What each setting may be. */
const VALUES: Record<string, RegExp> = {
  server: /^https?:\/\/[^/\s]/,
  theme: /^(auto|light|dark)$/,
  position: /^(right|left)$/,
  color: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i,
  avatar: /^(https?:\/\/|\/|data:image\/)/,
  consent: /^(https?:\/\/|\/)/,
  phone: /^[+\d][\d ()-]{4,}$/,
  telegram: /^(on|off)?$/,
  files: /^(on|off)?$/,
  open: /^(on|off|true|false)?$/,
  lang: /^/,
};

/** Attributes that others put on scripts: 1C-Bitrix, Cloudflare. */
const OTHERS = ["skipMoving", "cfasync", "cfBeacon"];

/**
 * @param given the element's dataset.
 * @param origin where the script came from.
 * @param warn told what is not understood, for the page's console; the usual value is taken then.
 */
export function readSettings(given: Given, origin: string, warn: (problem: string) => void = () => undefined): Settings {
  const known: Given = {};
  for (const [name, value] of Object.entries(given)) {
    const allowed = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
    if (allowed?.test(value ?? "")) known[name] = value;
    else if (allowed) warn(`${attribute(name)}="${value}": такого значения нет, взято обычное`);
  }
  const server = (known["server"] || origin).replace(/\/+$/, "");
  return {
    server,
    words: readWords(given, warn),
    theme: (known["theme"] as Settings["theme"] | undefined) ?? "auto",
    position: (known["position"] as Settings["position"] | undefined) ?? "right",
    color: (known["color"] ?? "").replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3"),
    avatar: known["avatar"] ?? "",
    consent: known["consent"] || `${server}/consent`,
    phone: known["phone"] ?? "",
    telegram: known["telegram"] !== "off",
    files: known["files"] !== "off",
    open: known["open"] !== undefined && !/^(off|false)$/.test(known["open"]),
  };
}

function readWords(given: Given, warn: (problem: string) => void): Words {
  const language = given["lang"] || "ru";
  const ofLanguage = wordsOf(language);
  const words = { ...(ofLanguage ?? (wordsOf("ru") as Words)) };
  // Another language may be given word by word.
  if (!ofLanguage) words.locale = /^[a-z]{2,3}(-[a-z]{2})?$/i.test(language) ? language : words.locale;
  let own = 0;
  for (const [name, value = ""] of Object.entries(given)) {
    const word = wordOf(name);
    if (word !== null && Object.hasOwn(words, word)) {
      words[word as keyof Words] = value;
      own += 1;
    } else if (!Object.hasOwn(VALUES, name) && !OTHERS.includes(name)) {
      warn(`${attribute(name)}: такого атрибута нет`);
    }
  }
  if (!ofLanguage && own <= TEXTS.length) {
    warn(`data-lang="${language}": такого языка нет, слова — русские; свои задаются через data-word-…`);
  }
  return words;
}

/** `title` of `data-title`, `tooLong` of `data-word-too-long`; null where it is no word's attribute. */
function wordOf(name: string): string | null {
  if (TEXTS.some((text) => text === name)) return name;
  const [, first, rest] = /^word([A-Z])(.*)$/.exec(name) ?? [];
  return first ? first.toLowerCase() + rest : null;
}

/** `data-word-too-long` of `wordTooLong`. */
function attribute(name: string): string {
  return `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
