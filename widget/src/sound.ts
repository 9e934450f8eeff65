/** A short soft tone for an answer; made here, so that nothing is loaded. */

import type { Storage } from "./storage";

/** Off until the visitor turns it on; remembered for all pages of the site. */
export class Sound {
  private audio: AudioContext | undefined;

  constructor(private readonly storage: Storage) {}

  get on(): boolean {
    return this.storage.get("sound") === "on";
  }

  toggle(): void {
    this.storage.set("sound", this.on ? null : "on");
    this.chime();
  }

  /** Silent where it is off, or where the browser wants a touch of the page first. */
  chime(): void {
    if (!this.on || navigator.userActivation?.hasBeenActive === false) return;
    try {
      this.audio ??= new AudioContext();
      if (this.audio.state === "suspended") this.audio.resume().catch(() => undefined);
      play(this.audio);
    } catch {
      // a browser without sound still shows the answer
    }
  }
}

function play(audio: AudioContext): void {
  for (const [at, pitch] of [
    [0, 660],
    [0.11, 880],
  ] as const) {
    const start = audio.currentTime + at;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.07, start);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.24);
  }
}
