import type { Frame, Goroutine } from '@sandbox/protocol'
import type { Sources } from '../reports/sources.ts'
import { atPlace, waitOf } from './places.ts'

/** States of goroutines that wait for nobody else. */
export const AWAKE = /^(?:running|runnable|syscall|sleep|IO wait|synctest\.)/

/** The candidate's line that called what waits, where that is somebody else's. */
export function callerOf({ site, stack }: Goroutine): Frame | undefined {
  return site?.origin === 'candidate' ? undefined : stack.find(({ origin }) => origin === 'candidate')
}

/** What a goroutine that waits does, and where the candidate's code called that. */
export function doingOf(sources: Sources, goroutine: Goroutine): string {
  const { state, site } = goroutine
  const doing = state === 'sleep' ? `sleeps${site ? ` ${atPlace(site)}` : ''}` : waitOf(sources, goroutine).doing
  const caller = callerOf(goroutine)
  return caller ? `${doing}, called from ${caller.file}:${caller.line}` : doing
}
