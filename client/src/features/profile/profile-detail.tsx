import { useId, useMemo, useState } from 'react'
import type { Desk } from '../../state/desk.ts'
import { type FlameNode, flameOf, shareOfMatches } from '../../state/flame.ts'
import { changes, earlierProfile, type FullProfile, formatCost, functionCosts, percent } from '../../state/profile.ts'
import type { RunState } from '../../state/run.ts'
import { splitText } from '../../state/sentence.ts'
import { useStore } from '../../state/store.ts'
import { fileNamed } from '../../state/workspace.ts'
import controls from '../../ui/controls.module.css'
import { PlaceLink } from '../../ui/place-link.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import { useScheme } from '../editor/use-scheme.ts'
import { CostTable } from './cost-table.tsx'
import { FlameChart } from './flame-chart.tsx'
import { MomentsTable } from './moments.tsx'
import styles from './profile-panel.module.css'

interface ProfileDetailProps {
  desk: Desk
  run: RunState
  runs: RunState[]
  taken: FullProfile
  name: string
}

/** One profile: what is counted, the chart, the call that is pointed at, the table. */
export function ProfileDetail({ desk, run, runs, taken, name }: ProfileDetailProps) {
  const view = useStore(desk.view).profile
  const scheme = useScheme(desk)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<FlameNode | null>(null)
  const [hovered, setHovered] = useState<FlameNode | null>(null)
  const { profile } = taken
  const index = view.measure < profile.measures.length ? view.measure : 0
  const measure = profile.measures[index] ?? profile.measures[0]
  const flame = useMemo(() => flameOf(profile, index), [profile, index])
  const costs = useMemo(() => functionCosts(profile, index), [profile, index])
  const earlier = useMemo(() => earlierProfile(runs, run, taken.kind), [runs, run, taken.kind])
  const compared = view.compared && earlier !== null
  const change = useMemo(
    () => (compared && earlier ? changes(taken, earlier.taken, index) : null),
    [compared, earlier, taken, index],
  )
  const open = (file: string, line: number) => desk.openPlace(run, file, line)
  if (!measure) return null
  return (
    <section aria-label={`${name} profile`} className={styles.detail}>
      <div className={styles.controls}>
        {profile.measures.length > 1 && (
          <Measures
            names={profile.measures.map((one) => one.name)}
            chosen={index}
            onChoose={(next) => {
              desk.viewing.chooseProfile({ kind: taken.kind, measure: next })
              setChosen(null)
            }}
          />
        )}
        <input
          type="search"
          className={`${controls.input} ${styles.search}`}
          placeholder="Search a function or file"
          aria-label="Search a function or file"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {search !== '' && <output className={styles.found}>{percent(shareOfMatches(flame, search))} of all</output>}
        {earlier && (
          <label className={styles.compare}>
            <input
              type="checkbox"
              checked={compared}
              onChange={(event) => desk.viewing.chooseProfile({ compared: event.target.checked })}
            />
            compare with run {earlier.number}
          </label>
        )}
      </div>
      {index > 0 && <Sentence desk={desk} run={run} text={measure.sentence} />}
      <FlameChart
        flame={flame}
        label={measure.sentence}
        search={search}
        change={change}
        scheme={scheme}
        chosen={chosen}
        onChoose={setChosen}
        onHover={setHovered}
      />
      <Call node={hovered ?? chosen} total={flame.total} unit={measure.unit} runs={taken.runs} onOpen={open} />
      {taken.kind === 'goroutine' && <MomentsTable run={run} taken={taken} />}
      <CostTable
        costs={costs}
        total={flame.total}
        unit={measure.unit}
        change={change}
        before={compared && earlier ? earlier.number : null}
        search={search}
        onOpen={open}
      />
      {profile.cut > 0 && (
        <p className={styles.note}>{profile.cut} of the smallest stacks are left out: there were too many to show.</p>
      )}
    </section>
  )
}

function Measures({ names, chosen, onChoose }: { names: string[]; chosen: number; onChoose: (index: number) => void }) {
  const group = useId()
  return (
    <fieldset className={styles.measures}>
      <legend className={controls.hidden}>What is counted</legend>
      {names.map((name, index) => (
        <label key={name}>
          <input type="radio" name={group} checked={index === chosen} onChange={() => onChoose(index)} />
          {name}
        </label>
      ))}
    </fieldset>
  )
}

function Sentence({ desk, run, text }: { desk: Desk; run: RunState; text: string }) {
  const workspace = useStore(desk.workspace)
  const opens = (file: string) => workspace !== null && fileNamed(workspace, file) !== null
  return (
    <p className={styles.sentence}>
      <RichText parts={splitText(text, opens)} onOpen={(file, line) => desk.openPlace(run, file, line)} />
    </p>
  )
}

interface CallProps {
  node: FlameNode | null
  total: number
  unit: Parameters<typeof formatCost>[1]
  runs: number
  onOpen: (file: string, line: number) => void
}

/** What the pointer or the keyboard is on. */
function Call({ node, total, unit, runs, onOpen }: CallProps) {
  if (!node) {
    return (
      <p className={styles.call}>
        {formatCost(total, unit)} in {runs} {runs === 1 ? 'run' : 'runs'} of the tests. Click a call to widen it.
      </p>
    )
  }
  const own = node.self > 0 && node.children.length > 0 ? `, ${formatCost(node.self, unit)} by itself` : ''
  return (
    <p className={styles.call} aria-live="polite" data-testid="flame-call">
      <code>{node.name}</code> {percent(total > 0 ? node.total / total : 0)}, {formatCost(node.total, unit)}
      {own}; <PlaceLink frame={node.frame} onOpen={onOpen} />
    </p>
  )
}
