import { useMemo } from 'react'
import { sameAnswers } from '../../state/answers.ts'
import type { Desk } from '../../state/desk.ts'
import type { FixedLeaks } from '../../state/leaks.ts'
import { mapLines } from '../../state/line-map.ts'
import { formatAge, reasonWord, standingOf, summaryOf } from '../../state/results.ts'
import { elapsedSince, type RunState } from '../../state/run.ts'
import { splitSentence } from '../../state/sentence.ts'
import { useStore } from '../../state/store.ts'
import { fileNamed, ownFiles, sameFiles, type Workspace } from '../../state/workspace.ts'
import { Badge, type BadgeKind, toneOf, wordOf } from '../../ui/badge.tsx'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import { useNow } from '../../ui/use-now.ts'
import { CopyLink, LinkNote } from './run-link.tsx'
import { Schedules } from './schedules.tsx'
import { StageBar } from './stage-bar.tsx'
import styles from './verdict-header.module.css'

/** What earlier runs showed and this one does not. */
interface Fixed {
  races: number
  leaks: FixedLeaks | null
}

/** Badge, run menu, the sentence, the stages: what a person reads first. */
export function VerdictHeader(props: { desk: Desk; run: RunState; runs: RunState[]; fixed: Fixed }) {
  const { desk, run, runs, fixed } = props
  const { connection, sandbox } = useStore(desk.session)
  const frozen = useStore(desk.workspace)?.frozen
  const offline = connection.type !== 'connected' && run.phase.type !== 'ended'
  const number = runs.indexOf(run) + 1
  const standing: BadgeKind = offline ? 'offline' : standingOf(run)
  const text = offline
    ? `Offline: run ${number} goes on; its results follow when the connection is back.`
    : summaryOf(run)
  return (
    <div className={`${styles.head} ${toneOf(standing)}`}>
      <div className={styles.meta}>
        <span data-testid="verdict" data-verdict={standing}>
          <Badge kind={standing} />
        </span>
        <Reason run={run} />
        {(!frozen || runs.length > 1) && <RunMenu desk={desk} runs={runs} shown={run} />}
        {desk.links && <CopyLink key={run.description.id} desk={desk} run={run} />}
        <OtherVerdicts run={run} />
        <span className={styles.right}>{rightWords(run, fixed, number)}</span>
      </div>
      <Sentence desk={desk} run={run} text={text} settled={run.phase.type === 'ended'} />
      {!isWithoutCode(run) && <StageBar run={run} />}
      <OtherSchedules desk={desk} run={run} />
      {run.phase.type === 'queued' && sandbox && <QueueWords slots={sandbox.slots} />}
      <SnapshotNote desk={desk} run={run} />
      {desk.links && <LinkNote links={desk.links} run={run} />}
    </div>
  )
}

/** Answers are judged without a stage to tell of. */
function isWithoutCode({ phase, answers, tests }: RunState): boolean {
  return phase.type === 'ended' && answers.length > 0 && tests.length === 0 && phase.verdict.timings.compile === 0
}

function OtherSchedules({ desk, run }: { desk: Desk; run: RunState }) {
  const workspace = useStore(desk.workspace)
  const opens = (file: string) => workspace !== null && fileNamed(workspace, file) !== null
  return (
    <Schedules
      key={run.description.id}
      run={run}
      opens={opens}
      onOpen={(file, line) => desk.openPlace(run, file, line)}
      onLonger={workspace?.frozen ? null : () => desk.run({ longer: true })}
    />
  )
}

function Sentence(props: { desk: Desk; run: RunState; text: string; settled: boolean }) {
  const { desk, run, text, settled } = props
  const workspace = useStore(desk.workspace)
  const sentence = splitSentence(text, (file) => workspace !== null && fileNamed(workspace, file) !== null)
  return (
    <p className={styles.sentence} data-testid="summary" aria-live="polite" aria-busy={!settled}>
      {sentence.lead && <span className={styles.lead}>{sentence.lead}</span>}
      <RichText parts={sentence.parts} onOpen={(file, line) => desk.openPlace(run, file, line)} />
    </p>
  )
}

function RunMenu({ desk, runs, shown }: { desk: Desk; runs: RunState[]; shown: RunState }) {
  return (
    <select
      className={styles.menu}
      aria-label="Shown run"
      value={shown.description.id}
      onChange={(event) => desk.viewing.chooseRun(event.target.value)}
    >
      {runs
        .map((run, index) => (
          <option key={run.description.id} value={run.description.id}>
            {run === shown
              ? `Run ${index + 1}${run.description.insight ? `: ${run.description.insight}` : ''}`
              : `Run ${index + 1}: ${wordsOf(run)}`}
          </option>
        ))
        .reverse()}
    </select>
  )
}

