/** The looks. A site changes them by custom properties (`--optfm-…`) and by `::part()`. */

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

export const styles = css`
  :host {
    all: initial;
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
  :host([data-position="left"]) {
    inset: auto auto calc(var(--gap) + env(safe-area-inset-bottom)) var(--gap);
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([data-theme="light"])) {
      ${DARK}
    }
  }
  :host([data-theme="dark"]) {
    ${DARK}
  }
  @media print {
    :host {
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

  /* The button that opens the chat */
  .launcher {
    position: relative;
    display: grid;
    place-items: center;
    width: 60px;
    height: 60px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: 0 2px 6px rgb(16 24 40 / 18%), 0 10px 28px rgb(16 24 40 / 26%);
    transition: transform 0.18s ease, box-shadow 0.18s ease;
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:active {
    transform: scale(0.96);
  }
  .launcher .icon {
    width: 28px;
    height: 28px;
  }
  .launcher:focus-visible {
    outline: 3px solid var(--link);
    outline-offset: 3px;
  }
  .unread {
    position: absolute;
    top: -3px;
    right: -3px;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border-radius: 11px;
    border: 2px solid #fff;
    background: #c9251c;
    color: #fff;
    font-size: 12px;
    font-weight: 700;
    line-height: 18px;
    text-align: center;
  }

  /* The panel */
  dialog {
    position: absolute;
    inset: auto 0 76px auto;
    width: min(380px, calc(100vw - 2 * var(--gap)));
    height: min(600px, calc(100vh - 76px - 2 * var(--gap)));
    margin: 0;
    padding: 0;
    border: 1px solid color-mix(in srgb, var(--line) 70%, transparent);
    border-radius: var(--radius);
    background: var(--ground);
    color: inherit;
    box-shadow: var(--shadow);
    overflow: hidden;
    max-width: none;
    max-height: none;
    transform-origin: bottom right;
    animation: appear 0.2s cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  :host([data-position="left"]) dialog {
    inset: auto auto 76px 0;
    transform-origin: bottom left;
  }
  dialog[open] {
    display: grid;
    grid-template: auto 1fr auto / minmax(0, 1fr);
  }
  dialog::backdrop {
    background: none;
  }
  dialog:focus {
    outline: none;
  }

  header {
    background: var(--accent);
    color: var(--on-accent);
    padding: calc(14px + var(--safe-top, 0px)) 12px 12px 16px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 11px;
  }
  .titles {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font-size: 16.5px;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  .subtitle {
    font-size: 13px;
    line-height: 1.35;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .avatar {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    flex: none;
    border-radius: 50%;
    background: var(--on-accent);
    color: var(--accent);
    font-size: 18px;
    font-weight: 750;
    overflow: hidden;
  }
  .avatar img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  header .round {
    color: inherit;
  }
  header .round:hover,
  header .pill {
    background: var(--optfm-overlay, rgb(0 0 0 / 20%));
  }
  header :focus-visible {
    outline-color: currentcolor;
  }
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 12px;
    padding-right: 4px;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 32px;
    padding: 5px 13px 5px 10px;
    border-radius: 16px;
    font-size: 13.5px;
    font-weight: 550;
    line-height: 1.3;
    transition: background 0.15s;
  }
  .pill .icon {
    width: 17px;
    height: 17px;
  }
  .pill:hover {
    background: var(--optfm-overlay-strong, rgb(0 0 0 / 34%));
  }
  .pill:disabled {
    cursor: default;
    background: none;
    box-shadow: inset 0 0 0 1px currentcolor;
  }
  .round {
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    flex: none;
    border-radius: 50%;
    color: var(--muted);
    transition: background 0.15s;
  }
  .round:hover {
    background: color-mix(in srgb, var(--muted) 14%, transparent);
  }
  .round.small {
    width: 28px;
    height: 28px;
  }
  .round.small .icon {
    width: 16px;
    height: 16px;
  }

  /* Messages */
  .middle {
    position: relative;
    min-height: 0;
    display: grid;
    grid-template: auto 1fr / minmax(0, 1fr);
  }
  .banner {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 16px;
    background: #fff3d6;
    color: #5a3d00;
    font-size: 13px;
    line-height: 1.35;
  }
  .banner .icon {
    width: 17px;
    height: 17px;
  }
  .scroll {
    grid-row: 2;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 14px 14px 10px;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  textarea:focus-visible {
    outline: none; /* the form around it shows the focus */
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .day {
    margin: 10px 0 12px;
    text-align: center;
    font-size: 12px;
    line-height: 1.3;
    color: var(--muted);
  }
  .message {
    display: flex;
    gap: 8px;
    margin-top: 4px;
  }
  .message.first {
    margin-top: 12px;
  }
  .message.user {
    justify-content: flex-end;
  }
  .side {
    width: 28px;
    flex: none;
    display: flex;
    align-items: flex-start;
    padding-top: 5px;
  }
  .side .avatar {
    width: 28px;
    height: 28px;
    font-size: 13px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .column {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 6px;
    min-width: 0;
    max-width: calc(100% - 36px);
  }
  .user .column {
    align-items: flex-end;
    max-width: 84%;
  }
  .author {
    font-size: 12.5px;
    font-weight: 600;
    color: var(--muted);
    margin-left: 4px;
  }
  .bubble {
    max-width: 100%;
    padding: 9px 13px 10px;
    border-radius: 17px 17px 17px 6px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent);
    white-space: pre-line;
    overflow-wrap: anywhere;
    font-variant-numeric: lining-nums;
  }
  .message:not(.first) .bubble {
    border-top-left-radius: 6px;
  }
  .user .bubble {
    border-radius: 17px 17px 6px 17px;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--on-accent) 14%, transparent);
  }
  .user:not(.first) .bubble {
    border-radius: 17px 6px 6px 17px;
  }
  .user .bubble a {
    color: inherit;
  }
  .manager .bubble {
    background: var(--tint);
    box-shadow: none;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 10px;
    text-decoration: none;
    color: inherit;
  }
  .file b {
    display: block;
    font-weight: 550;
  }
  .file small {
    font-size: 12px;
  }
  .picture {
    max-width: 100%;
    max-height: 240px;
    border-radius: 14px;
    display: block;
  }
  .after {
    padding: 0 4px;
    font-size: 12.5px;
    line-height: 1.4;
    color: var(--muted);
    white-space: pre-line;
  }
  .document {
    font-size: 13.5px;
    padding: 3px 4px;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 16px;
    padding: 0 4px;
    font-size: 11.5px;
    line-height: 16px;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .foot .icon {
    width: 14px;
    height: 14px;
  }
  .foot.failed {
    color: var(--bad);
    font-size: 12.5px;
    flex-wrap: wrap;
    justify-content: flex-end;
  }
  .again {
    min-height: 24px;
    padding: 0 6px;
    border-radius: 6px;
    color: var(--link);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  a[href^="tel:"] {
    white-space: nowrap;
  }

  /* Rows of the price list */
  .cards {
    display: grid;
    gap: 8px;
    width: 100%;
  }
  .card {
    padding: 11px 12px 11px 14px;
    border-radius: 14px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent), 0 1px 3px rgb(16 24 40 / 6%);
  }
  .card-name {
    font-size: 14px;
    font-weight: 500;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .card-price {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    margin-top: 5px;
  }
  .card-price strong {
    font-size: 17px;
    font-weight: 700;
    line-height: 1.3;
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums lining-nums;
  }
  .card-note {
    font-size: 12.5px;
    line-height: 1.4;
    color: var(--muted);
  }
  .card-note.final {
    color: var(--sale);
    font-weight: 550;
  }
  .badge {
    padding: 2px 8px;
    border-radius: 7px;
    background: var(--tint);
    color: var(--link);
    font-size: 12px;
    font-weight: 600;
    line-height: 1.4;
  }
  .badge.sale {
    background: var(--sale-ground);
    color: var(--sale);
  }
  .card-foot {
    display: flex;
    align-items: center;
    gap: 2px;
    margin-top: 7px;
  }
  .code {
    font-size: 12.5px;
    color: var(--muted);
    white-space: nowrap;
  }
  .code b {
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }
  .want {
    margin-left: auto;
    min-height: 32px;
    padding: 4px 14px;
    border-radius: 16px;
    background: var(--tint);
    color: var(--link);
    font-size: 13.5px;
    font-weight: 600;
    white-space: nowrap;
    transition: background 0.15s, color 0.15s;
  }
  .want:hover {
    background: var(--accent);
    color: var(--on-accent);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 7px;
    padding: 2px 0;
  }
  .choice {
    min-height: 34px;
    padding: 6px 14px;
    border-radius: 17px;
    background: var(--surface);
    box-shadow: inset 0 0 0 1.5px color-mix(in srgb, var(--link) 45%, var(--surface));
    color: var(--link);
    font-size: 14px;
    font-weight: 550;
    line-height: 1.3;
    text-align: left;
    transition: background 0.15s;
  }
  .choice:hover {
    background: var(--tint);
  }

  .typing {
    display: inline-flex;
    gap: 4px;
    margin: 12px 0 4px 36px;
    padding: 12px 14px;
    border-radius: 17px 17px 17px 6px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent);
  }
  .typing i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--muted);
    animation: dot 1.2s infinite ease-in-out;
  }
  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }
  .below {
    position: absolute;
    right: 12px;
    bottom: 10px;
    background: var(--surface);
    color: var(--text);
    box-shadow: 0 0 0 1px var(--line), 0 4px 14px rgb(16 24 40 / 16%);
  }
  .below:hover {
    background: var(--tint);
  }

  /* Where the visitor writes */
  footer {
    padding: 10px 12px calc(8px + var(--safe-bottom, 0px));
    background: var(--surface);
    border-top: 1px solid color-mix(in srgb, var(--line) 75%, transparent);
  }
  form {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 3px;
    border-radius: 22px;
    background: var(--ground);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  form:focus-within {
    box-shadow: inset 0 0 0 2px var(--link);
  }
  textarea {
    flex: 1;
    min-width: 0;
    height: 36px;
    max-height: 120px;
    padding: 7px 4px;
    border: 0;
    outline: 0;
    resize: none;
    background: none;
    line-height: 22px;
    font-size: 15px;
    scrollbar-width: thin;
  }
  textarea:first-child {
    padding-left: 14px;
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  form .send {
    background: var(--accent);
    color: var(--on-accent);
    transition: opacity 0.15s, transform 0.15s;
  }
  form .send[aria-disabled="true"] {
    background: color-mix(in srgb, var(--muted) 22%, var(--ground));
    color: var(--muted);
    cursor: default;
  }
  .legal {
    display: flex;
    justify-content: center;
    margin-top: 4px;
    font-size: 11.5px;
    line-height: 24px;
  }
  .legal a {
    color: var(--muted);
    padding: 0 8px;
  }
  .problem {
    margin-bottom: 7px;
    padding: 0 8px;
    font-size: 13px;
    color: var(--bad);
  }
  .problem.notice {
    color: inherit;
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(10px) scale(0.97);
    }
  }
  @keyframes dot {
    0%,
    60%,
    100% {
      opacity: 0.35;
      transform: none;
    }
    30% {
      opacity: 1;
      transform: translateY(-3px);
    }
  }

  /* A phone: the whole screen */
  @media (max-width: 480px) {
    :host {
      --gap: var(--optfm-gap, 16px);
    }
    dialog,
    :host([data-position="left"]) dialog {
      position: fixed;
      inset: 0 0 auto;
      width: 100%;
      height: var(--visible-height, 100dvh);
      border: 0;
      border-radius: 0;
      --safe-top: env(safe-area-inset-top);
      --safe-bottom: env(safe-area-inset-bottom);
      transform-origin: bottom;
    }
    textarea {
      font-size: 16px; /* less, and iOS zooms into the page */
    }
    .round:not(.small) {
      width: 40px;
      height: 40px;
    }
    textarea {
      height: 40px;
      padding-block: 9px;
    }
    .round.small {
      width: 32px;
      height: 32px;
    }
    .pill,
    .want,
    .choice {
      min-height: 36px;
      border-radius: 18px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .card,
    .choice,
    .want,
    .launcher,
    form {
      border: 1px solid;
    }
  }
`;
