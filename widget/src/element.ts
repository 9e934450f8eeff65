/** `<optfm-chat>`: the button in the corner and the panel, over one `Chat`. */

import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { Announcer } from "./announcer";
import { type Change, Chat, LONGEST } from "./chat";
import { copy } from "./clipboard";
import { paint } from "./colour";
import { Composing } from "./composing";
import { MAX_BYTES, refusal } from "./files";
import type { Message, Row } from "./message";
import { PanelPlace } from "./place";
import { Reading } from "./reading";
import { Scrolling } from "./scrolling";
import { readSettings, type Settings } from "./settings";
import { Sound } from "./sound";
import { Storage } from "./storage";
import { styles } from "./styles";
import { fileSize } from "./text";
import { failure } from "./views/bubble";
import { composer } from "./views/composer";
import { avatar, header } from "./views/header";
import { launcher } from "./views/launcher";
import { middle, type MiddleActions } from "./views/middle";
import { panel } from "./views/panel";
import { fill } from "./words";

const COPIED_MS = 2_000;

export class OptfmChat extends LitElement {
  static override styles = styles;
  /** Where the script came from: the default server. */
  static origin = "";

  private settings!: Settings;
  private storage!: Storage;
  private chat!: Chat;
  private sound!: Sound;
  private reading!: Reading;
  private composing!: Composing;
  private readonly scrolling = new Scrolling();
  private readonly announcer = new Announcer();
  private readonly place = new PanelPlace(() => this.find<HTMLDialogElement>("dialog"));
  private isOpen = false;
  private dropping = false;
  private copied = "";
  private away = new AbortController();

