import { SandboxError } from './driver.ts'

/**
 * Docker multiplexes a container's output on one stream: 1 byte stream (0 stdin, 1 stdout, 2 stderr), 3 zero bytes,
 * 4 bytes big-endian length, payload.
 * https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach
 */
export const ATTACH_HEADER_BYTES = 8

/** The engine copies in blocks of 32 KiB; something far above it is not an attach stream. */
export const MAX_ATTACH_FRAME_BYTES = 16 * 1024 * 1024

export interface AttachPiece {
  stream: 'stdout' | 'stderr'
  /** A part of a payload: a frame may come in several pieces. */
  bytes: Buffer
}

/**
 * Takes an attach stream apart without holding any payload: pieces are views of the chunk. Iterative, so that
 * thousands of tiny frames in one chunk cost no stack; the caller pauses the socket when it has enough.
 */
export class AttachDemultiplexer {
  readonly #header = Buffer.alloc(ATTACH_HEADER_BYTES)
  #headerFill = 0
  #remaining = 0
  #stream: AttachPiece['stream'] = 'stdout';

  /** The pieces of this chunk, in order. A broken stream throws a SandboxError after the pieces before the break. */
  *decode(chunk: Buffer): Generator<AttachPiece> {
    let offset = 0
    while (offset < chunk.length) {
      if (this.#remaining === 0) {
        offset = this.#fillHeader(chunk, offset)
        continue
      }
      const end = Math.min(chunk.length, offset + this.#remaining)
      yield { stream: this.#stream, bytes: chunk.subarray(offset, end) }
      this.#remaining -= end - offset
      offset = end
    }
  }

  #fillHeader(chunk: Buffer, offset: number): number {
    const copied = chunk.copy(this.#header, this.#headerFill, offset, offset + ATTACH_HEADER_BYTES - this.#headerFill)
    this.#headerFill += copied
    if (this.#headerFill === ATTACH_HEADER_BYTES) {
      this.#headerFill = 0
      this.#stream = streamOf(this.#header)
      this.#remaining = lengthOf(this.#header)
    }
    return offset + copied
  }
}

function streamOf(header: Buffer): AttachPiece['stream'] {
  const [stream, ...padding] = header.subarray(0, 4)
  if (padding.some((byte) => byte !== 0)) throw new SandboxError('The attach stream has a broken header.')
  if (stream === 1) return 'stdout'
  if (stream === 2) return 'stderr'
  throw new SandboxError(`The attach stream names an unknown stream ${stream}.`)
}

function lengthOf(header: Buffer): number {
  const length = header.readUInt32BE(4)
  if (length <= MAX_ATTACH_FRAME_BYTES) return length
  throw new SandboxError(`The attach stream announces ${length} bytes; at most ${MAX_ATTACH_FRAME_BYTES} are allowed.`)
}
