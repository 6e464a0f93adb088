import { countGoroutines, type Goroutine } from '@sandbox/protocol'
import { memo, useMemo, useState } from 'react'
import { isStuck } from '../../state/marks.ts'
import { shortFunction } from '../../state/race-story.ts'
import { sortGoroutines } from '../../state/results.ts'
import type { GoroutineDump, Leftovers, RunState } from '../../state/run.ts'
import { splitText } from '../../state/sentence.ts'
import controls from '../../ui/controls.module.css'
import { GoLine } from '../../ui/go-code.tsx'
import { PlaceLink } from '../../ui/place-link.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import { StackList } from '../../ui/stack-list.tsx'
import { VirtualList } from '../../ui/virtual-list.tsx'
import type { SourceLine } from '../run/source.ts'
import styles from './goroutines-panel.module.css'
import { channelsOf, filterGroups, type GoroutineGroup, groupGoroutines, textOfGroup } from './group.ts'
import { LeakChanges } from './leak-changes.tsx'
import { WaitForGraph } from './wait-for.tsx'
import { lockedWords } from './wait-steps.ts'

type Open = (file: string, line: number) => void

/** Who is blocked, on which line, waiting for what, and who started it. */
export function GoroutinesPanel(props: { run: RunState; runs: RunState[]; source: SourceLine; onOpen: Open }) {
  const { run, source, onOpen } = props
  const { dump, leftovers } = run
  return (
    <>
      <LeakChanges {...props} />
      {dump && (
        <section>
          <div className={styles.head}>
            <h4>{TITLES[dump.reason]}</h4>
            <span className={styles.dim}>{totalWords(dump)}</span>
          </div>
          {dump.waitFor && <WaitForGraph waitFor={dump.waitFor} goroutines={dump.goroutines} onOpen={onOpen} />}
          <Groups goroutines={dump.goroutines} source={source} onOpen={onOpen} />
        </section>
      )}
      {leftovers && (
        <section data-testid="leftovers" className={styles.leftovers}>
          <div className={styles.head}>
            <h4>Still there when the tests had ended</h4>
            <span className={styles.dim}>{shownWords(leftovers)}</span>
          </div>
          <p className={styles.words}>
            Nothing proves that they can never end, so they decide no verdict. A tidy program waits for what it starts.
          </p>
          <Groups goroutines={leftovers.goroutines} source={source} onOpen={onOpen} />
        </section>
      )}
    </>
  )
}

/** From so many groups on there is a field to filter them. */
const FILTER_FROM = 6

function Groups({ goroutines, source, onOpen }: { goroutines: Goroutine[]; source: SourceLine; onOpen: Open }) {
  const [filter, setFilter] = useState('')
  const all = useMemo(() => groupGoroutines(sortGoroutines(goroutines)), [goroutines])
  const texts = useMemo(() => all.map(textOfGroup), [all])
  const groups = useMemo(() => filterGroups(all, texts, filter), [all, texts, filter])
  // What is scrolled out of sight and comes back is as open as it was.
  const [opened] = useState(() => new Set<string>())
  return (
    <>
      {all.length >= FILTER_FROM && (
        <div className={styles.filter}>
          <input
            type="search"
            className={controls.input}
            aria-label="Filter goroutines"
            placeholder="Filter by state, function, line, test…"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <span className={styles.dim} role="status">
            {filter.trim() !== '' && `${groups.length} of ${all.length} kinds`}
          </span>
        </div>
      )}
      <VirtualList
        items={groups}
        keyOf={({ key }) => key}
        row={(group, index) => (
          <Group
            key={group.key}
            group={group}
            index={index}
            count={groups.length}
            opened={opened}
            source={source}
            onOpen={onOpen}
          />
        )}
      />
    </>
  )
}

function shownWords({ goroutines, total }: Leftovers): string {
  const shown = countGoroutines(sortGoroutines(goroutines))
  return shown < total ? `${shown} of ${total} shown` : `${total} in all`
}

const TITLES = {
  deadlock: 'Where everyone stood at the deadlock',
  leak: 'Left behind after the tests had ended',
  timeout: 'Where everyone stood when the time was up',
  panic: 'Where everyone stood at the panic',
} as const satisfies Record<GoroutineDump['reason'], string>

function totalWords({ goroutines, total }: GoroutineDump): string {
  const own = countGoroutines(goroutines.filter((goroutine) => goroutine.role !== 'runtime'))
  return own < total ? `${own} of ${total} goroutines` : `${total} in all`
}

