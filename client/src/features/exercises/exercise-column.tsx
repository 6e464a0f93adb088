import type { ExerciseDetail } from '@sandbox/protocol'
import type { ReactNode } from 'react'
import type { Desk } from '../../state/desk.ts'
import { useStore } from '../../state/store.ts'
import type { ColumnTab } from '../../state/view.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { TabCount, type TabItem, TabList } from '../../ui/tab-list.tsx'
import styles from './exercise-column.module.css'
import { Hints } from './hints.tsx'
import { Judged, judgedWords } from './judged.tsx'
import { Questions } from './questions.tsx'
import { ScratchHelp } from './scratch-help.tsx'
import { testsIn, VisibleTests } from './visible-tests.tsx'

interface ExerciseColumnProps {
  desk: Desk
  folded: boolean
  onFold: (folded: boolean) => void
  /** Under the title of the statement. */
  facts?: (detail: ExerciseDetail) => ReactNode
  /** A tab more; without it there is none. */
  solution?: (detail: ExerciseDetail) => ReactNode
}

/** Statement, hints and visible tests; folds to a rail. */
export function ExerciseColumn(props: ExerciseColumnProps) {
  const { desk, folded, onFold } = props
  const page = useStore(desk.page)
  const view = useStore(desk.view)
  const workspace = useStore(desk.workspace)
  if (folded) return <Rail onOpen={() => onFold(false)} label={page.type === 'scratch' ? 'Scratch' : 'Statement'} />
  const fold = <FoldButton onFold={() => onFold(true)} />
  if (page.type === 'exercise') {
    const answered = Object.keys(workspace?.answers ?? {}).length
    const solution = props.solution?.(page.detail)
    const items = [
      ...tabItems(page.detail, view.hints, answered),
      ...(solution ? [{ name: 'solution' as const, label: 'Solution' }] : []),
    ]
    const tab = items.some(({ name }) => name === view.column) ? view.column : 'statement'
    return (
      <>
        <TabList<ColumnTab>
          label="Exercise"
          id="exercise"
          items={items}
          active={tab}
          onChoose={(name) => desk.viewing.chooseColumn(name)}
          className={items.length > 4 ? `${styles.tabs} ${styles.five}` : styles.tabs}
        >
          {fold}
        </TabList>
        <div
          className={styles.body}
          role="tabpanel"
          id="exercise-panel"
          aria-labelledby={`exercise-tab-${tab}`}
          tabIndex={0}
        >
          <ColumnPanel
            desk={desk}
            detail={page.detail}
            tab={tab}
            facts={props.facts?.(page.detail)}
            solution={solution}
          />
        </div>
      </>
    )
  }
  return (
    <>
      <div className={styles.bar}>
        <span>{page.type === 'scratch' ? 'Scratch' : ''}</span>
        {fold}
      </div>
      <div className={styles.body}>
        {page.type === 'scratch' && <ScratchHelp />}
        {page.type === 'loading' && <p className={styles.dim}>Loading the exercise…</p>}
      </div>
    </>
  )
}

function tabItems(detail: ExerciseDetail, hints: number, answered: number): TabItem<ColumnTab>[] {
  const { questions } = detail
  const tests = detail.visibleTests.flatMap((file) => testsIn(file.text)).length
  const shown = Math.min(hints, detail.hints.length)
  const items: TabItem<ColumnTab>[] = [{ name: 'statement', label: 'Statement' }]
  if (questions.length > 0) {
    items.push({ name: 'questions', label: <Counted label="Questions" count={`${answered}/${questions.length}`} /> })
  }
  if (detail.hints.length > 0) {
    items.push({ name: 'hints', label: <Counted label="Hints" count={`${shown}/${detail.hints.length}`} /> })
  }
  if (tests + detail.hiddenTests > 0) {
    items.push({ name: 'visible', label: <Counted label="Tests" count={String(tests)} /> })
  }
  return items
}

function Counted({ label, count }: { label: string; count: string }) {
  return (
    <>
      {label}{' '}
      <span className={styles.count}>
        <TabCount count={count} />
      </span>
    </>
  )
}

function ColumnPanel(props: {
  desk: Desk
  detail: ExerciseDetail
  tab: ColumnTab
  facts: ReactNode
  solution: ReactNode
}) {
  const { desk, detail, tab, facts, solution } = props
  switch (tab) {
    case 'statement':
      return <Statement detail={detail} facts={facts} />
    case 'questions':
      return <Questions desk={desk} detail={detail} />
    case 'hints':
      return <Hints desk={desk} detail={detail} />
    case 'visible':
      return <VisibleTests desk={desk} detail={detail} />
    case 'solution':
      return solution
  }
}

const KIND_WORDS = {
  fix: 'Fix',
  build: 'Build',
  optimize: 'Optimize',
  diagnose: 'Diagnose',
  'write-tests': 'Write tests',
} as const

function Statement({ detail, facts }: { detail: ExerciseDetail; facts: ReactNode }) {
  return (
    <article data-testid="statement">
      <h2 className={styles.title}>{detail.title}</h2>
      <p className={styles.meta}>
        {[KIND_WORDS[detail.kind], `${detail.minutes} min`, ...judgedWords(detail)].join(' · ')}
      </p>
      {facts}
      <Markdown text={detail.statement} skipTitle />
      <Judged detail={detail} />
    </article>
  )
}

function FoldButton({ onFold }: { onFold: () => void }) {
  return (
    <button
      type="button"
      className={`${controls.square} ${styles.fold}`}
      title="Fold this column"
      aria-label="Fold the exercise column"
      onClick={onFold}
    >
      <Icon name="side" />
    </button>
  )
}

function Rail({ onOpen, label }: { onOpen: () => void; label: string }) {
  return (
    <div className={styles.rail}>
      <button type="button" className={controls.square} aria-label="Open the exercise column" onClick={onOpen}>
        <Icon name="side" />
      </button>
      <button type="button" className={styles.railWord} onClick={onOpen}>
        {label}
      </button>
    </div>
  )
}
