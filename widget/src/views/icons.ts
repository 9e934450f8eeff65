/** Line icons, 24 × 24, in the colour of the text around them. */

import { html, svg, type TemplateResult } from "lit";

const icon = (paths: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;

export const chat = icon(svg`<path d="M20.5 11.6c0 4.4-3.9 7.9-8.6 7.9-1.2 0-2.4-.2-3.4-.7L4 20l1.1-3.8a7.5 7.5 0 0 1-1.8-4.6c0-4.3 3.9-7.8 8.6-7.8s8.6 3.5 8.6 7.8Z"/><path d="M8.3 11.7h.01M12 11.7h.01M15.7 11.7h.01"/>`);
export const close = icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);
export const down = icon(svg`<path d="M6 9.5l6 6 6-6"/>`);
export const send = icon(svg`<path d="M12 19V5.5M6 11l6-6 6 6"/>`);
export const clip = icon(svg`<path d="M19.5 11.5l-7.6 7.6a4.7 4.7 0 0 1-6.7-6.6l7.9-7.9a3.1 3.1 0 0 1 4.4 4.4l-7.7 7.7a1.6 1.6 0 0 1-2.2-2.2l6.9-6.9"/>`);
export const person = icon(svg`<circle cx="12" cy="8" r="3.6"/><path d="M4.8 19.5c.9-3.4 3.7-5.2 7.2-5.2s6.3 1.8 7.2 5.2"/>`);
export const plane = icon(svg`<path d="M20.5 4.2L3.5 11l5.6 2.1m11.4-8.9L17 19.5l-7.9-6.4m11.4-8.9L9.1 13.1m0 0v5.7l3-3.2"/>`);
export const copy = icon(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.2"/><path d="M15.5 8.5V6.7a2.2 2.2 0 0 0-2.2-2.2H6.7a2.2 2.2 0 0 0-2.2 2.2v6.6a2.2 2.2 0 0 0 2.2 2.2h1.8"/>`);
export const done = icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`);
export const clock = icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`);
export const alert = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.8v5M12 16.2h.01"/>`);
export const soundOn = icon(svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>`);
export const soundOff = icon(svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM16 9.7l4.6 4.6M20.6 9.7L16 14.3"/>`);
export const file = icon(svg`<path d="M13.5 3.5H7.2A2.2 2.2 0 0 0 5 5.7v12.6a2.2 2.2 0 0 0 2.2 2.2h9.6a2.2 2.2 0 0 0 2.2-2.2V9l-5.5-5.5Z"/><path d="M13.5 3.5V9H19"/>`);
