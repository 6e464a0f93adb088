import { durationWords } from '@sandbox/protocol'
import { useEffect, useState } from 'react'
import type { Replay } from '../../state/interview/replay.ts'
import { ReplayDesk, type ReplayParts } from '../../state/interview/replay-desk.ts'
import type { ReplayLens } from '../../state/interview/replay-lens.ts'
import type { ReplayPlayer } from '../../state/interview/replay-player.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Logo } from '../../ui/icon.tsx'
import { Popover } from '../interview/popover.tsx'
import { ThemeChoice } from '../page/theme-choice.tsx'
import { useTheme } from '../page/use-theme.ts'
import { Controls } from './controls.tsx'
import { MomentsPane } from './moments-pane.tsx'
import styles from './replay-page.module.css'
import { type Chosen, ReplayedFiles } from './replayed-files.tsx'
import { SaveLinks } from './save-links.tsx'
import { Scrubber } from './scrubber.tsx'
import { useAddressedMoment } from './use-addressed-moment.ts'
import { useReplayKeys } from './use-replay-keys.ts'

/** An interview looked at again, for interviewers. */
export function ReplayPage(parts: ReplayParts) {
  const [desk] = useState(() => new ReplayDesk(parts))
  useTheme(desk)
  useEffect(() => void desk.start(), [desk])
  const load = useStore(desk.load)
  if (load.type === 'ready') return <Ready desk={desk} links={parts.source.links} {...load} />
  return (
    <main className={styles.waiting}>
      {load.type === 'loading' ? (
        <p role="status">
          Reading the interview{load.entries > 0 ? `: ${load.entries.toLocaleString('en')} entries so far` : ''}…
        </p>
      ) : (
        <>
          <p role="alert">{load.sentence}</p>
          <button type="button" className={controls.button} onClick={() => void desk.start()}>
            Try again
          </button>
        </>
      )}
    </main>
  )
}

type ReadyProps = {
  desk: ReplayDesk
  replay: Replay
  player: ReplayPlayer
  lens: ReplayLens
  links: ReplayParts['source']['links']
}

function Ready({ desk, replay, player, lens, links }: ReadyProps) {
  const { at } = useStore(player.state)
  const [chosen, setChosen] = useState<Chosen>(null)
  useReplayKeys(player, lens)
  useAddressedMoment(player, replay.timeline)
  useTitle(replay)
  useEffect(() => () => player.pause(), [player])
  const state = replay.at(at)
  const run = replay.timeline.runs.findLast((one) => one.at <= at) ?? null
  return (
    <div className={styles.page}>
      <TopBar desk={desk} replay={replay} links={links} />
      <main className={styles.main}>
        <ReplayedFiles desk={desk} replay={replay} state={state} run={run} chosen={chosen} onChoose={setChosen} />
        <MomentsPane
          desk={desk}
          replay={replay}
          player={player}
          state={state}
          run={run}
          onOpen={(file, line) => setChosen({ file, line })}
        />
      </main>
      <section className={styles.time} aria-label="Time">
        <Controls player={player} lens={lens} timeline={replay.timeline} />
        <Scrubber player={player} lens={lens} timeline={replay.timeline} />
      </section>
    </div>
  )
}

const MINUTE_MS = 60_000

function TopBar({ desk, replay, links }: Pick<ReadyProps, 'desk' | 'replay' | 'links'>) {
  const { zero, to, runs } = replay.timeline
  const { candidate, alone, madeAt, finishedAt } = replay.end
  const day = new Date(madeAt + zero).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  return (
    <header className={styles.bar}>
      <a className={styles.home} href="/interview" title="All my interviews">
        <Logo />
      </a>
      <h1 className={styles.title}>Replay: {candidate}</h1>
      <span className={styles.facts}>
        {day} · {durationWords(Math.round((to - zero) / MINUTE_MS) * MINUTE_MS)} · {runs.length}{' '}
        {runs.length === 1 ? 'run' : 'runs'}
        {finishedAt === null && ' · not finished: reload to see what came since'}
      </span>
      <span className={styles.grow} />
      <a className={controls.button} href={links.live}>
        Scorecard
      </a>
      <a className={controls.button} href={links.report} target="_blank" rel="noreferrer">
        Report
      </a>
      <Popover label="Save as">
        <SaveLinks links={links} alone={alone} />
      </Popover>
      <ThemeChoice desk={desk} />
    </header>
  )
}

function useTitle({ end }: Replay): void {
  useEffect(() => {
    document.title = `${end.candidate} · Replay`
  }, [end])
}
