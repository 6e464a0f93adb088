import { ProtobufReader } from './protobuf.ts'

/** A profile as runtime/pprof writes it: https://github.com/google/pprof/blob/main/proto/profile.proto */
export interface Pprof {
  /** What each value of a sample is: `cpu` in `nanoseconds`. */
  types: { type: string; unit: string }[]
  /** Places by their index in stacks; an inlined call has its own. */
  places: PprofPlace[]
  /** Innermost call first. */
  samples: { stack: number[]; values: number[] }[]
}

export interface PprofPlace {
  function: string
  file: string
  line: number
}

export type PprofResult = { type: 'read'; profile: Pprof } | { type: 'unreadable'; why: 'junk' | 'too-large' }

/** Samples, locations, functions and strings of one profile, each. A real one has some hundreds. */
export const MAX_ENTRIES = 20_000
/** Calls of one stack that are read: runtime/pprof writes 128 at most, each with the calls inlined into it. */
const MAX_STACK = 512
/** Characters of a function's or file's name. */
const MAX_NAME_CHARS = 400
/** Places in all stacks together: what takes time and memory later. */
const MAX_CALLS = 400_000

/** Reads an unpacked profile. It was written by the code that was run: whatever is in it, this ends soon, in little memory. */
export function readPprof(bytes: Buffer): PprofResult {
  try {
    return { type: 'read', profile: decode(bytes) }
  } catch (error) {
    return { type: 'unreadable', why: error instanceof TooLarge ? 'too-large' : 'junk' }
  }
}

class TooLarge extends Error {}

/** Where the parts of a profile lie in its bytes. */
class Parts {
  readonly types: ProtobufReader[] = []
  readonly samples: ProtobufReader[] = []
  readonly locations: ProtobufReader[] = []
  readonly functions: ProtobufReader[] = []
  readonly strings: ProtobufReader[] = []

  constructor(bytes: Buffer) {
    const lists = new Map([
      [1, this.types],
      [2, this.samples],
      [4, this.locations],
      [5, this.functions],
      [6, this.strings],
    ])
    for (const { field, message } of new ProtobufReader(bytes).fields()) {
      const list = message && lists.get(field)
      if (!list) continue
      if (list.length >= MAX_ENTRIES) throw new TooLarge('it has too many entries')
      list.push(message)
    }
  }

  text(index: number): string {
    const text = this.strings[index]?.text(MAX_NAME_CHARS)
    if (text === undefined) throw new Error('a string is missing')
    return text
  }
}

function decode(bytes: Buffer): Pprof {
  const parts = new Parts(bytes)
  const types = parts.types.slice(0, 8).map((part) => {
    const [type = 0, unit = 0] = part.numbers([1, 2])
    return { type: parts.text(type), unit: parts.text(unit) }
  })
  const names = functionsOf(parts)
  const places: PprofPlace[] = []
  const placesOfLocation = new Map<number, number[]>()
  for (const part of parts.locations) {
    const { id, lines } = locationOf(part)
    const indexes = lines.slice(0, MAX_STACK).map(({ fn, line }) => {
      const name = names.get(fn) ?? { name: '', file: '' }
      return places.push({ function: name.name, file: name.file, line }) - 1
    })
    if (places.length > MAX_ENTRIES) throw new TooLarge('it has too many places')
    placesOfLocation.set(id, indexes)
  }
  return { types, places, samples: samplesOf(parts, placesOfLocation, types.length) }
}

/** Functions by their id. */
function functionsOf(parts: Parts): Map<number, { name: string; file: string }> {
  const names = new Map<number, { name: string; file: string }>()
  for (const part of parts.functions) {
    const [id = 0, name = 0, file = 0] = part.numbers([1, 2, 4])
    names.set(id, { name: parts.text(name), file: parts.text(file) })
  }
  return names
}

/** A location's calls, the innermost first. */
function locationOf(part: ProtobufReader): { id: number; lines: { fn: number; line: number }[] } {
  const lines: { fn: number; line: number }[] = []
  let id = 0
  for (const { field, number, message } of part.fields()) {
    if (field === 1 && number !== null) id = number
    if (field !== 4 || !message) continue
    const [fn = 0, line = 0] = message.numbers([1, 2])
    lines.push({ fn, line })
  }
  return { id, lines }
}

function samplesOf(parts: Parts, placesOfLocation: ReadonlyMap<number, number[]>, width: number): Pprof['samples'] {
  let calls = 0
  return parts.samples.map((part) => {
    const locations: number[] = []
    const values: number[] = []
    for (const one of part.fields()) {
      if (one.field === 1) one.addTo(locations, MAX_STACK)
      if (one.field === 2) one.addTo(values, width)
    }
    const stack = locations.flatMap((id) => placesOfLocation.get(id) ?? []).slice(0, MAX_STACK)
    calls += stack.length
    if (calls > MAX_CALLS) throw new TooLarge('its stacks are too deep')
    return { stack, values: padded(values, width) }
  })
}

/** As many values as there are types: those that are missing are 0. */
function padded(values: readonly number[], width: number): number[] {
  return Array.from({ length: width }, (_, index) => values[index] ?? 0)
}
