/** A short soft tone for an answer; made here, so that nothing is loaded. */

let audio: AudioContext | undefined;

/** Silent where the browser wants a touch of the page first. */
export function chime(): void {
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
  const start = audio.currentTime;
  for (const [at, pitch] of [
    [0, 660],
    [0.11, 880],
  ] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.07, start + at);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + at + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(start + at);
    tone.stop(start + at + 0.24);
  }
}
