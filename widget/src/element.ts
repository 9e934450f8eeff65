/** `<optfm-chat>`: the button in the corner and the panel, over one `Chat`. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { type Change, Chat, LONGEST } from "./chat";
import { MAX_BYTES, refusal } from "./files";
import type { Row } from "./message";
import { paint } from "./colour";
import { readSettings, type Settings } from "./settings";
import { isAtEnd, restingPlace } from "./scrolling";
import { chime } from "./sound";
import { Storage } from "./storage";
import { styles } from "./styles";
import { fileSize } from "./text";
import type { BubbleActions } from "./views/bubble";
import { composer } from "./views/composer";
import { avatar, header } from "./views/header";
import * as icons from "./views/icons";
import { messageLog } from "./views/log";
import { fill } from "./words";

const PHONE = "(max-width: 480px)";

export class OptfmChat extends LitElement {
  static override styles = styles;
  /** Where the script came from: the default server. */
  static origin = "";

  private settings!: Settings;
  private storage!: Storage;
  private chat!: Chat;
  private isOpen = false;
  private draft = "";
  private problem = "";
  private link = "";
  private copied = "";
  private sound = false;
  private follows = true;
  private toEnd = false;
  private away = new AbortController();

  override connectedCallback(): void {
    this.settings ??= readSettings({ ...this.dataset }, OptfmChat.origin);
    this.storage ??= new Storage(this.settings.server);
    this.chat ??= new Chat(this.settings.server, this.storage, (what) => this.changed(what));
    this.sound = this.storage.get("sound") === "on";
    paint(this, this.settings.color);
    super.connectedCallback();
    const { signal } = (this.away = new AbortController());
    this.storage.onChange(() => this.requestUpdate(), signal); // read in another tab
    matchMedia(PHONE).addEventListener("change", () => this.isOpen && this.showPanel(), { signal });
    visualViewport?.addEventListener("resize", () => this.fit(), { signal });
    // A visitor who has never written costs the server nothing until he opens the chat.
    if (this.chat.known) this.chat.start();
    if (this.beginsOpen()) {
      void this.updateComplete.then(() => this.open({ focus: false }));
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.away.abort();
  }

  /** Opens the panel. */
  open({ focus = true }: { focus?: boolean } = {}): void {
    if (!this.isOpen) {
      this.isOpen = true;
      this.toEnd = true;
      this.storage.set("open", "yes");
      this.chat.start();
      this.showPanel();
      this.read();
      this.tell("open");
    }
    if (focus) this.focusInside();
  }

  /** Closes the panel; the focus goes back to the button. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.storage.set("open", "no");
    this.panel.close();
    this.requestUpdate();
    void this.updateComplete.then(() => this.find<HTMLElement>(".launcher").focus());
    this.tell("close");
  }

  /** Opens the panel and asks; an empty text only opens it. */
  ask(text: string): void {
    this.open();
    if (text.trim()) this.say(text.trim());
  }

  protected override firstUpdated(): void {
    this.fit();
  }

  protected override updated(_: PropertyValues): void {
    const box = this.find<HTMLElement>(".scroll");
    if (this.toEnd || this.follows) {
      box.scrollTop = this.toEnd ? box.scrollHeight : restingPlace(box);
      this.toEnd = false;
    }
    const input = this.find<HTMLTextAreaElement>("textarea");
    input.style.height = "";
    if (this.draft) input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  }

  protected override render(): TemplateResult {
    const { words } = this.settings;
    const unread = this.isOpen ? 0 : this.unread();
    const label = this.isOpen ? words.close : words.open;
    const count = unread ? `, ${fill(words.unread, { n: unread })}` : "";
    return html`<section aria-label=${words.chat}>
      <button
        class="launcher"
        part="launcher"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.isOpen}
        aria-label=${label + count}
        @click=${() => (this.isOpen ? this.close() : this.open())}
      >
        ${this.isOpen ? icons.down : icons.chat}
        ${unread ? html`<span class="unread" aria-hidden="true">${Math.min(unread, 99)}</span>` : nothing}
      </button>
      ${this.renderPanel()}
    </section>`;
  }

  private renderPanel(): TemplateResult {
    const { words, telegram, files, consent } = this.settings;
    return html`<dialog
      part="panel"
      aria-labelledby="title"
      tabindex="-1"
      @cancel=${(event: Event) => {
        event.preventDefault();
        this.close();
      }}
      @keydown=${(event: KeyboardEvent) => event.key === "Escape" && this.close()}
    >
      ${header({ subtitle: this.subtitle(), sound: this.sound, telegram: telegram && this.chat.telegram, avatar: this.avatar() }, words, {
        manager: () => this.say(words.manager),
        telegram: () => void this.toTelegram(),
        sound: () => this.toggleSound(),
        close: () => this.close(),
      })}
      <div class="middle">
        ${
          this.chat.away
            ? html`<p class="banner" role="status">${icons.alert}${words.offline}</p>`
            : nothing
        }
        <div class="scroll" part="log" tabindex="0" aria-label=${words.log} role="region" @scroll=${() => this.scrolled()}>
          ${this.greeting()}
          <div role="log" aria-label=${words.log} aria-live="polite" aria-relevant="additions">
            ${messageLog(this.chat.messages, words, this.actions())}
          </div>
          ${
            this.chat.typing
              ? html`<p class="typing" role="status"><i></i><i></i><i></i><span class="hidden">${words.bot} ${words.typing}</span></p>`
              : nothing
          }
        </div>
        ${
          this.follows
            ? nothing
            : html`<button
                class="round below"
                type="button"
                aria-label=${words.toEnd}
                title=${words.toEnd}
                @click=${() => this.scrollToEnd()}
              >
                ${icons.down}
              </button>`
        }
      </div>
      ${composer({ draft: this.draft, problem: this.problem, link: this.link, files, consent }, words, {
        typed: (text) => this.typed(text),
        send: () => this.send(),
        file: (file) => void this.sendFile(file),
      })}
    </dialog>`;
  }

  private greeting(): TemplateResult | typeof nothing {
    if (this.chat.messages.length) return nothing;
    const { words } = this.settings;
    const suggestions = words.suggestions.split("|").filter(Boolean);
    return html`<div class="message bot first last">
      <div class="side">${this.avatar()}</div>
      <div class="column">
        <p class="bubble">${words.greeting}</p>
        <div class="buttons">
          ${suggestions.map(
            (one) => html`<button class="choice" part="button" type="button" @click=${() => this.say(one)}>${one}</button>`,
          )}
        </div>
      </div>
    </div>`;
  }

  private actions(): BubbleActions {
    return {
      copied: this.copied,
      copy: (code) => void this.copy(code),
      want: (row) => this.want(row),
      press: (payload, title) => this.say(payload, title),
      again: (message) => this.chat.again(message),
      consent: this.settings.consent,
      avatar: this.avatar(),
    };
  }

  private avatar(): TemplateResult {
    return avatar(this.settings.avatar, this.settings.words.title);
  }

  private subtitle(): string {
    const { words } = this.settings;
    const last = this.chat.messages[this.chat.messages.length - 1];
    if (!this.chat.connected && !this.chat.away && this.isOpen) return words.connecting;
    return last?.from === "manager" && last.name ? `${last.name}, ${words.managerName.toLowerCase()}` : words.subtitle;
  }

  private send(): void {
    const text = this.draft.trim();
    if (!text) return;
    if (text.length > LONGEST) {
      this.complain(this.settings.words.tooLong);
      return;
    }
    this.draft = "";
    this.say(text);
    this.find<HTMLElement>("textarea").focus();
  }

  private say(text: string, shown: string = text): void {
    this.problem = "";
    this.link = "";
    this.toEnd = true;
    this.follows = true;
    this.chat.say(text, shown);
    this.tell("message");
  }

  private want(row: Row): void {
    this.say(fill(this.settings.words.wantText, { name: row.name, code: row.code }));
  }

  private typed(text: string): void {
    this.draft = text;
    this.problem = "";
    this.requestUpdate();
  }

  private async copy(code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      return; // not allowed on this page; the code can be selected by hand
    }
    this.copied = code;
    this.requestUpdate();
    setTimeout(() => {
      this.copied = "";
      this.requestUpdate();
    }, 2_000);
  }

  private async sendFile(file: File): Promise<void> {
    const { words } = this.settings;
    const why = refusal(file);
    if (why) {
      const max = fileSize(MAX_BYTES, words.units.split("|"));
      this.complain(fill(words[why], { max }));
      return;
    }
    this.problem = "";
    this.toEnd = true;
    await this.chat.sendFile(file, words.fileFailed);
  }

  private async toTelegram(): Promise<void> {
    this.link = (await this.chat.telegramLink()) ?? "";
    this.complain(this.link ? "" : this.settings.words.linkFailed);
  }

  private complain(problem: string): void {
    this.problem = problem;
    this.requestUpdate();
  }

  private toggleSound(): void {
    this.sound = !this.sound;
    this.storage.set("sound", this.sound ? "on" : null);
    if (this.sound) chime();
    this.requestUpdate();
  }

  private changed(what: Change): void {
    if (what === "answer") {
      if (this.sound) chime();
      this.tell("answer");
    }
    if (this.isOpen && what !== "state") this.read();
    this.requestUpdate();
  }

  /** Messages of the other side since the visitor last had the panel open. */
  private unread(): number {
    const read = Number(this.storage.get("read")) || 0;
    return this.chat.messages.filter((one) => one.from !== "user" && one.at > read).length;
  }

  private read(): void {
    const last = Math.max(0, ...this.chat.messages.map((one) => one.at));
    if (last) this.storage.set("read", String(last));
  }

  /** As the visitor left it; on a phone it would cover the page that he came for. */
  private beginsOpen(): boolean {
    const left = this.storage.get("open");
    return !matchMedia(PHONE).matches && (left ? left === "yes" : this.settings.open);
  }

  private showPanel(): void {
    const { panel } = this;
    if (panel.open) panel.close();
    // On a phone the panel is all there is: the rest of the page is inert.
    if (matchMedia(PHONE).matches) panel.showModal();
    else panel.show();
    this.requestUpdate();
  }

  private focusInside(): void {
    // Where a finger types, the field would bring up the keyboard over the messages.
    const keyboard = matchMedia("(hover: hover)").matches;
    void this.updateComplete.then(() => (keyboard ? this.find<HTMLElement>("textarea") : this.panel).focus());
  }

  private scrolled(): void {
    const box = this.find<HTMLElement>(".scroll");
    const follows = isAtEnd(box);
    if (follows === this.follows) return;
    this.follows = follows;
    this.requestUpdate();
  }

  private scrollToEnd(): void {
    this.follows = this.toEnd = true;
    this.requestUpdate();
  }

  /** The part of a phone's screen that the keyboard leaves. */
  private fit(): void {
    const height = visualViewport?.height;
    if (height) this.panel.style.setProperty("--visible-height", `${Math.round(height)}px`);
  }

  /** Tells the page: `optfm-open`, `optfm-close`, `optfm-message`, `optfm-answer`. */
  private tell(what: string): void {
    this.dispatchEvent(new CustomEvent(`optfm-${what}`, { bubbles: true, composed: true }));
  }

  private get panel(): HTMLDialogElement {
    return this.find<HTMLDialogElement>("dialog");
  }

  private find<T extends Element>(selector: string): T {
    return this.renderRoot.querySelector<T>(selector)!;
  }
}