interface GroupProps {
  group: GoroutineGroup
  /** From 0, among so many that are listed. */
  index: number
  count: number
  /** Keys of the groups whose stacks are open. */
  opened: Set<string>
  source: SourceLine
  onOpen: Open
}

/** Rows that stay are not drawn again while the list scrolls. */
const Group = memo(({ group, index, count, opened, source, onOpen }: GroupProps) => {
  const first = group.goroutines[0]
  if (!first) return null
  const { site, created } = first
  const text = site && source.line(site.file, site.line)
  return (
    <li
      className={styles.group}
      aria-posinset={index + 1}
      aria-setsize={count}
      data-testid="goroutine-row"
      data-state={first.state}
      data-leaked={first.leaked}
    >
      <div className={styles.line}>
        <b className={styles.who}>{whoWords(group.goroutines)}</b>
        <span className={isStuck(first.state, first.leaked) ? styles.blocked : styles.awake}>{first.state}</span>
        {first.leaked && <span className={`${controls.chip} ${styles.leaked}`}>{endlessWords(first)}</span>}
        {first.role === 'test' && <span className={controls.chip}>runs {first.test ?? 'a test'}</span>}
        <WaitsOn group={group} />
      </div>
      {first.told && (
        <p className={styles.told}>
          {countGoroutines(group.goroutines) === 1 ? 'It' : 'Each'}{' '}
          <RichText parts={splitText(`${first.told}.`, source.opens)} onOpen={onOpen} />
        </p>
      )}
      <dl className={styles.facts}>
        {site && (
          <>
            <dt>stands at</dt>
            <dd>
              <PlaceLink frame={site} onOpen={onOpen} />{' '}
              <span className={styles.dim}>in {shortFunction(site.function)}</span>
              {text && <GoLine className={styles.source} text={text} />}
            </dd>
          </>
        )}
        {first.holds.length > 0 && (
          <>
            <dt>holds</dt>
            <dd>
              {first.holds.map((hold, index) => (
                <span key={index} className={styles.dim}>
                  a lock, {lockedWords(hold)} {hold.site && 'at '}
                  {hold.site && <PlaceLink frame={hold.site} onOpen={onOpen} />}{' '}
                </span>
              ))}
            </dd>
          </>
        )}
        {created && <CreatedAt goroutine={first} source={source} onOpen={onOpen} />}
      </dl>
      <details
        className={styles.stack}
        open={opened.has(group.key)}
        onToggle={({ currentTarget }) => (currentTarget.open ? opened.add(group.key) : opened.delete(group.key))}
      >
        <summary>Stack</summary>
        <StackList frames={first.stack} onOpen={onOpen} />
      </details>
    </li>
  )
})

/** Where no sentence says what is waited for, its address tells whether others wait for the same. */
function WaitsOn({ group }: { group: GoroutineGroup }) {
  const channels = channelsOf(group)
  const [first] = group.goroutines
  if (channels !== '') return <span className={styles.dim}>{channels}</span>
  if (!first?.waitsFor || first.told) return null
  return (
    <span className={styles.dim} title="Address of what it waits for: where it is the same, it is the same thing">
      on {first.waitsFor}
    </span>
  )
}

function endlessWords({ alone }: Goroutine): string {
  return alone ? 'nobody can end it' : 'nothing can wake it'
}

function CreatedAt({ goroutine, source, onOpen }: { goroutine: Goroutine; source: SourceLine; onOpen: Open }) {
  const { created, creator } = goroutine
  if (!created || created.origin === 'go') return null
  const text = source.line(created.file, created.line)
  return (
    <>
      <dt>started at</dt>
      <dd>
        <PlaceLink frame={created} onOpen={onOpen} />
        {creator !== null && <span className={styles.dim}> by goroutine {creator}</span>}
        {text && <GoLine className={styles.source} text={text} />}
      </dd>
    </>
  )
}

/** Ids that are still worth reading one by one. */
const MAX_IDS = 4

function whoWords(goroutines: Goroutine[]): string {
  const ids = goroutines.map((goroutine) => goroutine.id)
  const count = countGoroutines(goroutines)
  if (count === 1) return `goroutine ${ids[0]}`
  const named = ids.slice(0, MAX_IDS).join(', ')
  return `${count.toLocaleString('en')} goroutines: ${named}${count > MAX_IDS ? ', …' : ''}`
}
