import type { KeyValueStorage } from './drafts.ts'
import { Filters, NO_FILTERS } from './filters.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const THEME_KEY = 'theme'
const FILTERS_KEY = 'filters'
const LAST_EXERCISE_KEY = 'last-exercise'

/** The theme chosen in this browser. */
export function loadTheme(storage: KeyValueStorage): Theme {
  const kept = read(storage, THEME_KEY)
  return THEMES.find((theme) => theme === kept) ?? 'system'
}

export function saveTheme(storage: KeyValueStorage, theme: Theme): void {
  write(storage, THEME_KEY, theme)
}

/** What the list of exercises was narrowed to in this browser. */
export function loadFilters(storage: KeyValueStorage): Filters {
  try {
    return Filters.parse(JSON.parse(read(storage, FILTERS_KEY) ?? ''))
  } catch {
    return NO_FILTERS
  }
}

export function saveFilters(storage: KeyValueStorage, filters: Filters): void {
  write(storage, FILTERS_KEY, JSON.stringify(filters))
}

/** The exercise that `/` opens: the one that was open last. */
export function loadLastExercise(storage: KeyValueStorage): string | null {
  return read(storage, LAST_EXERCISE_KEY)
}

export function saveLastExercise(storage: KeyValueStorage, exercise: string): void {
  write(storage, LAST_EXERCISE_KEY, exercise)
}

/** How many hints of an exercise are open. */
export function loadHints(storage: KeyValueStorage, exercise: string): number {
  const kept = Number(read(storage, `hints:${exercise}`))
  return Number.isInteger(kept) && kept > 0 ? kept : 0
}

export function saveHints(storage: KeyValueStorage, exercise: string, shown: number): void {
  write(storage, `hints:${exercise}`, String(shown))
}

function read(storage: KeyValueStorage, key: string): string | null {
  try {
    return storage.getItem(key)
  } catch {
    return null
  }
}

function write(storage: KeyValueStorage, key: string, value: string): void {
  try {
    storage.setItem(key, value)
  } catch {
    // A preference that cannot be kept lasts until the reload.
  }
}
