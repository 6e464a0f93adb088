/** Frames are packed into slabs of this size; a larger frame gets one of its own. */
const SLAB_BYTES = 64 * 1024
/** Most runs are short: the first slab is small. */
const FIRST_SLAB_BYTES = 8 * 1024

type Place = { slab: Buffer; start: number; end: number }

/**
 * Texts in order, as UTF-8 in memory of their own. Small buffers of Node's share slabs with whatever else is made at the
 * same time, and a kept one keeps its whole slab: a log of many small frames would hold several times its size.
 */
export class FrameStore {
  readonly #places: Place[] = []
  #slab = Buffer.alloc(0)
  #used = 0

  get length(): number {
    return this.#places.length
  }

  /** The bytes of a frame; not a copy. */
  at(index: number): Buffer | undefined {
    const place = this.#places[index]
    return place?.slab.subarray(place.start, place.end)
  }

  /** Returns how many bytes the text takes. */
  push(text: string): number {
    const bytes = Buffer.byteLength(text)
    if (bytes > this.#slab.length - this.#used) this.#open(bytes)
    this.#slab.write(text, this.#used)
    this.#places.push({ slab: this.#slab, start: this.#used, end: this.#used + bytes })
    this.#used += bytes
    return bytes
  }

  #open(leastBytes: number): void {
    const size = this.#places.length === 0 ? FIRST_SLAB_BYTES : SLAB_BYTES
    this.#slab = Buffer.allocUnsafeSlow(Math.max(leastBytes, size))
    this.#used = 0
  }
}
