import { type ArtifactKind, MAX_ARTIFACT_BYTES } from '@sandbox/protocol'

/** A collected file, as far as it came. It was written by the code that was run: anything may be in it. */
export interface Artifact {
  kind: ArtifactKind
  bytes: Buffer
  /** The file was longer. */
  cut: boolean
  /** Why there is none. */
  problem: 'missing' | 'not-a-file' | null
}

/** Puts one collected file together. Memory is bounded by MAX_ARTIFACT_BYTES. */
export class ArtifactCollector {
  readonly #kind: ArtifactKind
  readonly #parts: Buffer[] = []
  #bytes = 0
  #cut = false

  constructor(kind: ArtifactKind) {
    this.#kind = kind
  }

  push(bytes: Buffer): void {
    const room = MAX_ARTIFACT_BYTES[this.#kind] - this.#bytes
    if (bytes.length > room) this.#cut = true
    const kept = bytes.subarray(0, room)
    if (kept.length === 0) return
    // A copy, so that it does not hold a whole network buffer.
    this.#parts.push(Buffer.from(kept))
    this.#bytes += kept.length
  }

  /** The file, with what the supervisor says of its end. */
  end({ cut, problem }: Pick<Artifact, 'cut' | 'problem'>): Artifact {
    const bytes = Buffer.concat(this.#parts, this.#bytes)
    return { kind: this.#kind, bytes, cut: cut || this.#cut, problem }
  }
}
