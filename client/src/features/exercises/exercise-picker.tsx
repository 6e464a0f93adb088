import { type ExerciseSummary, type Progress, SCRATCH } from '@sandbox/protocol'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { type Filters, filterExercises, isFiltered, NO_FILTERS } from '../../state/filters.ts'
import type { Practice } from '../../state/practice.ts'
import { isSolved, type ProgressBySlug, progressFacts, standingOf } from '../../state/records.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { MODIFIER } from '../run/shortcuts.ts'
import styles from './exercise-picker.module.css'
import { FilterRow } from './filter-row.tsx'
import { searchExercises } from './search.ts'

const SCRATCH_ENTRY: ExerciseSummary = {
  slug: SCRATCH,
  topic: 'own',
  title: 'Scratch: your own code and tests',
  kind: 'build',
  level: 'warm-up',
  minutes: 0,
  seed: [],
  tags: ['own', 'sandbox'],
}

/** Finds an exercise by a few letters of its name, topic, tags or question. */
export function ExercisePicker({
  practice,
  open,
  onOpen,
}: {
  practice: Practice
  open: boolean
  onOpen: (open: boolean) => void
}) {
  const exercises = useStore(practice.exercises)
  const workspace = useStore(practice.workspace)
  const page = useStore(practice.page)
  const progress = useStore(practice.records.progress)
  const filters = useStore(practice.filters)
  const button = useRef<HTMLButtonElement>(null)
  const list = [...(exercises ?? []), SCRATCH_ENTRY]
  const current = workspace?.exercise ?? null
  const place = exercises?.findIndex((one) => one.slug === current) ?? -1
  const name = current ?? (page.type === 'missing' ? 'not found' : 'Exercises')
  const leave = (open: () => Promise<void>) => {
    onOpen(false)
    button.current?.focus()
    void open()
  }
  return (
    <div className={styles.picker}>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-testid="exercise-picker"
        onClick={() => onOpen(!open)}
      >
        <Icon name="search" />
        <span className={controls.hidden}>Exercise: </span>
        <b>{name}</b>
        {place >= 0 && (
          <span className={styles.place}>
            {place + 1} of {exercises?.length}
          </span>
        )}
        <span className={controls.hidden}>. Find another: </span>
        <kbd>{MODIFIER} K</kbd>
        <Icon name="down" />
      </button>
      {open && (
        <Finder
          list={list}
          current={current}
          progress={progress}
          filters={filters}
          onFilter={(next) => practice.chooseFilters(next)}
          onChoose={(slug) => leave(() => practice.openExercise(slug))}
          onNext={() => leave(() => practice.openNext())}
          onSurprise={() => leave(() => practice.openSurprise())}
          onClose={() => onOpen(false)}
          button={button}
        />
      )}
    </div>
  )
}

interface FinderProps {
  list: ExerciseSummary[]
  current: string | null
  progress: ProgressBySlug
  filters: Filters
  onFilter: (filters: Filters) => void
  onChoose: (slug: string) => void
  onNext: () => void
  onSurprise: () => void
  onClose: () => void
  button: RefObject<HTMLButtonElement | null>
}

function Finder(props: FinderProps) {
  const { list, current, progress, filters, onFilter, onChoose, onClose, button } = props
  const [query, setQuery] = useState('')
  const found = searchExercises(filterExercises(offered(list, filters), filters, progress), query)
  const [at, setAt] = useState(
    Math.max(
      0,
      found.findIndex((one) => one.slug === current),
    ),
  )
  const active = found[Math.min(at, found.length - 1)] ?? null
  const panel = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => search.current?.focus(), [])
  useCloseOutside(panel, button, onClose)
  useEffect(() => {
    if (active) document.getElementById(`option-${active.slug}`)?.scrollIntoView?.({ block: 'nearest' })
  }, [active])
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && active) onChoose(active.slug)
    else if (event.key === 'ArrowDown') setAt((was) => Math.min(Math.min(was, found.length - 1) + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt((was) => Math.max(Math.min(was, found.length - 1) - 1, 0))
    else return
    event.preventDefault()
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onClose()
    button.current?.focus()
  }
  return (
    <div
      ref={panel}
      className={styles.panel}
      role="dialog"
      aria-label="Find an exercise"
      data-testid="exercise-list"
      onKeyDown={leave}
    >
      <input
        className={styles.search}
        role="combobox"
        aria-expanded="true"
        aria-controls="exercise-options"
        aria-activedescendant={active ? `option-${active.slug}` : undefined}
        aria-label="Name, topic, tag or question"
        placeholder="Name, topic, tag or Q2"
        ref={search}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <FilterRow
        list={list.filter(({ slug }) => slug !== SCRATCH)}
        filters={filters}
        onFilter={(next) => {
          onFilter(next)
          setAt(0)
        }}
      />
      <div className={styles.options} id="exercise-options" role="listbox" aria-label="Exercises">
        {found.map((one) => (
          <Option
            key={one.slug}
            exercise={one}
            progress={progress.get(one.slug)}
            active={one === active}
            current={one.slug === current}
            onChoose={onChoose}
          />
        ))}
        {found.length === 0 && <Nothing query={query} filters={filters} onFilter={onFilter} />}
      </div>
      <Footer {...props} />
    </div>
  )
}

