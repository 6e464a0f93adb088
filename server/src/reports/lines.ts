/** Longest line that a report parser looks at, in bytes. What is beyond is dropped and marked with `…`. */
export const MAX_LINE_BYTES = 16 * 1024

const NEWLINE = 0x0a

/** Cuts a byte stream into lines of text without their line ends. Memory is bounded by MAX_LINE_BYTES. */
export class LineSplitter {
  #parts: Buffer[] = []
  #length = 0
  #cut = false

  /** The lines completed by these bytes. */
  push(bytes: Uint8Array): string[] {
    const lines: string[] = []
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let start = 0
    for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, start)) {
      this.#keep(buffer.subarray(start, end))
      lines.push(this.#take())
      start = end + 1
    }
    // A copy, so that a few kept bytes do not hold a whole network buffer.
    if (start < buffer.length) this.#keep(Buffer.from(buffer.subarray(start)))
    return lines
  }

  /** The unfinished last line, if there is one. */
  end(): string[] {
    return this.#length > 0 ? [this.#take()] : []
  }

  #keep(part: Buffer): void {
    const room = MAX_LINE_BYTES - this.#length
    if (part.length > room) this.#cut = true
    const kept = part.subarray(0, room)
    if (kept.length === 0) return
    this.#parts.push(kept)
    this.#length += kept.length
  }

  #take(): string {
    if (this.#length === 0 && !this.#cut) return ''
    const whole = this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts, this.#length)
    const text = whole.toString('utf8').replace(/\r$/, '') + (this.#cut ? '…' : '')
    this.#parts = []
    this.#length = 0
    this.#cut = false
    return text
  }
}
