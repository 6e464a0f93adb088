import type { Frame } from '@sandbox/protocol'
import { siteOf } from './sources.ts'

// Format: printpanics and printPreFatalDeferPanic of runtime/panic.go. Oldest first; the last line is what ended the
// program. A panic with the same value as the one before is not printed: that one is marked.
const LINK = /^\t(panic|fatal error): /
const MARK = / \[recovered(, repanicked)?\]$/

/** One printed panic of several that were under way at the end of a program. */
interface Link {
  kind: 'panic' | 'fatal'
  message: string
  /** A further panic with the same value followed. */
  repanicked: boolean
}

/** A panic that was being handled when the program ended, and where it began, if that is known. */
export interface EarlierPanic {
  message: string
  site: Frame | null
}

/** What ended the program: message and place belong together. */
export interface LastPanic extends EarlierPanic {
  kind: Link['kind']
  /** Where the same value was panicked with again. */
  again: Frame | null
  /** The panics that it came of, oldest first. */
  earlier: EarlierPanic[]
}

/** Cuts the lines of a panic's text, without the first `panic: `, into the panics that they tell. */
export function linksOf(lines: readonly string[]): [Link, ...Link[]] {
  const [first = '', ...rest] = lines
  const links: [Link, ...Link[]] = [{ kind: 'panic', message: '', repanicked: false }]
  extend(links[0], first)
  for (const line of rest) {
    const begins = LINK.exec(line)
    const link = links.at(-1) ?? links[0]
    if (begins) {
      const next: Link = { kind: begins[1] === 'panic' ? 'panic' : 'fatal', message: '', repanicked: false }
      extend(next, line.slice(begins[0].length))
      links.push(next)
    } else {
      link.message += '\n'
      extend(link, line.replace(/^\t/, ''))
    }
  }
  return links
}

function extend(link: Link, text: string): void {
  link.message += text.replace(MARK, '')
  link.repanicked = MARK.exec(text)?.[1] !== undefined
}

/** Gives each panic the line of the stack that it was raised at, as far as the stack tells them apart. */
export function lastPanic(links: readonly [Link, ...Link[]], stack: readonly Frame[]): LastPanic {
  const last = links.at(-1) ?? links[0]
  const { kind, message } = last
  const sites = raisedAt(stack)
  const newest = siteOf(stack)
  const unplaced = links.slice(0, -1).map((link) => ({ message: link.message, site: null }))
  // A fatal error leaves no frame of its own, and a stack that was cut or printed by someone else has others.
  if (kind === 'fatal' || !fits(links, sites.length))
    return { kind, message, site: newest, again: null, earlier: unplaced }
  const before = links.slice(0, -1)
  const begins = before.map((_, index) => before.slice(0, index).reduce(countUpTo, 0))
  const own = sites.slice(before.reduce(countUpTo, 0)).filter((site) => site !== null)
  const site = own[0] ?? null
  const again = own.length > 1 ? (own.at(-1) ?? null) : null
  const earlier = before.map((link, index) => ({ message: link.message, site: sites[begins[index] ?? 0] ?? null }))
  return { kind, message, site, again, earlier }
}

/** Of one printed panic all frames are its own; of several, those beyond one each and one more for a mark are nobody's. */
function fits(links: readonly Link[], frames: number): boolean {
  const least = links.reduce(countUpTo, 0)
  return links.length === 1 ? frames >= 1 : frames === least || (frames > least && onlyLastRepeats(links))
}

function onlyLastRepeats(links: readonly Link[]): boolean {
  return links.every(({ repanicked }, index) => repanicked === (index === links.length - 1))
}

function countUpTo(sum: number, { repanicked }: Link): number {
  return sum + (repanicked ? 2 : 1)
}

/** Innermost own frame below each `panic(`, the oldest panic's first. The newest one's is shown with `GOTRACEBACK=system`. */
function raisedAt(stack: readonly Frame[]): (Frame | null)[] {
  const sections: Frame[][] = stack[0]?.function === 'panic' ? [] : [[]]
  for (const frame of stack) {
    if (frame.function === 'panic') sections.push([])
    else sections.at(-1)?.push(frame)
  }
  return sections.map(siteOf).reverse()
}
