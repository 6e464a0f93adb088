import { InterviewKey, KeptRunId, SCRATCH, Slug } from '@sandbox/protocol'

export type Route =
  | { type: 'home' }
  | { type: 'exercise'; slug: string }
  | { type: 'scratch' }
  | { type: 'run'; id: string }
  /** Where interviews begin. */
  | { type: 'interviews' }
  | { type: 'interview'; key: string }
  | { type: 'replay'; key: string }
  | { type: 'unknown' }

/** What an address of this site opens. */
export function parseRoute(path: string): Route {
  if (path === '/') return { type: 'home' }
  if (path === '/scratch' || path === '/scratch/') return { type: 'scratch' }
  const run = /^\/run\/([^/]+)\/?$/.exec(path)?.[1]
  if (run && KeptRunId.safeParse(run).success) return { type: 'run', id: run }
  if (path === '/interview' || path === '/interview/') return { type: 'interviews' }
  const [, key, replay] = /^\/interview\/([^/]+)(\/replay)?\/?$/.exec(path) ?? []
  if (InterviewKey.safeParse(key).success) return { type: replay ? 'replay' : 'interview', key: key ?? '' }
  const slug = /^\/exercise\/([^/]+)\/?$/.exec(path)?.[1]
  return slug && Slug.safeParse(slug).success ? { type: 'exercise', slug } : { type: 'unknown' }
}

/** The address of an exercise or of scratch. */
export function pathOf(exercise: string): string {
  return exercise === SCRATCH ? '/scratch' : `/exercise/${exercise}`
}

/** The address of a kept run. */
export function pathOfRun(id: string): string {
  return `/run/${id}`
}
