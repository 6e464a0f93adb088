import { SCRATCH, Slug } from '@sandbox/protocol'

export type Route = { type: 'home' } | { type: 'exercise'; slug: string } | { type: 'scratch' } | { type: 'unknown' }

/** What an address of this site opens. */
export function parseRoute(path: string): Route {
  if (path === '/') return { type: 'home' }
  if (path === '/scratch' || path === '/scratch/') return { type: 'scratch' }
  const slug = /^\/exercise\/([^/]+)\/?$/.exec(path)?.[1]
  return slug && Slug.safeParse(slug).success ? { type: 'exercise', slug } : { type: 'unknown' }
}

/** The address of an exercise or of scratch. */
export function pathOf(exercise: string): string {
  return exercise === SCRATCH ? '/scratch' : `/exercise/${exercise}`
}
