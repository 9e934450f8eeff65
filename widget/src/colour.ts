/** A shop's own colour, and what is read on it. */

const WHITE = "#ffffff";
const DARK = "#14161a";

/** Sets the element's custom properties for a colour such as `#2456d6`; none for an empty one. */
export function paint(element: HTMLElement, color: string): void {
  if (!color) return;
  const set = (name: string, value: string): void =>
    element.style.setProperty(`--optfm-${name}`, value);
  const text = textOn(color);
  set("accent", color);
  set("on-accent", text);
  // As a link it needs contrast with the panel: darker by day, lighter by night.
  set("link", `color-mix(in srgb, ${color} ${text === WHITE ? 88 : 40}%, #000)`);
  set("link-dark", `color-mix(in srgb, ${color} 45%, #fff)`);
  set("tint", `color-mix(in srgb, ${color} 11%, #fff)`);
  set("tint-dark", `color-mix(in srgb, ${color} 28%, #1b1e24)`);
  if (text === WHITE) return;
  set("overlay", "rgb(255 255 255 / 35%)");
  set("overlay-strong", "rgb(255 255 255 / 55%)");
}

/** White or near-black, whichever is read better on the colour (WCAG 2.2, relative luminance). */
export function textOn(color: string): typeof WHITE | typeof DARK {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (luminance + 0.05) >= 4.5 ? WHITE : DARK;
}
