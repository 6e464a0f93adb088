import type { ExerciseSummary } from '@sandbox/protocol'

/** The exercises that have every word of the query somewhere, those that have it in their name first. */
export function searchExercises(list: ExerciseSummary[], query: string): ExerciseSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = list.filter((one) => words.every((word) => textOf(one).includes(word)))
  const named = (one: ExerciseSummary) => words.every((word) => one.slug.includes(word))
  return words.length === 0 ? found : found.toSorted((a, b) => Number(named(b)) - Number(named(a)))
}

function textOf({ slug, topic, title, kind, level, seed, tags }: ExerciseSummary): string {
  return [slug, topic, title, kind, level, ...seed, ...tags].join(' ').toLowerCase()
}
