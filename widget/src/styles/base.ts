/** Colours by day and by night, and what all parts share. A site sets the `--optfm-…` ones. */

import { css, unsafeCSS } from "lit";

const DARK = unsafeCSS(`
  color-scheme: dark;
  --surface: #1b1e24;
  --ground: #121419;
  --theirs: #262a32;
  --line: #363c47;
  --text: #eef0f4;
  --muted: #a6aebb;
  --link: var(--optfm-link-dark, #9dbcff);
  --tint: var(--optfm-tint-dark, #24304b);
  --good: #6fd6a0;
  --bad: #ff9a94;
  --sale: #ffb4ae;
  --sale-ground: #47201f;
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 18px 50px rgb(0 0 0 / 55%);
`);

export const base = css`
  /* The page's rules reach the element itself, so it has no box: all that is seen is in the section.
     A page whose rules give it one still neither moves nor hides what is in it. */
  :host {
    display: contents;
    position: static !important;
    float: none !important;
    opacity: 1 !important;
    transform: none !important;
    filter: none !important;
    contain: none !important;
  }
  section {
    all: initial;
    direction: ltr;
    unicode-bidi: isolate;
    color-scheme: light;
    --accent: var(--optfm-accent, #2456d6);
    --on-accent: var(--optfm-on-accent, #fff);
    --surface: #fff;
    --ground: #f4f5f8;
    --theirs: #fff;
    --line: #dfe2e8;
    --text: #16181d;
    --muted: #5b6370;
    --link: var(--optfm-link, #1d4bc4);
    --tint: var(--optfm-tint, #e9effd);
    --good: #14734a;
    --bad: #b3261e;
    --sale: #a3221b;
    --sale-ground: #fdeceb;
    --shadow: 0 1px 2px rgb(16 24 40 / 8%), 0 18px 50px rgb(16 24 40 / 22%);
    --radius: var(--optfm-radius, 20px);
    --gap: var(--optfm-gap, 20px);
    position: fixed;
    z-index: var(--optfm-z-index, 2147483000);
    inset: auto var(--gap) calc(var(--gap) + env(safe-area-inset-bottom)) auto;
    font: 400 15px/1.42 var(--optfm-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif);
    color: var(--text);
    text-align: left;
    -webkit-text-size-adjust: 100%;
  }
  section.left {
    inset: auto auto calc(var(--gap) + env(safe-area-inset-bottom)) var(--gap);
  }
  @media (prefers-color-scheme: dark) {
    section.auto {
      ${DARK}
    }
  }
  section.dark {
    ${DARK}
  }
  @media print {
    section {
      display: none;
    }
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  h2,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  a {
    color: var(--link);
    text-underline-offset: 2px;
  }
  .icon {
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
    display: block;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--link);
    outline-offset: 2px;
  }
`;
