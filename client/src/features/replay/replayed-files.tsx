import { type Interview, stampOf } from '@sandbox/protocol'
import { lazy, Suspense, useMemo } from 'react'
import { nameOf } from '../../state/interview/people.ts'
import type { Replay, ReplayState } from '../../state/interview/replay.ts'
import type { ReplayDesk } from '../../state/interview/replay-desk.ts'
import type { TimedRun } from '../../state/interview/replay-timeline.ts'
import { mapLines } from '../../state/line-map.ts'
import { marksOf } from '../../state/marks.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { FilePreview } from '../../ui/go-code.tsx'
import { TabList } from '../../ui/tab-list.tsx'
import { lineMarks } from '../editor/line-marks.ts'
import type { RemoteCursor } from '../editor/remote-cursors.ts'
import { useScheme } from '../editor/use-scheme.ts'
import styles from './replay-page.module.css'

const ReplayedCode = lazy(async () => ({ default: (await import('../editor/code-editor.tsx')).ReplayedCode }))

/** A file that the reader chose, and a line of it; without one the candidate is followed. */
export type Chosen = { file: string; line: number | null } | null

interface Props {
  desk: ReplayDesk
  replay: Replay
  state: ReplayState
  /** The run that is shown beside the code. */
  run: TimedRun | null
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
}

/** The files of the exercise that was open, as they were. */
export function ReplayedFiles({ desk, replay, state, run, chosen, onChoose }: Props) {
  const { interview, files, at } = state
  const names = useMemo(() => namesOf(interview.exercise, files), [interview.exercise, files])
  const followed = followedCursor(state)
  const active = [chosen?.file, followed?.file, names[0]].find((name) => name !== undefined && names.includes(name))
  const stamp = stampOf(at - replay.timeline.zero)
  if (interview.exercise === null || active === undefined)
    return (
      <section className={styles.code} aria-label="Code">
        <p className={styles.empty}>No exercise is open at {stamp}.</p>
      </section>
    )
  const path = `${interview.exercise}/${active}`
  const line = chosen?.file === active ? chosen.line : followed?.file === active ? followed.line : null
  return (
    <section className={styles.code} aria-label="Code">
      <TabList
        label="Files"
        id="replay"
        items={names.map((name) => ({ name, label: name }))}
        active={active}
        onChoose={(file) => onChoose({ file, line: null })}
      >
        <span className={styles.asOf}>
          {chosen && followed && (
            <button type="button" className={controls.small} onClick={() => onChoose(null)}>
              Follow {followed.name}
            </button>
          )}
          {interview.exercise}, read-only, as of {stamp}
        </span>
      </TabList>
      <div className={styles.text} id="replay-panel" role="tabpanel" aria-label={active}>
        <File desk={desk} state={state} path={path} run={run} line={line} />
      </div>
    </section>
  )
}

type FileProps = Pick<Props, 'desk' | 'state' | 'run'> & { path: string; line: number | null }

function File({ desk, state, path, run, line }: FileProps) {
  const scheme = useScheme(desk)
  const text = state.files.get(path) ?? ''
  const name = path.slice(path.indexOf('/') + 1)
  const runs = useStore(desk.runs)
  const kept = run && run.endedAt !== null && run.endedAt <= state.at ? runs.get(run.id) : undefined
  const evidence = kept?.type === 'ready' && path.startsWith(`${run?.exercise}/`) ? kept.run : null
  const marks = useMemo(() => {
    const before = evidence?.description.files.find((file) => file.name === name)?.text
    return evidence && before !== undefined ? lineMarks(marksOf(evidence, 0), name, mapLines(before, text)) : NO_MARKS
  }, [evidence, name, text])
  const { interview } = state
  const cursors = useMemo(() => cursorsIn(interview, path), [interview, path])
  return (
    <Suspense fallback={<FilePreview name={name} text={text} />}>
      <ReplayedCode name={name} text={text} scheme={scheme} marks={marks} cursors={cursors} line={line} />
    </Suspense>
  )
}

const NO_MARKS: never[] = []

function namesOf(exercise: string | null, files: ReadonlyMap<string, string>): string[] {
  const prefix = `${exercise}/`
  return [...files.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length))
}

/** Where the candidate's cursor stands, in the exercise that is open. */
function followedCursor({ interview, cursors }: ReplayState): { name: string; file: string; line: number } | null {
  const candidate = interview.members.find(({ role }) => role === 'candidate') ?? interview.members[0]
  const cursor = candidate && cursors[candidate.id]
  const prefix = `${interview.exercise}/`
  if (!candidate || !cursor?.path.startsWith(prefix)) return null
  return { name: candidate.name, file: cursor.path.slice(prefix.length), line: cursor.head[0] }
}

function cursorsIn(interview: Interview, path: string): RemoteCursor[] {
  return Object.entries(interview.cursors).flatMap(([member, cursor]) =>
    cursor.path === path ? [{ member, cursor, name: nameOf(interview, member) }] : [],
  )
}
