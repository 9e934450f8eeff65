/** The panel: what happens in all of it, whatever it shows. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Line } from "../announcer";
import type { Words } from "../words";
import * as icons from "./icons";

export interface PanelState {
  /** Files that are dropped are taken. */
  files: boolean;
  /** One is held over the panel. */
  dropping: boolean;
  spoken: Line[];
}

export interface PanelActions {
  close(): void;
  dropping(on: boolean): void;
  files(files: FileList): void;
}

export function panel(
  parts: TemplateResult[],
  state: PanelState,
  words: Words,
  actions: PanelActions,
): TemplateResult {
  const dragged = (event: DragEvent): void => {
    if (!state.files || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    actions.dropping(event.type === "dragover");
    if (event.type === "drop") actions.files(event.dataTransfer.files);
  };
  return html`<dialog
    part="panel"
    aria-labelledby="title"
    tabindex="-1"
    @cancel=${(event: Event) => {
      event.preventDefault();
      actions.close();
    }}
    @keydown=${(event: KeyboardEvent) => event.key === "Escape" && !event.isComposing && actions.close()}
    @dragover=${dragged}
    @dragleave=${dragged}
    @drop=${dragged}
  >
    ${parts}
    ${state.dropping ? html`<p class="drop" aria-hidden="true">${icons.clip}${words.fileDrop}</p>` : nothing}
    <div class="hidden" role="log" aria-live="polite" aria-relevant="additions" aria-label=${words.spoken}>
      ${repeat(
        state.spoken,
        (line) => line.id,
        (line) => html`<p>${line.text}</p>`,
      )}
    </div>
  </dialog>`;
}
