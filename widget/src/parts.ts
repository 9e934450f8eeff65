/** What one chat is made of, but for what is seen. */

import { Announcer } from "./announcer";
import { type Change, Chat } from "./chat";
import { Composing } from "./composing";
import { Reading } from "./reading";
import { Scrolling } from "./scrolling";
import { readSettings, type Settings } from "./settings";
import { Sound } from "./sound";
import { Storage } from "./storage";

export interface Parts {
  settings: Settings;
  storage: Storage;
  chat: Chat;
  sound: Sound;
  reading: Reading;
  composing: Composing;
  scrolling: Scrolling;
  announcer: Announcer;
}

/**
 * @param given the element's dataset.
 * @param origin where the script came from.
 * @param changed told of what happens in the dialog.
 */
export function assemble(
  given: Record<string, string | undefined>,
  origin: string,
  changed: (what: Change) => void,
): Parts {
  const settings = readSettings(given, origin, (problem) => console.warn(`OptFM: ${problem}`));
  const storage = new Storage(settings.server);
  return {
    settings,
    storage,
    chat: new Chat(settings.server, storage, changed),
    sound: new Sound(storage),
    reading: new Reading(storage),
    composing: new Composing(new Storage(settings.server, "sessionStorage")),
    scrolling: new Scrolling(),
    announcer: new Announcer(),
  };
}