function wordsOf(run: RunState): string {
  const outcome = reasonWord(run) ?? wordOf(standingOf(run)).toLowerCase()
  return run.description.insight ? `${run.description.insight}, ${outcome}` : outcome
}

/** Why a run failed, where it is more than a failed test. */
function Reason({ run }: { run: RunState }) {
  const word = reasonWord(run)
  if (word === null) return null
  return (
    <span className={`${controls.chip} ${toneOf('failed')} ${styles.other}`} data-testid="reason">
      {word}
    </span>
  )
}

/** The other evidence of the same run stays visible beside the verdict. */
function OtherVerdicts({ run }: { run: RunState }) {
  const others = run.phase.type === 'ended' ? run.phase.verdict.others : []
  return others.map((verdict) => (
    <span key={verdict} className={`${controls.chip} ${toneOf(verdict)} ${styles.other}`}>
      also: {wordOf(verdict).toLowerCase()}
    </span>
  ))
}

function rightWords(run: RunState, fixed: Fixed, number: number): string {
  if (run.phase.type !== 'ended') return ''
  if (run.description.insight) return 'a closer look: counts for nothing'
  if (fixed.races > 0) return `${fixed.races} ${fixed.races === 1 ? 'race' : 'races'} fixed since run ${number - 1}`
  if (fixed.leaks) return leakWords(fixed.leaks)
  const { passed, total } = run.phase.verdict.tests
  if (run.answers.length + run.variants.length > 0) return `${passed} of ${total} right`
  if (run.tests.every((row) => row.status === 'waiting')) return 'no test ran'
  return total > 0 ? `${passed} of ${total} tests pass` : ''
}

function leakWords({ statements, run }: FixedLeaks): string {
  return `${statements === 1 ? 'a go statement leaves' : `${statements} go statements leave`} nothing behind since run ${run}`
}

function QueueWords({ slots }: { slots: number }) {
  return (
    <p className={styles.words}>
      {slots} {slots === 1 ? 'run' : 'runs'} at a time on this server. Go on editing: this run keeps the code as it was
      when you pressed Run.
    </p>
  )
}

const AGE_TICK_MS = 1000

/** A result belongs to its snapshot, and says so when the editor has moved on. */
function SnapshotNote({ desk, run }: { desk: Desk; run: RunState }) {
  const workspace = useStore(desk.workspace)
  const view = useStore(desk.view)
  const isItsOwn = workspace !== null && !workspace.frozen && workspace.exercise === run.description.exercise
  const changing = isItsOwn ? workspace : null
  const edited = changing !== null && !sameFiles(ownFiles(changing), run.description.files)
  const stale = edited || (changing !== null && !sameAnswers(changing.answers, run.description.answers ?? {}))
  const now = useNow(AGE_TICK_MS, stale)
  const lost = useMemo(() => (stale && workspace ? lostMarks(run, workspace) : 0), [stale, workspace, run])
  if (!stale) return null
  const shown = view.changes === 'snapshot'
  const age = formatAge(elapsedSince(run, now))
  return (
    <div className={`${controls.note} ${styles.note} ${styles.stale}`} data-testid="stale">
      <Icon name="timeout" />
      <span>
        Snapshot from {age} ago; {edited ? 'the editor has changed' : 'your answers have changed'}
        {lost > 0 ? `, ${lost} marked ${lost === 1 ? 'line' : 'lines'} among it` : ''}.
      </span>
      {edited && (
        <button
          type="button"
          className={controls.ghost}
          aria-pressed={shown}
          onClick={() => desk.viewing.showChanges(shown ? null : 'snapshot')}
        >
          {shown ? 'Back to the editor' : 'Show changes'}
        </button>
      )}
    </div>
  )
}

/** Marked lines that were changed since: the reader may be looking at the very fix. */
function lostMarks(run: RunState, workspace: Workspace): number {
  const sites = run.races.flatMap((race) => race.accesses.flatMap((access) => (access.site ? [access.site] : [])))
  const places = new Map(sites.map((site) => [`${site.file}:${site.line}`, site]))
  return [...places.values()].filter((site) => {
    const before = run.description.files.find((file) => file.name === site.file)?.text
    const after = fileNamed(workspace, site.file)?.text
    return before !== undefined && after !== undefined && mapLines(before, after)(site.line) === null
  }).length
}
