import { type ExerciseSummary, Kind, Level, Seed } from '@sandbox/protocol'
import { z } from 'zod'
import { isSolved, type ProgressBySlug } from './records.ts'

/** What the list of exercises is narrowed to; null is any. Kept in this browser. */
export const Filters = z.object({
  topic: z.string().nullable(),
  kind: Kind.nullable(),
  level: Level.nullable(),
  seed: Seed.nullable(),
  standing: z.enum(['solved', 'unsolved']).nullable(),
})
export type Filters = z.infer<typeof Filters>

export const NO_FILTERS: Filters = { topic: null, kind: null, level: null, seed: null, standing: null }

/** The values that a filter can have, each with its words. */
export interface FilterChoice {
  name: keyof Filters
  label: string
  values: string[]
}

/** The exercises that all filters let through. */
export function filterExercises<One extends ExerciseSummary>(
  list: readonly One[],
  { topic, kind, level, seed, standing }: Filters,
  progress: ProgressBySlug,
): One[] {
  return list.filter(
    (one) =>
      (topic === null || one.topic === topic) &&
      (kind === null || one.kind === kind) &&
      (level === null || one.level === level) &&
      (seed === null || one.seed.includes(seed)) &&
      (standing === null || isSolved(progress.get(one.slug)) === (standing === 'solved')),
  )
}

/** What can be chosen: only what some exercise has. */
export function filterChoices(list: readonly ExerciseSummary[]): FilterChoice[] {
  const inUse = (all: readonly string[], used: (one: ExerciseSummary) => readonly string[]) =>
    all.filter((value) => list.some((one) => used(one).includes(value)))
  return [
    { name: 'topic', label: 'topic', values: [...new Set(list.map(({ topic }) => topic))] },
    { name: 'kind', label: 'kind', values: inUse(Kind.options, ({ kind }) => [kind]) },
    { name: 'level', label: 'level', values: inUse(Level.options, ({ level }) => [level]) },
    { name: 'seed', label: 'question', values: inUse(Seed.options, ({ seed }) => seed) },
    { name: 'standing', label: 'state', values: ['unsolved', 'solved'] },
  ]
}

/** The filters with another value of one of them; a value that it cannot have is any. */
export function withFilter(filters: Filters, name: keyof Filters, value: string): Filters {
  const parsed = Filters.safeParse({ ...filters, [name]: value === '' ? null : value })
  return parsed.success ? parsed.data : { ...filters, [name]: null }
}

export function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== null)
}
