import type { ExerciseDetail } from '@sandbox/protocol'
import { useState } from 'react'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { TabCount, TabList } from '../../ui/tab-list.tsx'
import styles from './exercise-column.module.css'
import { Hints } from './hints.tsx'
import { ScratchHelp } from './scratch-help.tsx'
import { Solution } from './solution.tsx'
import { testsIn, VisibleTests } from './visible-tests.tsx'

type ColumnTab = 'statement' | 'hints' | 'visible' | 'solution'

/** Statement, hints and visible tests; folds to a rail. */
export function ExerciseColumn(props: { practice: Practice; folded: boolean; onFold: (folded: boolean) => void }) {
  const { practice, folded, onFold } = props
  const page = useStore(practice.page)
  const view = useStore(practice.view)
  const [tab, setTab] = useState<ColumnTab>('statement')
  if (folded) return <Rail onOpen={() => onFold(false)} label={page.type === 'scratch' ? 'Scratch' : 'Statement'} />
  const fold = <FoldButton onFold={() => onFold(true)} />
  if (page.type === 'exercise') {
    const items = tabItems(page.detail, view.hints)
    return (
      <>
        <TabList<ColumnTab>
          label="Exercise"
          id="exercise"
          items={items}
          active={tab}
          onChoose={setTab}
          className={styles.tabs}
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
          <ColumnPanel practice={practice} detail={page.detail} tab={tab} />
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

function tabItems(detail: ExerciseDetail, hints: number) {
  const tests = detail.visibleTests.flatMap((file) => testsIn(file.text)).length
  const shown = Math.min(hints, detail.hints.length)
  return [
    { name: 'statement' as const, label: 'Statement' },
    {
      name: 'hints' as const,
      label: (
        <>
          Hints{' '}
          <span className={styles.count}>
            <TabCount count={`${shown}/${detail.hints.length}`} />
          </span>
        </>
      ),
    },
    {
      name: 'visible' as const,
      label: (
        <>
          Tests{' '}
          <span className={styles.count}>
            <TabCount count={String(tests)} />
          </span>
        </>
      ),
    },
    { name: 'solution' as const, label: 'Solution' },
  ]
}

function ColumnPanel({ practice, detail, tab }: { practice: Practice; detail: ExerciseDetail; tab: ColumnTab }) {
  switch (tab) {
    case 'statement':
      return <Statement detail={detail} />
    case 'hints':
      return <Hints practice={practice} detail={detail} />
    case 'visible':
      return <VisibleTests practice={practice} detail={detail} />
    case 'solution':
      return <Solution practice={practice} />
  }
}

const KIND_WORDS = {
  fix: 'Fix',
  build: 'Build',
  optimize: 'Optimize',
  diagnose: 'Diagnose',
  'write-tests': 'Write tests',
} as const

function Statement({ detail }: { detail: ExerciseDetail }) {
  const visible = detail.visibleTests.flatMap((file) => testsIn(file.text)).length
  return (
    <article data-testid="statement">
      <h2 className={styles.title}>{detail.title}</h2>
      <p className={styles.meta}>
        {KIND_WORDS[detail.kind]} · {detail.minutes} min · {visible + detail.hiddenTests} tests, {visible} visible
      </p>
      <Markdown text={detail.statement} skipTitle />
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
