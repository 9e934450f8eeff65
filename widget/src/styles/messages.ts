/** Messages: bubbles, buttons, times, the bot that types. */

import { css } from "lit";

export const messages = css`
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
  .banner a {
    color: inherit;
    font-weight: 600;
  }
  .drop {
    position: absolute;
    inset: 8px;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    border-radius: calc(var(--radius) - 8px);
    border: 2px dashed var(--link);
    background: color-mix(in srgb, var(--surface) 92%, transparent);
    color: var(--link);
    font-weight: 600;
    pointer-events: none;
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
  .manager .side .avatar {
    background: var(--tint);
    color: var(--link);
    box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--link) 40%, transparent);
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
  progress {
    width: 84px;
    height: 4px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    appearance: none;
    background: var(--line);
  }
  progress::-webkit-progress-bar {
    background: var(--line);
  }
  progress::-webkit-progress-value {
    background: var(--link);
  }
  progress::-moz-progress-bar {
    background: var(--link);
  }
  .whole {
    display: block;
    max-width: 100%;
    border-radius: 14px;
  }
  .picture {
    min-height: 24px;
    background: var(--theirs);
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
  .typing span {
    margin-left: 4px;
    font-size: 13px;
    line-height: 1;
    color: var(--muted);
  }
  .typing i {
    align-self: center;
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
  .below .unread {
    top: -8px;
    right: -4px;
  }
  .below:hover {
    background: var(--tint);
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
`;
