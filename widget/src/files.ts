/** A photo or a document for the manager: what is taken, and its way to the server. */

import { object, text } from "./wire";

export const MAX_BYTES = 10_000_000;
/** As the server takes them (docs/websocket.md). */
export const ACCEPT =
  "image/jpeg,image/png,image/webp,image/gif,.heic,.pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.mp4,.ogg,.mp3,.m4a";

const TAKEN = /\.(jpe?g|png|webp|gif|heic|pdf|docx?|xlsx?|txt|csv|mp4|ogg|mp3|m4a)$/i;

/** Why a file is not taken; null where it is. */
export function refusal(file: File): "fileTooBig" | "fileWrong" | "fileEmpty" | null {
  if (!TAKEN.test(file.name)) return "fileWrong";
  if (file.size === 0) return "fileEmpty";
  return file.size > MAX_BYTES ? "fileTooBig" : null;
}

/**
 * Sends a file; the server keeps it for the manager.
 * @param progress told how much is on its way, 0…1.
 * @returns what the server says of it.
 * @throws Error with the server's words, or with none.
 */
export function upload(
  server: string,
  session: string,
  id: string,
  file: File,
  progress: (part: number) => void,
): Promise<unknown> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest(); // fetch tells nothing of what is sent
    request.open("POST", `${server}/webhooks/socketio/file?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("X-Session", session);
    request.setRequestHeader("X-Message-Id", id);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.total && progress(event.loaded / event.total);
    request.onload = () =>
      request.status === 200 ? done(request.response) : failed(new Error(text(object(request.response)["text"])));
    request.onerror = request.ontimeout = request.onabort = () => failed(new Error());
    request.timeout = 120_000;
    request.send(file);
  });
}
