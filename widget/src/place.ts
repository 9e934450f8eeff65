/** Where the panel stands: beside the page, or, on a small screen, instead of it. */

/** A phone, or a page enlarged so much that only a phone's room is left. */
const SMALL = matchMedia("(max-width: 480px), (max-height: 480px)");

export class PanelPlace {
  /** @param panel the element, once it is there. */
  constructor(private readonly panel: () => HTMLDialogElement) {}

  get small(): boolean {
    return SMALL.matches;
  }

  /** Follows the screen until the signal. @param changed the panel has to be shown anew. */
  follow(changed: () => void, signal: AbortSignal): void {
    SMALL.addEventListener("change", changed, { signal });
    visualViewport?.addEventListener("resize", () => this.fit(), { signal });
  }

  show(): void {
    const panel = this.panel();
    if (panel.open) panel.close();
    // On a small screen the rest of the page is inert. Beside a page, `show()` would take its focus.
    if (this.small) panel.showModal();
    else panel.setAttribute("open", "");
  }

  hide(): void {
    this.panel().close();
  }

  /** The part of a phone's screen that the keyboard leaves. */
  fit(): void {
    const height = visualViewport?.height;
    if (height) this.panel().style.setProperty("--visible-height", `${Math.round(height)}px`);
  }
}
