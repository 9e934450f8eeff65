/** Phones, people who want no motion, and high contrast. */

import { css } from "lit";

export const media = css`
  @media (max-width: 480px), (max-height: 480px) {
    section {
      --gap: var(--optfm-gap, 16px);
    }
    dialog,
    .left dialog {
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
  @media (max-width: 360px) {
    .side {
      display: none;
    }
    .column {
      max-width: 100%;
    }
  }
  /* A page enlarged to 400 %: the panel itself scrolls, and the messages keep some room. */
  @media (max-height: 360px) {
    dialog[open] {
      grid-template-rows: auto minmax(150px, 1fr) auto;
      overflow: hidden auto;
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
    .pill,
    .badge,
    .typing,
    .below,
    .launcher,
    .drop,
    .avatar,
    form {
      border: 1px solid;
    }
    .typing i {
      background: CanvasText;
    }
    .send[aria-disabled="true"],
    .gone {
      color: GrayText;
    }
    :focus-visible,
    .launcher:focus-visible,
    form:focus-within {
      outline: 3px solid Highlight;
    }
  }
`;
