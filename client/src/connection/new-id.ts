const ID_BYTES = 12

/** A random name for a request. `crypto.randomUUID` is missing on plain http in a network; this is not. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
