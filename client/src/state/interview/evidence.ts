import { type Evidence, type Interview, startOf } from '@sandbox/protocol'
import { fileNamed } from '../workspace.ts'
import { type InterviewDesk, pathIn } from './interview-desk.ts'
import type { Place } from './replay-address.ts'

/** What of a desk is looked at. */
type Looked = Pick<InterviewDesk, 'at' | 'workspace' | 'view'> & { runs: Pick<InterviewDesk['runs'], 'shown'> }
type Opening = Pick<InterviewDesk, 'workspace' | 'openPlace' | 'notice'>

const MAX_LINE_CHARS = 400

/** What can be cited now: the run that is shown, the line at which the cursor stands, this moment. */
export function evidenceNow(desk: Looked): Evidence[] {
  const at = desk.at()
  const shown = desk.runs.shown()
  const line = lineNow(desk, at)
  return [
    ...(shown ? [{ type: 'run' as const, run: shown.description.id }] : []),
    ...(line ? [line] : []),
    { type: 'moment', at, words: '' },
  ]
}

function lineNow(desk: Looked, at: number): Evidence | null {
  const workspace = desk.workspace.get()
  const file = workspace && fileNamed(workspace, workspace.active)
  if (!workspace || !file) return null
  const { line } = desk.view.get().cursor
  const text = (file.text.split('\n')[line - 1] ?? '').trim().slice(0, MAX_LINE_CHARS)
  return { type: 'line', path: pathIn(workspace, file.name), line, text, at }
}

/** Where in the replay a piece of evidence is. */
export function placeOf(interview: Interview, evidence: Evidence): Place {
  if (evidence.type === 'run') return { run: interview.runs.findIndex(({ id }) => id === evidence.run) + 1 }
  return { seconds: (evidence.at - startOf(interview)) / 1000 }
}

/** Brings a cited line into view: where it stands now, or where it stood. */
export function openLine(desk: Opening, { path, line, text }: Extract<Evidence, { type: 'line' }>): void {
  const workspace = desk.workspace.get()
  const file = workspace?.files.find(({ name }) => pathIn(workspace, name) === path)
  if (!file) {
    desk.notice(`${path} is not open now.`)
    return
  }
  const lines = file.text.split('\n').map((one) => one.trim())
  const found = lines[line - 1] === text ? line : lines.indexOf(text) + 1
  desk.openPlace(null, file.name, found > 0 ? found : line)
}
