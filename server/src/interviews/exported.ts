import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { InterviewExport, LoggedEntry } from '@sandbox/protocol'
import type { EntryRow } from '../store/interview-table.ts'
import { SharedDocument } from './document.ts'
import { unpackRun } from './kept-run.ts'

const compress = promisify(gzip)

/** Of reading a file: at a time, and in all, in milliseconds. A real interview takes some seconds. */
const TURN_MS = 10
const MAX_WORK_MS = 20_000

type Exporting = {
  entries: Iterable<LoggedEntry>
  /** Of those runs that are kept. */
  runs: Iterable<{ run: string; frames: Uint8Array }>
}

/** An interview as the text of one file, piece by piece. */
export async function* exportText({ entries, runs }: Exporting): AsyncGenerator<string> {
  yield '{"format":"go-practice-interview","version":1,"entries":['
  let separator = '\n'
  for (const entry of entries) {
    yield `${separator}${JSON.stringify(entry)}`
    separator = ',\n'
  }
  yield '],"runs":['
  separator = '\n'
  for (const { run, frames } of runs) {
    const lines = (await unpackRun(frames)).split('\n').filter((line) => line !== '')
    yield `${separator}${JSON.stringify({ id: run, frames: lines })}`
    separator = ',\n'
  }
  yield ']}\n'
}

/** The runs of a file, as they are kept with an interview. */
export function packedRuns({ runs }: InterviewExport): Promise<{ run: string; frames: Uint8Array }[]> {
  return Promise.all(
    runs.map(async ({ id, frames }) => ({
      run: id,
      frames: await compress(frames.map((frame) => `${frame}\n`).join('')),
    })),
  )
}

/** The entries of a file as they are kept with an interview, or the first edit that is none, with its place. Lets others go first. */
export async function rowsOf({ entries }: InterviewExport, interview: string): Promise<EntryRow[] | string> {
  const document = new SharedDocument()
  const rows: EntryRow[] = []
  let [workedMs, since] = [0, performance.now()]
  for (const [index, { at, by, entry }] of entries.entries()) {
    const worked = performance.now() - since
    if (worked > TURN_MS) {
      workedMs += worked
      if (workedMs > MAX_WORK_MS) return `entries[${index}]: the file takes too long to be read.`
      await setImmediate()
      since = performance.now()
    }
    const row = { interview, seq: index + 1, at: Math.round(at), by }
    if (entry.type !== 'edited') {
      rows.push({ ...row, entry })
      continue
    }
    const edit = Buffer.from(entry.update, 'base64')
    const objection = document.apply(edit, by)
    if (objection !== null) return `entries[${index}].entry.update: ${objection}`
    rows.push({ ...row, entry: { type: 'edited', update: '' }, edit })
  }
  return rows
}
