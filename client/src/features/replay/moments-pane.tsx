import { stampOf } from '@sandbox/protocol'
import { useEffect } from 'react'
import { lastUpTo } from '../../state/interview/file-history.ts'
import type { Replay, ReplayState } from '../../state/interview/replay.ts'
import type { ReplayDesk } from '../../state/interview/replay-desk.ts'
import type { Moment } from '../../state/interview/replay-moments.ts'
import type { ReplayPlayer } from '../../state/interview/replay-player.ts'
import type { ReplayTimeline, TimedRun } from '../../state/interview/replay-timeline.ts'
import { splitSentence } from '../../state/sentence.ts'
import { useStore } from '../../state/store.ts'
import { Badge, type BadgeKind, iconOf, toneOf } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import styles from './moments-pane.module.css'

interface Props {
  desk: ReplayDesk
  replay: Replay
  player: ReplayPlayer
  state: ReplayState
  run: TimedRun | null
  onOpen: (file: string, line: number) => void
}

/** What the last run had found by then, and what happened around this moment. */
export function MomentsPane({ desk, replay, player, state, run, onOpen }: Props) {
  const { timeline } = replay
  const runId = run?.id
  useEffect(() => {
    if (runId !== undefined) void desk.needRun(runId)
  }, [desk, runId])
  return (
    <aside className={styles.pane} aria-label="What happened">
      {run ? (
        <Verdict desk={desk} run={run} state={state} zero={timeline.zero} onOpen={onOpen} />
      ) : (
        <p className={styles.none}>Nothing had been run yet.</p>
      )}
      <h2 className={styles.head}>Around this moment</h2>
      <Around timeline={timeline} at={state.at} onSeek={(at) => player.seek(at)} />
    </aside>
  )
}

type VerdictProps = Pick<Props, 'desk' | 'state' | 'onOpen'> & { run: TimedRun; zero: number }

function Verdict({ desk, run, state, zero, onOpen }: VerdictProps) {
  const kept = useStore(desk.runs).get(run.id)
  const { verdict, summary } = run.endedAt !== null && run.endedAt <= state.at ? run : NOT_OVER
  const kind: BadgeKind = verdict ?? 'running'
  const open = `${run.exercise}/`
  const isOpen = state.interview.exercise === run.exercise
  const sentence = splitSentence(summary, (file) => isOpen && state.files.has(open + file))
  const insight = kept?.type === 'ready' ? kept.run.description.insight : undefined
  return (
    <section className={`${styles.verdict} ${toneOf(kind)}`} aria-label="Verdict of the last run">
      <p className={styles.meta}>
        <span data-testid="verdict" data-verdict={kind}>
          <Badge kind={kind} />
        </span>
        Run {run.number} · {stampOf(run.at - zero)} · {run.exercise}
        {insight && ' · a closer look: counts for nothing'}
        {run.fault !== undefined && ` · with the fault ${run.fault}`}
      </p>
      <p className={styles.sentence} data-testid="summary">
        {sentence.lead && <span className={styles.lead}>{sentence.lead}</span>}
        <RichText parts={sentence.parts} onOpen={onOpen} />
      </p>
      {kept?.type === 'failed' && <p className={styles.none}>Its evidence is not shown: {kept.sentence}</p>}
    </section>
  )
}

const NOT_OVER = { verdict: null, summary: 'Running.' } as const

/** So many moments stand before and after the current one. */
const BEFORE = 4
const AFTER = 6

function Around({ timeline, at, onSeek }: { timeline: ReplayTimeline; at: number; onSeek: (at: number) => void }) {
  const { moments, runs, zero } = timeline
  const current = lastUpTo(moments, at, (moment) => moment.at)
  const first = Math.max(0, Math.min(current - BEFORE, moments.length - BEFORE - AFTER - 1))
  const around = moments.slice(first, first + BEFORE + AFTER + 1)
  if (around.length === 0) return <p className={styles.none}>Nothing happened.</p>
  return (
    <ol className={styles.list} data-testid="moments">
      {around.map((moment, index) => (
        <li key={first + index}>
          <button
            type="button"
            className={styles.moment}
            aria-current={first + index === current ? 'true' : undefined}
            onClick={() => onSeek(moment.seenAt)}
          >
            <time className={styles.stamp}>{stampOf(moment.at - zero)}</time>
            <MomentIcon moment={moment} runs={runs} />
            <span>{moment.words}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function MomentIcon({ moment, runs }: { moment: Moment; runs: readonly TimedRun[] }) {
  if (moment.kind === 'note') return <Icon name="lock" className={styles.plain} />
  const run = moment.run === null ? undefined : runs.find(({ id }) => id === moment.run)
  if (!run) return <span />
  const kind: BadgeKind = run.verdict ?? 'running'
  return (
    <span className={`${styles.glyph} ${toneOf(kind)}`}>
      <Icon name={iconOf(kind)} />
    </span>
  )
}
