/** One field of a protocol buffer message. */
export interface ProtobufField {
  field: number
  /** Of a varint; what is negative as an int64 is 0, because nothing here can be. Null for other types. */
  number: number | null
  /** What a length-delimited field holds: a message, a text or packed numbers. */
  message: ProtobufReader | null
  /** Appends the number, or the packed ones, to a list of at most so many. */
  addTo(list: number[], most: number): void
}

/** A varint has at most ten bytes: https://protobuf.dev/programming-guides/encoding/ */
const MAX_VARINT_BYTES = 10
const NEGATIVE = 2 ** 63

/**
 * Reads protocol buffers that somebody hostile wrote: every step goes forward, nothing is allocated but what is asked for,
 * and what cannot be read throws.
 */
export class ProtobufReader {
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  *fields(): Generator<ProtobufField> {
    const cursor = new Cursor(this.#bytes)
    while (!cursor.atEnd) {
      const key = cursor.varint()
      const field = Math.floor(key / 8)
      switch (key % 8) {
        case 0:
          yield numberField(field, cursor.varint())
          break
        case 1:
          cursor.take(8)
          break
        case 2:
          yield messageField(field, cursor.take(cursor.varint()))
          break
        case 5:
          cursor.take(4)
          break
        default:
          throw new Error('this wire type is not in use')
      }
    }
  }

  /** The numbers of these fields, in this order; undefined where one is missing. */
  numbers(wanted: readonly number[]): (number | undefined)[] {
    const found: (number | undefined)[] = wanted.map(() => undefined)
    for (const { field, number } of this.fields()) {
      const at = wanted.indexOf(field)
      if (at >= 0 && number !== null) found[at] = number
    }
    return found
  }

  text(mostChars: number): string {
    return this.#bytes.toString('utf8', 0, mostChars)
  }

  /** The numbers that are packed here, up to so many. */
  addNumbers(list: number[], most: number): void {
    const cursor = new Cursor(this.#bytes)
    while (!cursor.atEnd && list.length < most) list.push(signed(cursor.varint()))
  }
}

class Cursor {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  varint(): number {
    let value = 0
    let unit = 1
    for (let length = 0; length < MAX_VARINT_BYTES; length++) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) break
      value += (byte & 0x7f) * unit
      if (byte < 0x80) return value
      unit *= 128
    }
    throw new Error('a number does not end')
  }

  take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new Error('a field goes beyond the end')
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }
}

function signed(value: number): number {
  return value >= NEGATIVE ? 0 : value
}

function numberField(field: number, value: number): ProtobufField {
  const number = signed(value)
  const addTo = (list: number[], most: number) => {
    if (list.length < most) list.push(number)
  }
  return { field, number, message: null, addTo }
}

function messageField(field: number, bytes: Buffer): ProtobufField {
  const message = new ProtobufReader(bytes)
  return { field, number: null, message, addTo: (list, most) => message.addNumbers(list, most) }
}
