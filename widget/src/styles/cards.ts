/** Rows of the price list. */

import { css } from "lit";

export const cards = css`
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
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
  .line-number {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .line.none .card-name,
  .line.unread .card-name {
    color: var(--muted);
  }
  .gone .card-name,
  .gone .card-price strong {
    color: var(--muted);
  }
  .gone .badge {
    background: color-mix(in srgb, var(--muted) 14%, transparent);
    color: var(--muted);
  }
  .card-foot {
    display: flex;
    flex-wrap: wrap;
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
`;
