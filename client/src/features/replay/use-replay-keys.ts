import { useEffect } from 'react'
import type { ReplayLens } from '../../state/interview/replay-lens.ts'
import type { ReplayPlayer } from '../../state/interview/replay-player.ts'

/** What keys do anywhere on the page; the arrows belong to the scrubber, and to the code where that has the keyboard. */
export function useReplayKeys(player: ReplayPlayer, lens: ReplayLens): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyped(event.target)) return
      const act = ACTS[event.key.toLowerCase()]
      if (!act || (event.key === ' ' && isPressed(event.target))) return
      event.preventDefault()
      act(player, lens)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [player, lens])
}

const ACTS: Readonly<Record<string, (player: ReplayPlayer, lens: ReplayLens) => void>> = {
  n: (player) => player.toRun('next'),
  p: (player) => player.toRun('previous'),
  ' ': (player) => player.toggle(),
  '+': (_, lens) => lens.zoomIn(),
  // Where + is on the key of =, without Shift.
  '=': (_, lens) => lens.zoomIn(),
  '-': (_, lens) => lens.zoomOut(),
  '0': (_, lens) => lens.whole(),
}

/** What takes letters for itself: Monaco's search field does. */
function isTyped(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea:not([readonly]), select')
}

/** What Space presses already. */
function isPressed(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('button, a, input, [role=tab]')
}
