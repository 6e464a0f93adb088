import type { Frame, Race } from '@sandbox/protocol'
import { Fragment } from 'react'
import type { Desk } from '../../state/desk.ts'
import { type Lane, type Story, shortFunction, storyMarkdown, storyOf } from '../../state/race-story.ts'
import type { RunState } from '../../state/run.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { CopyButton } from '../../ui/copy-button.tsx'
import { GoLine } from '../../ui/go-code.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Identifier } from '../../ui/identifier.tsx'
import { PlaceLink } from '../../ui/place-link.tsx'
import { StackList } from '../../ui/stack-list.tsx'
import { linkTo } from '../run/run-link.tsx'
import type { SourceLine } from '../run/source.ts'
import styles from './race-story.module.css'

type Open = (file: string, line: number) => void

interface StoryProps {
  desk: Desk
  run: RunState
  source: SourceLine
  isNew: (race: string) => boolean
  before: number
}

/** The races of a run, one at a time: who wrote, who read, and where each goroutine was started. */
export function RaceStory(props: StoryProps) {
  const { desk, run, source, isNew, before } = props
  const view = useStore(desk.view)
  const index = Math.min(view.race, run.races.length - 1)
  const race = run.races[index]
  if (!race) return null
  const open: Open = (file, line) => desk.openPlace(run, file, line)
  const story = storyOf(race)
  return (
    <article data-testid="race-story" data-race={race.id} aria-label={`Race ${index + 1} of ${run.races.length}`}>
      <StoryHead desk={desk} run={run} race={race} index={index} news={isNew(race.id) ? before : 0} />
      <Lanes story={story} source={source} onOpen={open} />
      <StoryActs {...props} race={race} story={story} onOpen={open} />
      <Stacks story={story} onOpen={open} />
    </article>
  )
}

function StoryHead(props: { desk: Desk; run: RunState; race: Race; index: number; news: number }) {
  const { desk, run, race, index, news } = props
  const count = run.races.length
  const step = (by: number) => desk.viewing.chooseRace((index + by + count) % count)
  return (
    <div className={styles.head}>
      <h4>
        Race {index + 1} of {count}
      </h4>
      {news > 0 && <span className={controls.chip}>new since run {news}</span>}
      <span className={styles.where}>
        {race.test ?? 'in no one test'}
        {race.count > 1 && ` · reported ${race.count} times`}
      </span>
      {count > 1 && (
        <span className={styles.step}>
          <button type="button" className={controls.square} aria-label="Previous race" onClick={() => step(-1)}>
            <Icon name="left" />
          </button>
          <button type="button" className={controls.square} aria-label="Next race" onClick={() => step(1)}>
            <Icon name="right" />
          </button>
        </span>
      )}
    </div>
  )
}

interface LaneProps {
  lane: Lane
  source: SourceLine
  onOpen: Open
}

/** Two lanes and between them the only column that speaks of order. */
function Lanes({ story, source, onOpen }: { story: Story; source: SourceLine; onOpen: Open }) {
  const [a, b] = story.lanes
  const between = a.path.length > 0 || b.path.length > 0
  return (
    <div className={styles.lanes}>
      <LaneHead lane={a} />
      <div className={styles.orderHead}>order</div>
      <LaneHead lane={b} />
      <Start lane={a} source={source} onOpen={onOpen} />
      <div className={styles.order}>{story.starter && <Ordered from={story.starter} />}</div>
      <Start lane={b} source={source} onOpen={onOpen} />
      {between && (
        <Fragment>
          <Path lane={a} onOpen={onOpen} />
          <div className={styles.order} />
          <Path lane={b} onOpen={onOpen} />
        </Fragment>
      )}
      <Hot lane={a} source={source} onOpen={onOpen} />
      <div className={`${styles.order} ${styles.hotOrder}`}>
        <Unordered />
      </div>
      <Hot lane={b} source={source} onOpen={onOpen} />
    </div>
  )
}

function LaneHead({ lane }: { lane: Lane }) {
  const [verb, ...rest] = lane.title.split(' ')
  return (
    <div className={lane.letter === 'A' ? styles.headA : styles.headB}>
      <span className={styles.letter}>{lane.letter}</span>
      <div>
        <b>{verb}</b> <Identifier name={rest.join(' ')} />
        <span className={styles.sub}>{lane.subtitle}</span>
      </div>
    </div>
  )
}

function cell(lane: Lane, extra: string | undefined): string {
  return `${styles.event} ${lane.letter === 'A' ? styles.a : styles.b} ${extra ?? ''}`
}

