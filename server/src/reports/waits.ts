import type { Goroutine, Hold } from '@sandbox/protocol'
import { frameOf, isOfJudge, type Sources } from './sources.ts'

/** Lines that are read of one text: our own reporter sends fewer. */
const MAX_LINES = 4000
/** Longer lines are none of our reporter's. */
const MAX_LINE_CHARS = 1000

// Format: waitLines of sandbox-images/go/evidence/waits.go.
const LINE =
  /^(\d{1,15}) (holds|reads|sends|receives|ticks|fires|left|left-reading|alone) (0x[0-9a-f]{1,16})(?: (\S+) (\S+):(\d{1,9}))?$/

/** What a dump does not show of one goroutine. `left` are locks that it held when it ended. */
export type Waits = Pick<Goroutine, 'holds' | 'selects' | 'alone'> & { left: Hold[] }

/** By goid. Who has ended is in no dump. */
export function parseWaits(sources: Sources, text: string): Map<number, Waits> {
  const waits = new Map<number, Waits>()
  for (const line of text.split('\n', MAX_LINES)) {
    const [, id, kind, address, fn, file, at] = (line.length <= MAX_LINE_CHARS && LINE.exec(line)) || []
    if (!id || !kind || !address || isOfJudge(fn ?? '')) continue
    const known = waits.get(Number(id)) ?? { holds: [], selects: [], left: [], alone: false }
    waits.set(Number(id), known)
    if (kind === 'alone') {
      known.alone = true
      continue
    }
    if (!kind.startsWith('left') && kind !== 'holds' && kind !== 'reads') {
      const timer = kind === 'ticks' || kind === 'fires' ? kind : null
      known.selects.push({ address, sends: kind === 'sends', timer })
      continue
    }
    const site = fn && file ? frameOf(sources, fn, file, Number(at)) : null
    const hold: Hold = { address, reading: kind === 'reads' || kind === 'left-reading', site }
    if (kind.startsWith('left')) known.left.push(hold)
    else known.holds.push(hold)
  }
  return waits
}

/** The goroutines of a dump with what was told of them. */
export function withWaits(goroutines: readonly Goroutine[], waits: ReadonlyMap<number, Waits>): Goroutine[] {
  return goroutines.map((goroutine) => {
    const { holds, selects, ...told } = waits.get(goroutine.id) ?? { holds: [], selects: [], alone: false }
    // Of those that not even a timer can wake the leak profile has said more.
    const alone = told.alone && !goroutine.leaked
    const [only] = selects
    // Who waits to write an RWMutex has its inner lock already, and does not hold the whole.
    if (goroutine.state === 'sync.RWMutex.Lock') {
      const whole = holds.filter(({ address, reading }) => reading || address !== goroutine.waitsFor)
      return { ...goroutine, holds: whole, selects, alone }
    }
    // Outside of a select there is one channel, and this is it.
    if (only && /^chan /.test(goroutine.state))
      return { ...goroutine, holds, selects: [], waitsFor: only.address, alone }
    return { ...goroutine, holds, selects, alone }
  })
}
