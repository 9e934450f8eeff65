/** One message of the dialog, as it is shown. */

export type Author = "user" | "bot" | "manager";

export interface Button {
  title: string;
  payload: string;
}

/** A row of the price list; prices in roubles. */
export interface Row {
  code: string;
  name: string;
  /** As printed, without a sale's discount. */
  price: number;
  /** With it; the same where there is none. */
  finalPrice: number;
  status: string;
  colours: string[];
}

/** A line of an order; prices in roubles. */
export interface OrderLine {
  n: number;
  said: string;
  /** Not said yet: undefined. */
  quantity?: number;
  state: "sure" | "choose" | "none" | "unread";
  code: string;
  name: string;
  price: number;
  sum?: number;
  note: string;
  /** What may be meant; of a line that is not in the list, what comes near. */
  options: { name: string; price: number }[];
}

export interface Attached {
  name: string;
  size: number;
  mime: string;
  url?: string;
}

export interface Message {
  id: string;
  from: Author;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  buttons: Button[];
  rows: Row[];
  /** The order as it is after this message. */
  order: OrderLine[];
  file?: Attached;
  image?: string;
  /** Of a manager. */
  name?: string;
  /** The form asks for the consent. */
  consent?: boolean;
  /** Of the visitor's own: on its way, stored by the server, or refused. */
  state?: "sending" | "sent" | "failed";
  error?: string;
  /** It makes no sense to send it again. */
  final?: boolean;
  /** How much of a file is on its way, 0…1. */
  progress?: number;
}

/** A new id that nobody else has. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID needs https
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