function Start({ lane, source, onOpen }: LaneProps) {
  const site = lane.access.created?.site ?? null
  const text = site && source.line(site.file, site.line)
  return (
    <div className={cell(lane, styles.first)}>
      <Icon name="go" className={styles.node} />
      <span className={styles.what}>{site ? <StartedAt site={site} onOpen={onOpen} /> : originWords(lane)}</span>
      {text && <GoLine className={styles.source} text={text} />}
    </div>
  )
}

function StartedAt({ site, onOpen }: { site: Frame; onOpen: Open }) {
  return (
    <>
      started at <PlaceLink frame={site} onOpen={onOpen} />
      <span className={styles.sub}>
        by <Identifier name={shortFunction(site.function)} />
      </span>
    </>
  )
}

function originWords(lane: Lane): string {
  if (lane.access.state === 'main') return 'the main goroutine'
  const root = lane.path[0] ?? lane.access.site
  return root && /^Test/.test(shortFunction(root.function)) ? 'the test’s own goroutine' : 'started outside your code'
}

function Path({ lane, onOpen }: { lane: Lane; onOpen: Open }) {
  return (
    <div className={cell(lane, undefined)}>
      <ol className={styles.path}>
        {lane.path.map((frame, index) => (
          <li key={index}>
            <Identifier name={shortFunction(frame.function)} />, <PlaceLink frame={frame} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Hot({ lane, source, onOpen }: LaneProps) {
  const { kind, site } = lane.access
  const text = site && source.line(site.file, site.line)
  return (
    <div className={cell(lane, `${styles.last} ${styles.hot} ${kind === 'write' ? styles.write : styles.read}`)}>
      <Icon name={kind} className={`${styles.node} ${styles.hotNode}`} />
      <span className={styles.what}>
        {kind === 'write' ? 'Write' : 'Read'},{' '}
        {site ? <PlaceLink frame={site} onOpen={onOpen} /> : 'its stack could not be restored'}
      </span>
      {text && <GoLine className={styles.source} text={text} />}
    </div>
  )
}

function Ordered({ from }: { from: 'A' | 'B' }) {
  return (
    <>
      <svg
        viewBox="0 0 52 12"
        className={from === 'A' ? styles.arrow : `${styles.arrow} ${styles.back}`}
        aria-hidden="true"
      >
        <path d="M2 6h42" />
        <path d="M43 2l7 4-7 4z" className={styles.tip} />
      </svg>
      <span className={styles.orderWord}>starts</span>
    </>
  )
}

function Unordered() {
  return (
    <>
      <svg viewBox="0 0 52 12" className={styles.broken} aria-hidden="true">
        <path d="M2 6h15M35 6h15" className={styles.dashes} />
        <path d="M22 2l8 8m0-8l-8 8" />
      </svg>
      <span className={styles.orderWord}>no order</span>
    </>
  )
}

/** With a link to the run, which is kept for it. Where it cannot be kept the results say so, and the story goes without. */
async function storyWithLink({ desk, run, source }: StoryProps, race: Race): Promise<string> {
  const link = linkTo(desk, run)
  return storyMarkdown(race, source.line, link && (await link.catch(() => null)))
}

function StoryActs(props: StoryProps & { race: Race; story: Story; onOpen: Open }) {
  const { race, story, source, onOpen } = props
  const site = story.lanes.map((lane) => lane.access.site).find((one) => one && source.opens(one.file))
  return (
    <div className={styles.acts}>
      {site && (
        <button type="button" className={controls.button} onClick={() => onOpen(site.file, site.line)}>
          Show in editor
        </button>
      )}
      <CopyButton
        key={race.id}
        className={controls.button}
        testId="copy-story"
        {...(props.desk.links ? { title: 'With a link to this run, which the server keeps for 30 days' } : {})}
        text={() => storyWithLink(props, race)}
      >
        Copy as Markdown
      </CopyButton>
    </div>
  )
}

function Stacks({ story, onOpen }: { story: Story; onOpen: Open }) {
  return (
    <details className={styles.stacks}>
      <summary>Full stacks</summary>
      {story.lanes.map(({ letter, access }) => (
        <section key={letter}>
          <h5>
            {letter}: {access.kind === 'write' ? 'write' : 'read'}
          </h5>
          <StackList frames={access.stack} onOpen={onOpen} />
          {access.created && (
            <>
              <h5>{letter} was created by</h5>
              <StackList frames={access.created.stack} onOpen={onOpen} />
            </>
          )}
        </section>
      ))}
    </details>
  )
}
