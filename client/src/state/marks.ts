import type { Access, Frame, Goroutine, Race } from '@sandbox/protocol'
import type { RunState } from './run.ts'

export type MarkKind = 'write' | 'read' | 'go' | 'blocked' | 'panic'

/** A line of the snapshot that the evidence of a run points at. */
export interface Mark {
  kind: MarkKind
  file: string
  /** 1-based, in the snapshot. */
  line: number
  /** Lane of the race story; empty where no race is meant. */
  lane: 'A' | 'B' | ''
  /** Index of the race it belongs to; null where none is meant. */
  race: number | null
  /** The evidence that it belongs to. */
  of: 'race' | 'panic' | 'goroutines'
  /** One sentence for the pointer and for screen readers. */
  note: string
  /** Belongs to what the results show just now: drawn across the line, not in the margin alone. */
  selected: boolean
}

/** The two accesses as the story shows them: a write to the left where only one of the two writes. */
export function lanesOf(race: Race): [Access, Access] {
  const [later, earlier] = race.accesses
  return later.kind === 'read' && earlier.kind === 'write' ? [earlier, later] : [later, earlier]
}

/** A name that tells two goroutines apart: the race runtime's numbers are not the dump's. */
export function goroutineName(access: Access): string {
  return access.goroutine === 'main' ? 'main goroutine' : `goroutine ${access.goroutine}`
}

/** Every line that the evidence of a run points at, the selected race's last so that it is drawn on top. */
export function marksOf(run: RunState, selectedRace: number): Mark[] {
  const races = run.races.flatMap((race, index) => raceMarks(race, index, index === selectedRace))
  const others = [...blockedMarks(run), ...panicMarks(run)]
  return [...races.filter((mark) => !mark.selected), ...others, ...races.filter((mark) => mark.selected)]
}

/** Where it panicked, the candidate's line that called what did, and where that goroutine was started. */
function panicMarks({ panic }: RunState): Mark[] {
  if (!panic?.goroutine) return []
  const { site, created } = panic.goroutine
  const [message] = panic.message.split('\n', 1)
  const what = panic.kind === 'fatal' ? 'fatal error' : 'panic'
  const base = { lane: '', race: null, of: 'panic', selected: true } as const
  const called = `The ${what} is from what is called here: ${message}`
  return [
    ...mark(created, { ...base, kind: 'go', note: `The goroutine with the ${what} is started here.` }),
    ...mark(callerOf(panic.goroutine), { ...base, kind: 'panic', note: called }),
    ...mark(site, { ...base, kind: 'panic', note: `The ${what} is from this line: ${message}` }),
  ]
}

/** The candidate's innermost call of what panicked; null where that is the candidate's own line. What a panic ran through since stands before it. */
function callerOf({ site, stack }: Goroutine): Frame | null {
  if (!site || site.origin === 'candidate') return null
  const at = stack.findIndex((frame) => frame.file === site.file && frame.line === site.line)
  return stack.slice(at + 1).find(({ origin }) => origin === 'candidate') ?? null
}

function raceMarks(race: Race, index: number, selected: boolean): Mark[] {
  const lanes = lanesOf(race)
  return lanes.flatMap((access, at) => {
    const lane = at === 0 ? 'A' : 'B'
    const other = lanes[at === 0 ? 1 : 0]
    const base = { lane, race: index, of: 'race', selected } as const
    return [
      ...mark(access.created?.site ?? null, { ...base, kind: 'go', note: `Goroutine ${lane} is started here.` }),
      ...mark(access.site, { ...base, kind: access.kind, note: accessNote(access, other, lane) }),
    ]
  })
}

function accessNote(access: Access, other: Access, lane: string): string {
  const verb = access.kind === 'write' ? 'writes' : 'reads'
  const against = other.site ? ` the ${other.kind} at ${placeOf(other.site)}` : ` the other ${other.kind}`
  return `Goroutine ${lane} ${verb} here, and nothing orders this and${against}.`
}

/** Lines where goroutines stand, each once, and the go statements of those that nothing can wake. */
function blockedMarks(run: RunState): Mark[] {
  const stuck = (run.dump?.goroutines ?? []).filter(
    ({ role, state, leaked }) => role !== 'runtime' && isStuck(state, leaked),
  )
  const base = { lane: '', race: null, of: 'goroutines', selected: true } as const
  const marks = stuck.flatMap(({ id, state, leaked, site, created }) => [
    ...(leaked
      ? mark(created, { ...base, kind: 'go', note: `Goroutine ${id} is started here, and nothing can wake it.` })
      : []),
    ...mark(site, {
      ...base,
      kind: 'blocked',
      note: `Goroutine ${id} stands here: ${state}${leaked ? ', and nothing can wake it' : ''}.`,
    }),
  ])
  const first = new Map<string, Mark>()
  for (const one of marks) {
    const key = `${one.kind} ${one.file}:${one.line}`
    if (!first.has(key)) first.set(key, one)
  }
  return [...first.values()]
}

/** Waiting for something, as against running or about to. */
export function isStuck(state: string, leaked: boolean): boolean {
  return leaked || !/^(running|runnable|syscall|idle)\b/.test(state)
}

function mark(site: Frame | null, rest: Omit<Mark, 'file' | 'line'>): Mark[] {
  return site && site.line > 0 && (site.origin === 'candidate' || site.origin === 'test')
    ? [{ ...rest, file: site.file, line: site.line }]
    : []
}

/** A place as the page writes it: `pool.go:12`, or words where the line is not shown. */
export function placeOf(frame: Frame): string {
  if (frame.origin === 'hidden') return frame.file === 'hidden test' ? 'a hidden test' : frame.file
  const file = frame.origin === 'go' ? frame.file.replace(/^.*\/go\/src\//, '') : frame.file
  return frame.line > 0 ? `${file}:${frame.line}` : file
}
