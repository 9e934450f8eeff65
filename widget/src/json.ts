/** JSON as the language has it, on pages whose old libraries (Prototype before 1.7) have changed it. */

const CHANGED = [Array, String, Number, Boolean, Object].map((type) => type.prototype as { toJSON?: unknown });

/** Does something with the `toJSON` of the page's libraries out of the way. */
export function withPlainJson<T>(act: () => T): T {
  const found = CHANGED.filter((one) => Object.hasOwn(one, "toJSON")).map((one) => [one, one.toJSON] as const);
  for (const [prototype] of found) delete prototype.toJSON;
  try {
    return act();
  } finally {
    for (const [prototype, toJSON] of found) prototype.toJSON = toJSON;
  }
}