  override connectedCallback(): void {
    if (!this.settings) this.begin();
    super.connectedCallback();
    const { signal } = (this.away = new AbortController());
    this.storage.onChange(() => this.requestUpdate(), signal); // read in another tab
    this.place.follow(() => this.isOpen && this.place.show(), signal);
    document.addEventListener("visibilitychange", () => this.read(), { signal });
    // A visitor who has never written costs the server nothing until he opens the chat.
    if (this.chat.known) this.chat.start();
    if (this.beginsOpen()) void this.updateComplete.then(() => this.open({ focus: false }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.away.abort();
  }

  /** Opens the panel. */
  open({ focus = true }: { focus?: boolean } = {}): void {
    if (!this.isOpen) {
      this.isOpen = true;
      this.storage.set("open", "yes");
      this.scrolling.goToEnd();
      this.chat.start();
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
    this.storage.set("open", "no");
    this.place.hide();
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
    this.place.fit();
  }

  protected override updated(_: PropertyValues): void {
    this.scrolling.settle(this.find<HTMLElement>(".scroll"));
    const input = this.find<HTMLTextAreaElement>("textarea");
    input.style.height = "";
    if (this.composing.draft) input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  }

  protected override render(): TemplateResult {
    const { words, position, theme } = this.settings;
    const unread = this.isOpen ? 0 : this.reading.unread(this.chat.messages);
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
    const { chat, composing, settings, sound } = this;
    const { words, files, consent, phone } = settings;
    const face = avatar(settings.avatar, words.title);
    const telegram = settings.telegram && chat.telegram;
    const { follows, unseen } = this.scrolling;
    const { messages, away, typing, slow } = chat;
    const { draft, problem, link } = composing;
    const parts = [
      header({ subtitle: this.subtitle(), sound: sound.on, telegram, avatar: face }, words, {
        manager: () => this.say(words.manager),
        telegram: () => void this.toTelegram(),
        sound: () => this.toggleSound(),
        close: () => this.close(),
      }),
      middle({ messages, away, typing, slow, phone, follows, unseen }, words, this.actions(face)),
      composer({ draft, problem, link, files, consent }, words, {
        typed: (text) => this.typed(text),
        send: () => this.send(),
        files: (chosen) => this.sendFiles(chosen),
      }),
    ];
    return panel(parts, { files, dropping: this.dropping, spoken: this.announcer.lines }, words, {
      close: () => this.close(),
      dropping: (on) => this.drop(on),
      files: (dropped) => this.sendFiles(dropped),
    });
  }

  private actions(face: TemplateResult): MiddleActions {
    return {
      copied: this.copied,
      consent: this.settings.consent,
      avatar: face,
      copy: (code, shown) => void this.copy(code, shown),
      want: (row) => this.want(row),
      press: (payload, title) => this.choose(payload, title),
      ask: (question) => this.choose(question, question),
      again: (message) => this.again(message),
      moved: () => this.scrolling.moved(this.find<HTMLElement>(".scroll")) && this.requestUpdate(),
      toEnd: () => this.goToEnd(),
    };
  }

  private subtitle(): string {
    const { words } = this.settings;
    const last = this.chat.messages[this.chat.messages.length - 1];
    if (!this.chat.connected && !this.chat.away && this.isOpen) return words.connecting;
    return last?.from === "manager" && last.name ? `${last.name}, ${words.managerName.toLowerCase()}` : words.subtitle;
  }

  private send(): void {
    const text = this.composing.draft.trim();
    if (!text) return;
    if (text.length > LONGEST) {
      this.complain(this.settings.words.tooLong);
      return;
    }
    this.composing.draft = "";
    this.say(text);
    this.find<HTMLElement>("textarea").focus();
  }

  private say(text: string, shown: string = text): void {
    this.composing.clear();
    this.scrolling.goToEnd();
    this.chat.say(text, shown);
    this.tell("message");
  }

  /** A button of the messages goes when it is pressed: the focus must not go with it. */
  private choose(payload: string, title: string): void {
    this.say(payload, title);
    this.focusInside();
  }

  private again(message: Message): void {
    this.chat.again(message);
    this.focusInside();
  }

  private want(row: Row): void {
    this.say(fill(this.settings.words.wantText, { name: row.name, code: row.code }));
  }

  private typed(text: string): void {
    this.composing.draft = text;
    this.requestUpdate();
  }

  private async copy(code: string, shown: Element | null): Promise<void> {
    const { words } = this.settings;
    if (!(await copy(code, shown))) {
      this.complain(words.copyFailed);
      return;
    }
    this.copied = code;
    this.announcer.say(fill(words.copied, { code }));
    this.requestUpdate();
    setTimeout(() => {
      this.copied = "";
      this.requestUpdate();
    }, COPIED_MS);
  }

  private sendFiles(files: FileList): void {
    const { words } = this.settings;
    this.composing.clear();
    for (const file of files) {
      const why = refusal(file);
      if (why) {
        const max = fileSize(MAX_BYTES, words.units.split("|"));
        this.complain(fill(words[why], { max }));
      } else {
        this.scrolling.goToEnd();
        this.chat.sendFile(file);
      }
    }
  }

  private async toTelegram(): Promise<void> {
    this.composing.link = (await this.chat.telegramLink()) ?? "";
    this.complain(this.composing.link ? "" : this.settings.words.linkFailed);
  }

  private complain(problem: string): void {
    this.composing.problem = problem;
    this.requestUpdate();
  }

  private drop(on: boolean): void {
    if (on === this.dropping) return;
    this.dropping = on;
    this.requestUpdate();
  }

  private toggleSound(): void {
    this.sound.toggle();
    this.requestUpdate();
  }

  private goToEnd(): void {
    this.scrolling.goToEnd();
    this.requestUpdate();
    this.find<HTMLElement>(".scroll").focus(); // the button goes
  }

  /** The dialog has changed. */
  private changed(what: Change): void {
    const { words } = this.settings;
    if (what === "answer") this.answered(this.chat.messages.find((one) => one === this.chat.latest));
    if (what === "slow") this.announcer.say(words.slow);
    if (what === "failed") {
      const failed = this.chat.messages.filter((one) => one.state === "failed").pop();
      if (failed) this.announcer.say(failure(failed, words));
    }
    if (what === "messages" || what === "answer") this.read();
    this.requestUpdate();
  }

  private answered(message: Message | undefined): void {
    if (!message) return;
    const { words } = this.settings;
    const author = message.from === "manager" ? (message.name ?? words.managerName) : words.bot;
    this.announcer.say(`${author}: ${message.text || (message.file?.name ?? words.photo)}`);
    this.scrolling.came();
    this.sound.chime();
    this.tell("answer");
  }

  private read(): void {
    if (this.isOpen && !document.hidden) this.reading.read(this.chat.messages);
  }

  /** As the visitor left it; on a phone it would cover the page that he came for. */
  private beginsOpen(): boolean {
    const left = this.storage.get("open");
    return !this.place.small && (left ? left === "yes" : this.settings.open);
  }

  private begin(): void {
    const warn = (problem: string): void => console.warn(`OptFM: ${problem}`);
    this.settings = readSettings({ ...this.dataset }, OptfmChat.origin, warn);
    const { server, color } = this.settings;
    this.storage = new Storage(server);
    this.sound = new Sound(this.storage);
    this.reading = new Reading(this.storage);
    this.composing = new Composing(new Storage(server, "sessionStorage"));
    this.chat = new Chat(server, this.storage, (what) => this.changed(what));
    paint(this, color);
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
