import { useEffect } from 'react'
import { momentOf } from '../../state/interview/replay-address.ts'
import type { ReplayPlayer } from '../../state/interview/replay-player.ts'
import type { ReplayTimeline } from '../../state/interview/replay-timeline.ts'

/** Goes to the moment that the page's address asks for, and again when that changes. */
export function useAddressedMoment(player: ReplayPlayer, timeline: ReplayTimeline): void {
  useEffect(() => {
    const go = () => {
      const at = momentOf(location.hash, timeline)
      if (at !== null) player.seek(at)
    }
    go()
    window.addEventListener('hashchange', go)
    return () => window.removeEventListener('hashchange', go)
  }, [player, timeline])
}
