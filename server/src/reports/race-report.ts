import type { Access, Creation, Frame, Race } from '@sandbox/protocol'
import { STARTS_FOR_OTHERS, waitGroupGoSite } from './creation-site.ts'
import { testOfFunction } from './function-name.ts'
import { LineSplitter } from './lines.ts'
import { frameOf, isOfJudge, type Sources, siteOf } from './sources.ts'

/** Races with different pairs of sites that are kept; further ones are only counted. */
export const MAX_RACES = 100
/** Frames kept of one stack, the innermost ones. */
const MAX_RACE_FRAMES = 64

// Format: PrintReport of compiler-rt/lib/tsan/rtl/tsan_report.cpp, its Go half.
const BEGIN = 'WARNING: DATA RACE'
const DELIMITER = '=================='
const ACCESS = /^(?:Previous )?(?:atomic )?(read|write) at 0x[0-9a-f]+ by (?:(main) goroutine|goroutine (\d+)):$/i
const CREATION = /^Goroutine (\d+) \((running|finished)\) created at:$/
const CALL = /^ {2}(\S.*)\(\)$/
const POSITION = /^ {6}(\S.*):(\d+)(?: \+0x[0-9a-f]+)?$/
const LIMIT = /^race: limit on (\d+) simultaneously alive goroutines is exceeded/

interface Report {
  accesses: { kind: 'read' | 'write'; goroutine: string; stack: Frame[] }[]
  created: Map<string, { state: 'running' | 'finished'; stack: Frame[] }>
}

/** Reads the text of the race detector (a file of `GORACE=log_path`) as it is written. */
export class RaceParser {
  readonly #sources: Sources
  readonly #lines = new LineSplitter()
  readonly #races = new Map<string, Race>()
  #report: Report | null = null
  /** Where the next frames go; null while a section is of no interest. */
  #stack: Frame[] | null = null
  #call: string | null = null
  #reports = 0
  #limit: number | null = null

  constructor(sources: Sources) {
    this.#sources = sources
  }

  /** Reports begun so far, those that could not be read included. */
  get reports(): number {
    return this.#reports
  }

  /** Number of live goroutines at which the race runtime gave up, or null. */
  get goroutineLimit(): number | null {
    return this.#limit
  }

  /** All races found so far, with their counts. */
  get races(): Race[] {
    return [...this.#races.values()]
  }

  /** The races that these bytes show for the first time. */
  push(bytes: Uint8Array): Race[] {
    return this.#lines.push(bytes).flatMap((line) => this.#line(line))
  }

  end(): Race[] {
    return [...this.#lines.end().flatMap((line) => this.#line(line)), ...this.#finish()]
  }

  #line(line: string): Race[] {
    if (line === BEGIN) {
      const cut = this.#finish()
      this.#reports++
      this.#report = { accesses: [], created: new Map() }
      return cut
    }
    if (line === DELIMITER) return this.#finish()
    this.#limit ??= Number(LIMIT.exec(line)?.[1] ?? 0) || null
    if (this.#report) this.#section(this.#report, line)
    return []
  }

  #section(report: Report, line: string): void {
    const access = ACCESS.exec(line)
    const creation = CREATION.exec(line)
    if (access) this.#beginAccess(report, access)
    else if (creation) this.#beginCreation(report, creation)
    // Other sections (a heap block, a global) have frames too, of no use here.
    else if (/^\S/.test(line)) this.#stack = null
    else this.#frame(line)
  }

  #beginAccess(report: Report, match: RegExpExecArray): void {
    this.#stack = []
    const kind = match[1]?.toLowerCase() === 'write' ? 'write' : 'read'
    if (report.accesses.length < 2) {
      report.accesses.push({ kind, goroutine: match[2] ?? match[3] ?? 'main', stack: this.#stack })
    }
  }

  #beginCreation(report: Report, match: RegExpExecArray): void {
    this.#stack = []
    const state = match[2] === 'finished' ? 'finished' : 'running'
    if (report.created.size < 2) report.created.set(match[1] ?? '', { state, stack: this.#stack })
  }

  #frame(line: string): void {
    const call = CALL.exec(line)?.[1]
    const position = POSITION.exec(line)
    if (call) this.#call = call
    if (!position || !this.#call || !this.#stack) return
    if (this.#stack.length < MAX_RACE_FRAMES && !isOfJudge(this.#call)) {
      this.#stack.push(frameOf(this.#sources, this.#call, position[1] ?? '', Number(position[2])))
    }
    this.#call = null
  }

  #finish(): Race[] {
    const race = this.#report && toRace(this.#report, this.#sources)
    this.#report = null
    this.#stack = null
    this.#call = null
    if (!race) return []
    const known = this.#races.get(race.id)
    if (known) this.#races.set(race.id, { ...known, count: known.count + 1 })
    if (known || this.#races.size >= MAX_RACES) return []
    this.#races.set(race.id, race)
    return [race]
  }
}

function toRace(report: Report, sources: Sources): Race | null {
  const [later, earlier] = report.accesses.map((access) => toAccess(access, report, sources))
  if (!later || !earlier) return null
  const stacks = [later.stack, earlier.stack, later.created?.stack ?? [], earlier.created?.stack ?? []]
  const test = stacks.flat().find((frame) => frame.origin !== 'go' && testOfFunction(frame.function))
  return {
    id: [placeOf(later), placeOf(earlier)].sort().join(' | '),
    accesses: [later, earlier],
    test: test ? testOfFunction(test.function) : null,
    count: 1,
  }
}

function toAccess(access: Report['accesses'][number], report: Report, sources: Sources): Access {
  const { kind, goroutine, stack } = access
  const creation = report.created.get(goroutine)
  return {
    kind,
    goroutine,
    state: goroutine === 'main' ? 'main' : (creation?.state ?? 'running'),
    site: siteOf(stack),
    stack,
    created: creation ? toCreation(creation.stack, stack, sources) : null,
  }
}

function toCreation(stack: Frame[], access: Frame[], sources: Sources): Creation {
  const top = stack[0]
  const outermost = access.findLast((frame) => frame.origin !== 'go')
  const hidesCaller = top !== undefined && STARTS_FOR_OTHERS.test(top.function)
  const caller = hidesCaller && outermost ? waitGroupGoSite(sources, outermost) : null
  if (!top || !caller) return { site: siteOf(stack), stack }
  // The call of a named function does not say in which function it stands: then the shown frame at this place does.
  const shown = stack.find((frame) => frame.file === caller.file && frame.line === caller.line)
  if (shown) return { site: shown, stack }
  return { site: caller, stack: caller.function === '' ? stack : [top, caller, ...stack.slice(1)] }
}

/** One end of a race, for its id: hidden lines are not told, so their function stands in. */
function placeOf({ site, stack }: Access): string {
  const frame = site ?? stack[0]
  if (!frame) return 'unknown'
  return frame.line > 0 && frame.origin !== 'go' ? `${frame.file}:${frame.line}` : frame.function
}
