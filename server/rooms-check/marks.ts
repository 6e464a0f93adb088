import { randomBytes } from 'node:crypto'
import { Guide } from '@sandbox/protocol'

/** Keys of a guide whose values are not words but one of a few, told by the protocol. */
const NOT_WORDS: ReadonlySet<string> = new Set(['seed', 'section', 'band', 'exercises'])

/** Words that occur nowhere else, each remembered with what it stands in. */
export class Marks {
  readonly #prefix = `m${randomBytes(5).toString('hex')}n`
  readonly #whats: string[] = []

  /** A new one: letters and digits, so that nothing that carries it writes it otherwise. */
  next(what: string): string {
    this.#whats.push(what)
    return `${this.#prefix}${this.#whats.length - 1}x`
  }

  /** What the marks in a text stand in, each once. */
  in(text: string): Set<string> {
    const found = text.matchAll(new RegExp(`${this.#prefix}(\\d+)x`, 'g'))
    return new Set([...found].flatMap(([, index]) => this.#whats[Number(index)] ?? []))
  }

  /** What all marks stand in. */
  get all(): ReadonlySet<string> {
    return new Set(this.#whats)
  }
}

/** The guide with a mark in each of its words and names; the sections' names are the protocol's. */
export function marked(guide: Guide, marks: Marks): Guide {
  const names = new Map<string, string>()
  const nameOf = (name: string, where: string): string => {
    const known = names.get(name) ?? marks.next(`the name ${name} at ${where}`)
    names.set(name, known)
    return known
  }
  const mark = (value: unknown, path: readonly string[]): unknown => {
    const key = path.at(-1) ?? ''
    const where = path.join('.')
    if (NOT_WORDS.has(key) || (key === 'id' && path[0] === 'sections')) return value
    if (Array.isArray(value))
      return value.map((each, index) => mark(each, key === 'after' ? path : [...path, `${index}`]))
    if (typeof value === 'string')
      return key === 'id' || key === 'after' ? nameOf(value, where) : markText(value, marks.next(where))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mark(each, [...path, name])]))
  }
  return Guide.parse(mark(guide, []))
}

/** No longer than it was, because it may be as long as it can. */
function markText(text: string, mark: string): string {
  return `${mark} ${text}`.slice(0, Math.max(text.length, mark.length))
}
