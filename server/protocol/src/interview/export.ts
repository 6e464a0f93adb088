import { z } from 'zod'
import { LoggedEntry } from './entry.ts'

/** What can be imported: a 90-minute interview has some 10 MiB. Larger ones can be exported and read elsewhere. */
export const MAX_EXPORT_BYTES = 24 * 1024 * 1024
/** Entries of one interview: 90 minutes of typing by two people and cursors five times a second stay far below. */
export const MAX_EXPORTED_ENTRIES = 500_000
export const MAX_EXPORTED_RUNS = 2000
/** Socket frames of one run; its log is bounded by its bytes well before. */
export const MAX_FRAMES_PER_RUN = 50_000
/** Characters of one frame: no run's whole log is longer. */
export const MAX_FRAME_CHARS = 4 * 1024 * 1024
/** A broken file is broken in the same way all over: more is not said. */
export const MAX_EXPORT_PROBLEMS = 20

const ExportedRun = z.strictObject({
  id: z.string().min(1).max(64),
  /** Each a JSON message as the socket had it: `run`, then `event`s. */
  frames: z.array(z.string().max(MAX_FRAME_CHARS)).max(MAX_FRAMES_PER_RUN),
})

/** A whole interview as one file. */
export const InterviewExport = z.strictObject({
  format: z.literal('go-practice-interview', 'this is no exported interview'),
  version: z.literal(1, 'only 1 can be read here; a newer server may have written the file'),
  entries: z.array(LoggedEntry).min(1).max(MAX_EXPORTED_ENTRIES),
  runs: z.array(ExportedRun).max(MAX_EXPORTED_RUNS),
})
export type InterviewExport = z.infer<typeof InterviewExport>

/** The same with its lists unread, so that reading can stop at the first broken entries and not after half a million. */
const Envelope = InterviewExport.extend({
  entries: z.array(z.unknown()).min(1).max(MAX_EXPORTED_ENTRIES),
  runs: z.array(z.unknown()).max(MAX_EXPORTED_RUNS),
})

/** As much of a run's messages as says whose they are. */
const Frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), run: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('event'), run: z.string() }),
])

export type CheckedExport = { type: 'good'; file: InterviewExport } | { type: 'bad'; problems: string[] }

/**
 * Reads what claims to be an export. Each problem says where it is: `entries[17].entry.points: …`. Whether a change of the
 * document is one that Yjs can read is not looked at here.
 */
export function checkExport(value: unknown): CheckedExport {
  const envelope = Envelope.safeParse(value)
  if (!envelope.success) {
    const foreign = envelope.error.issues.filter(({ path }) => path[0] === 'format')
    // What else is wrong with a file that never was one is of no use.
    return bad(problemsOf({ issues: foreign.length > 0 ? foreign : envelope.error.issues }, []))
  }
  const { entries, runs, ...head } = envelope.data
  const read = { entries: readAll(LoggedEntry, entries, 'entries'), runs: readAll(ExportedRun, runs, 'runs') }
  const broken = [...read.entries.problems, ...read.runs.problems]
  if (broken.length > 0) return bad(broken)
  const file = { ...head, entries: read.entries.values, runs: read.runs.values }
  const incoherent = incoherences(file)
  return incoherent.length > 0 ? bad(incoherent) : { type: 'good', file }
}

function bad(problems: string[]): CheckedExport {
  const shown = problems.slice(0, MAX_EXPORT_PROBLEMS)
  return { type: 'bad', problems: shown.length < problems.length ? [...shown, 'and more'] : shown }
}

function readAll<T>(schema: z.ZodType<T>, list: unknown[], name: string): { values: T[]; problems: string[] } {
  const values: T[] = []
  const problems: string[] = []
  for (const [index, item] of list.entries()) {
    if (problems.length > MAX_EXPORT_PROBLEMS) break
    const parsed = schema.safeParse(item)
    if (parsed.success) values.push(parsed.data)
    else problems.push(...problemsOf(parsed.error, [name, index]))
  }
  return { values, problems }
}

function problemsOf({ issues }: Pick<z.ZodError, 'issues'>, at: PropertyKey[]): string[] {
  return issues.map(({ path, message }) => `${placeOf([...at, ...path])}: ${message}`)
}

/** `entries[17].entry.points`; the file itself where the path is empty. */
function placeOf(path: PropertyKey[]): string {
  const words = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return words.replace(/^\./, '') || 'the file'
}

/** What the fields cannot say each by itself. */
function incoherences({ entries, runs }: InterviewExport): string[] {
  return [...orderProblems(entries), ...runs.flatMap(frameProblems), ...unknownRuns(entries, runs)]
}

/** Numbers may be left out, where an interviewer could not see an entry, but they ascend. */
function orderProblems(entries: InterviewExport['entries']): string[] {
  const problems: string[] = []
  if (entries[0]?.entry.type !== 'made') problems.push('entries[0].entry.type: an interview begins with "made"')
  for (const [index, { seq, at, entry }] of entries.entries()) {
    const before = entries[index - 1]
    if (before === undefined) continue
    if (seq <= before.seq) problems.push(`entries[${index}].seq: ${seq} comes after ${before.seq}`)
    if (at < before.at) problems.push(`entries[${index}].at: ${at} comes after ${before.at}`)
    if (entry.type === 'made') problems.push(`entries[${index}].entry.type: an interview is made once`)
  }
  return problems
}

function frameProblems({ id, frames }: InterviewExport['runs'][number], index: number): string[] {
  return frames.flatMap((text, at) => {
    const expected = at === 0 ? 'run' : 'event'
    const frame = readFrame(text)
    const run = frame?.type === 'run' ? frame.run.id : frame?.run
    if (frame?.type === expected && run === id) return []
    return [`runs[${index}].frames[${at}]: not a message "${expected}" of this run`]
  })
}

function readFrame(text: string): z.infer<typeof Frame> | null {
  try {
    return Frame.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function unknownRuns(entries: InterviewExport['entries'], runs: InterviewExport['runs']): string[] {
  const known = new Set(entries.flatMap(({ entry }) => (entry.type === 'ran' ? [entry.run] : [])))
  return runs.flatMap(({ id }, index) => {
    if (known.delete(id)) return []
    return [`runs[${index}].id: the entries know no run "${id}", or it is there twice`]
  })
}
