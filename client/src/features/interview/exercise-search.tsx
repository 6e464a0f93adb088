import type { ExerciseSummary } from '@sandbox/protocol'
import { type KeyboardEvent, useState } from 'react'
import { searchExercises } from '../exercises/search.ts'
import styles from './exercise-shelf.module.css'

/** As many as can be read at a glance; more letters narrow it. */
const MAX_SHOWN = 8

/** Finds any exercise by a few letters of its name, topic, tags or question. */
export function ExerciseSearch(props: {
  exercises: readonly ExerciseSummary[]
  current: string | null
  onOpen: (slug: string) => void
}) {
  const { exercises, current, onOpen } = props
  const [query, setQuery] = useState('')
  const found = searchExercises(
    exercises.filter(({ slug }) => slug !== current),
    query,
  )
  const press = (event: KeyboardEvent) => {
    const [first] = found
    if (event.key !== 'Enter' || !first) return
    event.preventDefault()
    onOpen(first.slug)
  }
  return (
    <div className={styles.form}>
      <input
        type="search"
        className={styles.input}
        aria-label="Find an exercise; Enter hands over the first"
        placeholder="Name, topic, tag or Q2"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={press}
      />
      <ul className={styles.found}>
        {found.slice(0, MAX_SHOWN).map(({ slug, title, seed, minutes }) => (
          <li key={slug}>
            <button type="button" data-testid="found-exercise" onClick={() => onOpen(slug)}>
              <b>{slug}</b>
              <span>
                {title} · {seed.join(', ')} · {minutes} min
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.hint}>{countWords(found.length)}</p>
    </div>
  )
}

function countWords(count: number): string {
  if (count === 0) return 'No exercise has these words.'
  return count > MAX_SHOWN ? `${count - MAX_SHOWN} more: type to narrow the list.` : ''
}
