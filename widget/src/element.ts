/** `<optfm-chat>`: the button in the corner and the panel, over one `Chat`. */

import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { Acts } from "./acts";
import type { Change, Chat } from "./chat";
import { paint } from "./colour";
import type { Message } from "./message";
import { assemble, type Parts } from "./parts";
import { PanelPlace } from "./place";
import { styles } from "./styles";
import { failure } from "./views/bubble";
import { composer } from "./views/composer";
import { avatar, header } from "./views/header";
import { launcher } from "./views/launcher";
import { middle, type MiddleActions } from "./views/middle";
import { panel } from "./views/panel";

export class OptfmChat extends LitElement {
  static override styles = styles;
  /** Where the script came from: the default server. */
  static origin = "";
  /** One page has one chat: a copy that a page's script puts there gives way to it. */
  static only: OptfmChat | undefined;

  private parts!: Parts;
  private acts!: Acts;
  private readonly place = new PanelPlace(() => this.find<HTMLDialogElement>("dialog"));
  private isOpen = false;
  private away = new AbortController();

  override connectedCallback(): void {
    const only = (OptfmChat.only ??= this);
    if (only !== this) {
      if (only.isConnected) this.remove();
      else this.replaceWith(only);
      return;
    }
    if (!this.parts) this.begin();
    super.connectedCallback();
    const { signal } = (this.away = new AbortController());
    const { chat, storage } = this.parts;
    storage.onChange(() => this.requestUpdate(), signal); // read in another tab
    this.place.follow(() => this.isOpen && this.place.show(), signal);
    document.addEventListener("visibilitychange", () => this.read(), { signal });
    // A visitor who has never written costs the server nothing until he opens the chat.
    if (chat.known) chat.start();
    if (this.isOpen) void this.updateComplete.then(() => this.place.show());
    else if (this.beginsOpen()) void this.updateComplete.then(() => this.open({ focus: false }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (OptfmChat.only !== this) return;
    this.away.abort();
  }

  /** Opens the panel. */
  open({ focus = true }: { focus?: boolean } = {}): void {
    if (!this.isOpen) {
      const { chat, scrolling, storage } = this.parts;
      this.isOpen = true;
      storage.set("open", "yes");
      scrolling.goToEnd();
      chat.start();
      this.place.show();
      this.read();
      this.requestUpdate();
      this.tell("open");
    }
    if (focus) this.focusInside();
  }

  /** Closes the panel; the focus goes back to the button. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.parts.storage.set("open", "no");
    this.place.hide();
    this.requestUpdate();
    void this.updateComplete.then(() => this.find<HTMLElement>(".launcher").focus());
    this.tell("close");
  }

  /** Opens the panel and asks; an empty text only opens it. */
  ask(text: string): void {
    this.open();
    if (text.trim()) this.acts.say(text.trim());
  }

  /** The dialog itself. */
  get chat(): Chat {
    return this.parts.chat;
  }

  protected override firstUpdated(): void {
    this.place.fit();
  }

  protected override updated(_: PropertyValues): void {
    this.parts.scrolling.settle(this.find<HTMLElement>(".scroll"));
    const input = this.find<HTMLTextAreaElement>("textarea");
    input.style.height = "";
    if (this.parts.composing.draft) input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  }

  protected override render(): TemplateResult {
    const { chat, reading, settings } = this.parts;
    const { words, position, theme } = settings;
    const unread = this.isOpen ? 0 : reading.unread(chat.messages);
    // Keys that are typed here are no short cuts of the page.
    const own = (event: Event): void => event.stopPropagation();
    return html`<section
      class="${position} ${theme}"
      lang=${words.locale}
      dir="ltr"
      aria-label=${words.chat}
      @keydown=${own}
      @keyup=${own}
      @keypress=${own}
    >
      ${launcher(this.isOpen, unread, words, () => (this.isOpen ? this.close() : this.open()))} ${this.renderPanel()}
    </section>`;
  }

  private renderPanel(): TemplateResult {
    const { acts } = this;
    const { announcer, chat, composing, scrolling, settings, sound } = this.parts;
    const { words, files, consent, phone } = settings;
    const face = avatar(settings.avatar, words.title);
    const telegram = settings.telegram && chat.telegram;
    const close = (): void => this.close();
    const { follows, unseen } = scrolling;
    const { messages, away, refused, typing, slow } = chat;
    const { draft, problem, link } = composing;
    const inside = [
      header({ subtitle: this.subtitle(), sound: sound.on, telegram, avatar: face }, words, {
        manager: () => acts.say(words.manager),
        telegram: () => void acts.toTelegram(),
        sound: () => acts.toggleSound(),
        close,
      }),
      middle({ messages, away, refused, typing, slow, phone, follows, unseen }, words, this.actions(face)),
      composer({ draft, problem, link, files, consent }, words, {
        typed: (text) => acts.typed(text),
        send: () => acts.send(),
        files: (chosen) => acts.sendFiles(chosen),
      }),
    ];
    return panel(inside, { files, dropping: acts.dropping, spoken: announcer.lines }, words, {
      close,
      dropping: (on) => acts.drop(on),
      files: (dropped) => acts.sendFiles(dropped),
    });
  }

  private actions(face: TemplateResult): MiddleActions {
    const { acts } = this;
    return {
      copied: acts.copied,
      consent: this.parts.settings.consent,
      avatar: face,
      copy: (code, shown) => void acts.copy(code, shown),
      want: (row) => acts.want(row),
      leaveOut: (line) => acts.leaveOut(line),
      press: (payload, title) => acts.choose(payload, title),
      ask: (question) => acts.choose(question, question),
      grown: () => this.requestUpdate(),
      again: (message) => acts.again(message),
      moved: () => this.parts.scrolling.moved(this.find<HTMLElement>(".scroll")) && this.requestUpdate(),
      toEnd: () => acts.goToEnd(),
    };
  }

  private subtitle(): string {
    const { words } = this.parts.settings;
    const last = this.chat.messages[this.chat.messages.length - 1];
    if (!this.chat.connected && !this.chat.away && this.isOpen) return words.connecting;
    return last?.from === "manager" && last.name ? `${last.name}, ${words.managerName.toLowerCase()}` : words.subtitle;
  }

  /** The dialog has changed. */
  private changed(what: Change): void {
    const { announcer, chat, settings } = this.parts;
    if (what === "answer" && chat.latest) this.answered(chat.latest);
    if (what === "slow") announcer.say(settings.words.slow);
    if (what === "failed") {
      const failed = chat.messages.filter((one) => one.state === "failed").pop();
      if (failed) announcer.say(failure(failed, settings.words));
    }
    if (what === "messages" || what === "answer") this.read();
    this.requestUpdate();
  }

  private answered(message: Message): void {
    const { announcer, scrolling, settings, sound } = this.parts;
    const { words } = settings;
    const author = message.from === "manager" ? (message.name ?? words.managerName) : words.bot;
    announcer.say(`${author}: ${message.text || (message.file?.name ?? words.photo)}`);
    scrolling.came();
    sound.chime();
    this.tell("answer");
  }

  private read(): void {
    if (this.isOpen && !document.hidden) this.parts.reading.read(this.chat.messages);
  }

  /** As the visitor left it; on a phone it would cover the page that he came for. */
  private beginsOpen(): boolean {
    const left = this.parts.storage.get("open");
    return !this.place.small && (left ? left === "yes" : this.parts.settings.open);
  }

  private begin(): void {
    this.parts = assemble({ ...this.dataset }, OptfmChat.origin, (what) => this.changed(what));
    this.acts = new Acts(this.parts, {
      requestUpdate: () => this.requestUpdate(),
      tell: (what) => this.tell(what),
      focusInside: () => this.focusInside(),
      focus: (selector) => this.find<HTMLElement>(selector).focus(),
    });
    paint(this, this.parts.settings.color);
  }

  private focusInside(): void {
    // Where a finger types, the field would bring up the keyboard over the messages.
    const keyboard = matchMedia("(hover: hover)").matches;
    void this.updateComplete.then(() => this.find<HTMLElement>(keyboard ? "textarea" : "dialog").focus());
  }

  /** Tells the page: `optfm-open`, `optfm-close`, `optfm-message`, `optfm-answer`. */
  private tell(what: string): void {
    this.dispatchEvent(new CustomEvent(`optfm-${what}`, { bubbles: true, composed: true }));
  }

  private find<T extends Element>(selector: string): T {
    return this.renderRoot.querySelector<T>(selector)!;
  }
}
