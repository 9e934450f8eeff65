/** Where the visitor writes. */

import { css } from "lit";

export const composer = css`
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
  textarea:placeholder-shown {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
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
`;
