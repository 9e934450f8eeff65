/** The panel and its heading. */

import { css } from "lit";

export const panel = css`
  dialog {
    position: absolute;
    inset: auto 0 76px auto;
    width: min(380px, calc(100vw - 2 * var(--gap)));
    height: min(680px, calc(100vh - 76px - 2 * var(--gap)));
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
  .left dialog {
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

  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(10px) scale(0.97);
    }
  }
`;
