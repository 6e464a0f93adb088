import { FrameKind, type Job, MAX_FRAME_BYTES, SupervisorEvent } from '@sandbox/protocol'
import { SandboxError, type SandboxEvent } from './driver.ts'

/** Length (u32, big-endian) and kind (u8). */
export const FRAME_HEADER_BYTES = 5

/** One JSON frame: what a supervisor reads on its standard input. */
export function encodeJob(job: Job): Buffer {
  const payload = Buffer.from(JSON.stringify(job))
  const header = Buffer.alloc(FRAME_HEADER_BYTES)
  header.writeUInt32BE(payload.length, 0)
  header.writeUInt8(FrameKind.json, 4)
  return Buffer.concat([header, payload])
}

/**
 * Takes a supervisor's byte stream apart, chunk by chunk. Every byte is copied at most once and at most
 * MAX_FRAME_BYTES are held. A broken stream throws a SandboxError after the events before the break were given; the
 * decoder is of no use then.
 */
export class FrameDecoder {
  readonly #header = Buffer.alloc(FRAME_HEADER_BYTES)
  #headerFill = 0
  #payload: Buffer | null = null
  #payloadFill = 0;

  /** The events that this chunk completes, in order. */
  *decode(chunk: Buffer): Generator<SandboxEvent> {
    let offset = 0
    while (offset < chunk.length || this.#isComplete()) {
      if (this.#headerFill < FRAME_HEADER_BYTES) {
        offset = this.#fillHeader(chunk, offset)
        continue
      }
      const length = this.#header.readUInt32BE(0)
      if (this.#payload === null && chunk.length - offset >= length) {
        yield this.#finish(chunk.subarray(offset, offset + length))
        offset += length
        continue
      }
      this.#payload ??= Buffer.allocUnsafe(length)
      const copied = chunk.copy(this.#payload, this.#payloadFill, offset)
      this.#payloadFill += copied
      offset += copied
      if (this.#payloadFill === length) yield this.#finish(this.#payload)
    }
  }

  /** True between frames: the stream may end here. */
  get atBoundary(): boolean {
    return this.#headerFill === 0
  }

  /** A frame without payload is complete when its header is, even where the chunk ends. */
  #isComplete(): boolean {
    return this.#headerFill === FRAME_HEADER_BYTES && this.#header.readUInt32BE(0) === 0
  }

  #fillHeader(chunk: Buffer, offset: number): number {
    const copied = chunk.copy(this.#header, this.#headerFill, offset, offset + FRAME_HEADER_BYTES - this.#headerFill)
    this.#headerFill += copied
    const length = this.#header.readUInt32BE(0)
    if (this.#headerFill === FRAME_HEADER_BYTES && length > MAX_FRAME_BYTES) {
      throw new SandboxError(`The sandbox sent a frame of ${length} bytes; at most ${MAX_FRAME_BYTES} are allowed.`)
    }
    return offset + copied
  }

  #finish(payload: Buffer): SandboxEvent {
    const kind = this.#header.readUInt8(4)
    this.#headerFill = 0
    this.#payload = null
    this.#payloadFill = 0
    return decodeFrame(kind, payload)
  }
}

function decodeFrame(kind: number, payload: Buffer): SandboxEvent {
  switch (kind) {
    case FrameKind.json:
      return { type: 'event', event: decodeEvent(payload) }
    case FrameKind.stdout:
      return { type: 'bytes', kind: 'stdout', bytes: payload }
    case FrameKind.stderr:
      return { type: 'bytes', kind: 'stderr', bytes: payload }
    case FrameKind.race:
      return { type: 'bytes', kind: 'race', bytes: payload }
    case FrameKind.dump:
      return { type: 'bytes', kind: 'dump', bytes: payload }
    case FrameKind.artifact:
      return { type: 'bytes', kind: 'artifact', bytes: payload }
    default:
      throw new SandboxError(`The sandbox sent a frame of unknown kind ${kind}.`)
  }
}

function decodeEvent(payload: Buffer): SupervisorEvent {
  try {
    return SupervisorEvent.parse(JSON.parse(payload.toString()))
  } catch (cause) {
    throw new SandboxError('The sandbox sent an event that cannot be understood.', { cause })
  }
}
