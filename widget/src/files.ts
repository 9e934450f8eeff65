/** A photo or a document for the manager: what is taken, and its way to the server. */

import { text, object } from "./wire";

export const MAX_BYTES = 10_000_000;
/** As the server takes them (docs/websocket.md). */
export const ACCEPT =
  "image/jpeg,image/png,image/webp,image/gif,.heic,.pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.mp4,.ogg,.mp3,.m4a";

const TAKEN = /\.(jpe?g|png|webp|gif|heic|pdf|docx?|xlsx?|txt|csv|mp4|ogg|mp3|m4a)$/i;

/** Why a file is not taken; null where it is. */
export function refusal(file: File): "fileTooBig" | "fileWrong" | null {
  if (!TAKEN.test(file.name)) return "fileWrong";
  return file.size > MAX_BYTES ? "fileTooBig" : null;
}

/**
 * Sends a file; the server keeps it for the manager.
 * @throws Error with the server's words, or with none.
 */
export async function upload(server: string, session: string, id: string, file: File): Promise<void> {
  const name = encodeURIComponent(file.name);
  const answer = await fetch(`${server}/webhooks/socketio/file?name=${name}`, {
    method: "POST",
    headers: {
      "Content-Type": file.type || "application/octet-stream",
      "X-Session": session,
      "X-Message-Id": id,
    },
    body: file,
  });
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => ({}));
    throw new Error(text(object(body)["text"]));
  }
}
