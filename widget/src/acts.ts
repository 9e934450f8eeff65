/** What the visitor does in the panel. */

import { LONGEST } from "./chat";
import { copy } from "./clipboard";
import { MAX_BYTES, refusal } from "./files";
import type { Message, OrderLine, Row } from "./message";
import type { Parts } from "./parts";
import { fileSize } from "./text";
import { fill } from "./words";

const COPIED_MS = 2_000;

/** Where it is seen. */
export interface Host {
  requestUpdate(): void;
  /** Tells the page of an event. */
  tell(what: string): void;
  focusInside(): void;
  focus(selector: string): void;
}

export class Acts {
  /** The code that was copied a moment ago. */
  copied = "";
  /** A file is held over the panel. */
  dropping = false;

  constructor(
    private readonly parts: Parts,
    private readonly host: Host,
  ) {}

  say(text: string, shown: string = text): void {
    const { chat, composing, scrolling } = this.parts;
    composing.clear();
    scrolling.goToEnd();
    chat.say(text, shown);
    this.host.tell("message");
  }

  /** Sends what is written. */
  send(): void {
    const { composing, settings } = this.parts;
    const text = composing.draft.trim();
    if (!text) return;
    if (text.length > LONGEST) {
      this.complain(settings.words.tooLong);
      return;
    }
    composing.draft = "";
    this.say(text);
    this.host.focus("textarea");
  }

  /** A button of the messages goes when it is pressed: the focus must not go with it. */
  choose(payload: string, title: string): void {
    this.say(payload, title);
    this.host.focusInside();
  }

  again(message: Message): void {
    this.parts.chat.again(message);
    this.host.focusInside();
  }

  want(row: Row): void {
    this.say(fill(this.parts.settings.words.wantText, { name: row.name, code: row.code }));
  }

  leaveOut(line: OrderLine): void {
    this.say(fill(this.parts.settings.words.leaveOutText, { n: line.n }));
  }

  typed(text: string): void {
    this.parts.composing.draft = text;
    this.host.requestUpdate();
  }

  async copy(code: string, shown: Element | null): Promise<void> {
    const { words } = this.parts.settings;
    if (!(await copy(code, shown))) {
      this.complain(words.copyFailed);
      return;
    }
    this.parts.announcer.say(fill(words.copied, { code }));
    this.mark(code);
    setTimeout(() => this.mark(""), COPIED_MS);
  }

  sendFiles(files: FileList): void {
    const { chat, composing, scrolling, settings } = this.parts;
    composing.clear();
    for (const file of files) {
      const why = refusal(file);
      if (why) {
        const max = fileSize(MAX_BYTES, settings.words.units.split("|"));
        this.complain(fill(settings.words[why], { max }));
      } else {
        scrolling.goToEnd();
        chat.sendFile(file);
      }
    }
  }

  async toTelegram(): Promise<void> {
    const { chat, composing, settings } = this.parts;
    composing.link = (await chat.telegramLink()) ?? "";
    this.complain(composing.link ? "" : settings.words.linkFailed);
  }

  drop(on: boolean): void {
    if (on === this.dropping) return;
    this.dropping = on;
    this.host.requestUpdate();
  }

  toggleSound(): void {
    this.parts.sound.toggle();
    this.host.requestUpdate();
  }

  goToEnd(): void {
    this.parts.scrolling.goToEnd();
    this.host.requestUpdate();
    this.host.focus(".scroll"); // the button goes
  }

  private complain(problem: string): void {
    this.parts.composing.problem = problem;
    this.host.requestUpdate();
  }

  private mark(code: string): void {
    this.copied = code;
    this.host.requestUpdate();
  }
}