/** Scratch is no exercise: where the list is narrowed it would be in the way. */
function offered(list: ExerciseSummary[], filters: Filters): ExerciseSummary[] {
  return isFiltered(filters) ? list.filter(({ slug }) => slug !== SCRATCH) : list
}

function Nothing({ query, filters, onFilter }: Pick<FinderProps, 'filters' | 'onFilter'> & { query: string }) {
  return (
    <div className={styles.none}>
      <p>
        {query === '' ? 'No exercise passes the filters.' : `No exercise has “${query}” in its name, topic or tags.`}
      </p>
      {isFiltered(filters) && (
        <button type="button" className={controls.link} onClick={() => onFilter(NO_FILTERS)}>
          Search all exercises
        </button>
      )}
    </div>
  )
}

/** How far one is, and two ways to go on without choosing. */
function Footer({ list, progress, filters, onNext, onSurprise }: FinderProps) {
  const exercises = list.filter(({ slug }) => slug !== SCRATCH)
  const solved = exercises.filter(({ slug }) => isSolved(progress.get(slug))).length
  const atOnce = exercises.filter(({ slug }) => standingOf(progress.get(slug)) === 'solved-at-once').length
  const left = filterExercises(exercises, { ...filters, standing: 'unsolved' }, progress)
  return (
    <div className={styles.footer}>
      <span data-testid="solved-count">
        {solved} of {exercises.length} solved{atOnce > 0 && `, ${atOnce} at first try`}
      </span>
      <button
        type="button"
        className={controls.button}
        title="An unsolved exercise of this list, against the clock"
        disabled={left.length === 0}
        onClick={onSurprise}
      >
        Surprise me
      </button>
      <button type="button" className={controls.button} disabled={solved === exercises.length} onClick={onNext}>
        Next unsolved <kbd>{MODIFIER} .</kbd>
      </button>
    </div>
  )
}

function Option(props: {
  exercise: ExerciseSummary
  progress: Progress | undefined
  active: boolean
  current: boolean
  onChoose: (slug: string) => void
}) {
  const { exercise, progress, active, current, onChoose } = props
  const [first, ...others] = progressFacts(progress)
  return (
    <button
      type="button"
      className={styles.option}
      tabIndex={-1}
      role="option"
      id={`option-${exercise.slug}`}
      aria-selected={active}
      data-testid="exercise-item"
      data-slug={exercise.slug}
      onClick={() => onChoose(exercise.slug)}
    >
      <span className={styles.name}>
        <b>{exercise.slug}</b>
        {current && <span className={styles.place}>open</span>}
        {first !== undefined && <span className={isSolved(progress) ? styles.solved : styles.place}>{first}</span>}
      </span>
      <span className={styles.about}>{exercise.title}</span>
      <span className={styles.facts}>{factsOf(exercise)}</span>
      {others.length > 0 && <span className={styles.way}>{others.join(' · ')}</span>}
    </button>
  )
}

function factsOf({ slug, seed, kind, level, minutes }: ExerciseSummary): string {
  return slug === SCRATCH ? '' : `${seed.join(', ')} · ${kind} · ${level} · ${minutes} min`
}

function useCloseOutside(
  panel: RefObject<HTMLElement | null>,
  button: RefObject<HTMLElement | null>,
  onClose: () => void,
): void {
  useEffect(() => {
    const press = (event: PointerEvent) => {
      const target = event.target as Node
      if (!panel.current?.contains(target) && !button.current?.contains(target)) onClose()
    }
    document.addEventListener('pointerdown', press)
    return () => document.removeEventListener('pointerdown', press)
  }, [panel, button, onClose])
}
