import { countGoroutines, type Frame, type Goroutine } from '@sandbox/protocol'
import { mapLines } from './line-map.ts'
import { type FullProfile, functionName } from './profile.ts'
import type { RunState } from './run.ts'

/** What became of the goroutines of one `go` statement, between two moments or two runs. */
export interface LeakChange {
  /** Tells `go` statements apart. */
  key: string
  /** The `go` statement: in this run, or where it stood in the earlier one where nothing of it is left. Null where the dump names none. */
  site: Frame | null
  /** There when the tests had ended, and not before they began. */
  now: number
  /** Of these, what nothing can wake. */
  stuck: number
  /** As many did the earlier run leave behind; null where nobody knows. */
  before: number | null
  /** The test whose function holds the `go` statement. */
  test: string | null
}

/** An earlier run whose tests had all ended, so that it is known what they left behind. */
export interface EarlierRun {
  run: RunState
  /** As the page counts runs, from 1. */
  number: number
}

/** The latest run before this one that says what its tests left behind. */
export function earlierEnded(runs: readonly RunState[], run: RunState): EarlierRun | null {
  const index = runs.slice(0, runs.indexOf(run)).findLastIndex(testsEnded)
  const earlier = runs[index]
  return earlier ? { run: earlier, number: index + 1 } : null
}

/** Only then everybody knows what is left behind: a run that was cut short left behind whatever was under way. */
export function testsEnded({ phase, tests }: RunState): boolean {
  const ended = ({ status }: RunState['tests'][number]) =>
    status === 'passed' || status === 'failed' || status === 'skipped'
  return phase.type === 'ended' && tests.length > 0 && tests.every(ended)
}

/** Goroutines that the tests left behind, proved to be stuck or not. */
export function leftBehind({ dump, leftovers }: RunState): Goroutine[] {
  const leaked = dump?.reason === 'leak' ? dump.goroutines : []
  return [...leaked, ...(leftovers?.goroutines ?? [])].filter(({ role }) => role !== 'runtime')
}

/**
 * What the tests left behind by `go` statement, most first, and what an earlier run did and this one does not. Empty where
 * the tests did not get to their end.
 */
export function leakChanges(run: RunState, earlier: RunState | null): LeakChange[] {
  if (!testsEnded(run)) return []
  const now = bySite(leftBehind(run), sameLine)
  const before = earlier && bySite(leftBehind(earlier), lineIn(earlier, run))
  const gone = before && listsAll(run) ? [...before.keys()] : []
  // What an earlier list left out may have been there all the same.
  const unlisted = earlier && listsAll(earlier) ? [] : null
  const all = [...new Set([...now.keys(), ...gone])].map((key) =>
    changeOf(key, now.get(key) ?? [], before?.get(key) ?? unlisted),
  )
  return all.sort((a, b) => b.now - a.now || (b.before ?? 0) - (a.before ?? 0))
}

/** Whether everything that was left behind is in its lists. */
function listsAll(run: RunState): boolean {
  const leaked = run.dump?.reason === 'leak' ? run.dump.total : 0
  return countGoroutines(leftBehind(run)) >= leaked + (run.leftovers?.total ?? 0)
}

/** `go` statements that left goroutines behind in an earlier run, and leave none in this one. */
export interface FixedLeaks {
  statements: number
  /** The earlier run's number. */
  run: number
}

/** What is mended since the run before; null where nothing is, or nobody can tell. */
export function fixedLeaks(run: RunState, runs: readonly RunState[]): FixedLeaks | null {
  const earlier = earlierEnded(runs, run)
  const statements = earlier ? leakChanges(run, earlier.run).filter(({ now }) => now === 0).length : 0
  return earlier && statements > 0 ? { statements, run: earlier.number } : null
}

function changeOf(key: string, now: Goroutine[], before: Goroutine[] | null): LeakChange {
  const [first] = [...now, ...(before ?? [])]
  const site = first?.created ?? null
  return {
    key,
    site,
    now: countGoroutines(now),
    stuck: countGoroutines(now.filter(({ leaked }) => leaked)),
    before: before && countGoroutines(before),
    test: site && first?.test && isIn(site, first.test) ? first.test : null,
  }
}

/** Whether a frame is of a test's own function, or of one that is written inside it. */
function isIn({ function: name }: Frame, test: string): boolean {
  const [top = ''] = test.split('/')
  return new RegExp(`\\.${top}(\\.func[\\d.]+)?$`).test(name)
}

type LineOf = (site: Frame) => number | null

const sameLine: LineOf = ({ line }) => line

/** Where a line of an earlier run stands in a later one; null where it was changed or is gone. */
function lineIn(earlier: RunState, later: RunState): LineOf {
  const textIn = (run: RunState, name: string) => run.description.files.find((file) => file.name === name)?.text
  const maps = new Map<string, (line: number) => number | null>()
  return ({ file, line }) => {
    const before = textIn(earlier, file)
    const now = textIn(later, file)
    // A file of the exercise: it is the same in every run.
    if (before === undefined || now === undefined) return line
    const map = maps.get(file) ?? mapLines(before, now)
    maps.set(file, map)
    return map(line)
  }
}

function bySite(goroutines: readonly Goroutine[], lineOf: LineOf): Map<string, Goroutine[]> {
  const groups = new Map<string, Goroutine[]>()
  for (const goroutine of goroutines) {
    const key = keyOf(goroutine.created, lineOf)
    groups.set(key, [...(groups.get(key) ?? []), goroutine])
  }
  return groups
}

/** A hidden line has no number, so that its function has to do. */
function keyOf(site: Frame | null, lineOf: LineOf): string {
  if (!site) return ''
  if (site.line === 0) return `${site.file} ${site.function}`
  const line = lineOf(site)
  return line === null ? `${site.file}:${site.line} as it was` : `${site.file}:${line}`
}

/** Goroutines by the function that they began with, when most of them were there and when the tests had ended. */
export interface Moments {
  name: string
  most: number
  end: number
}

/** A profile of goroutines against what was left in the end; empty where the tests did not get there. */
export function momentsOf(run: RunState, { profile }: FullProfile): Moments[] {
  if (!testsEnded(run)) return []
  const rows = new Map<string, Moments>()
  const add = (fn: string | undefined, change: Partial<Pick<Moments, 'most' | 'end'>>) => {
    if (fn === undefined) return
    const name = functionName(fn)
    const row = rows.get(name) ?? { name, most: 0, end: 0 }
    rows.set(name, { name, most: row.most + (change.most ?? 0), end: row.end + (change.end ?? 0) })
  }
  for (const { frames, values } of profile.stacks) {
    add(profile.frames[frames[0] ?? -1]?.function, { most: values[0] ?? 0 })
  }
  for (const goroutine of leftBehind(run)) add(goroutine.stack.at(-1)?.function, { end: countGoroutines([goroutine]) })
  return [...rows.values()].sort((a, b) => b.end - a.end || b.most - a.most)
}
