/** What one sandbox may write to our log in its life. */
export const MAX_LOG_BYTES = 16 * 1024

/** Passes on the first MAX_LOG_BYTES that a sandbox writes to its standard error, and remembers them. */
export class CappedLog {
  text = ''
  readonly #write: (text: string) => void

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  add(chunk: Buffer): void {
    const part = chunk.subarray(0, Math.max(0, MAX_LOG_BYTES - this.text.length)).toString()
    if (part === '') return
    this.text += part
    this.#write(part.trimEnd())
  }
}
