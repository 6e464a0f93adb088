import type { OpenTabs } from '../state/interview/ports.ts'

/**
 * Open tabs by the Web Locks that they hold: the browser gives a lock back when its tab is gone, however it went. Null where
 * there are none: old browsers, and pages that came over plain http.
 */
export function openTabs(locks: Pick<LockManager, 'request'> | undefined): OpenTabs | null {
  if (locks === undefined) return null
  return {
    hold(name) {
      // Held until the page is gone. Where the browser refuses, ifGone is refused as well.
      locks.request(name, () => new Promise<never>(() => {})).catch(() => {})
    },
    async ifGone(name, act) {
      try {
        await locks.request(name, { ifAvailable: true }, (lock) => lock !== null && act())
      } catch {
        // What cannot be told is not done.
      }
    },
  }
}
