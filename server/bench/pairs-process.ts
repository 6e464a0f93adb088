// A process with many pairs in it, started by rooms.ts: it is told what to do and tells what came of it.
import { setTimeout as pause } from 'node:timers/promises'
import type { RunRequest } from '@sandbox/protocol'
import { Pair, type Seats } from './pair.ts'

export type Order =
  | { type: 'meet'; url: string; seats: Seats[] }
  | { type: 'type'; forMs: number; keysPerSecond: number }
  | { type: 'run'; pair: number; request: string; run: RunRequest }

export type News =
  | { type: 'met' }
  | { type: 'typed'; echoes: number[]; missing: number }
  | { type: 'ran'; request: string; verdict: string }

/** What was typed at the very end arrives within this time, in milliseconds, or counts as missing. */
const LAST_ECHO_MS = 2_000

let pairs: Pair[] = []

process.on('message', (order: Order) => {
  carryOut(order).then(tell, (error: unknown) => {
    throw error
  })
})
process.on('disconnect', () => process.exit())

async function carryOut(order: Order): Promise<News> {
  switch (order.type) {
    case 'meet':
      pairs = await Promise.all(order.seats.map((seats) => Pair.meet(order.url, seats)))
      return { type: 'met' }
    case 'type':
      return type(order)
    case 'run':
      return { type: 'ran', request: order.request, verdict: await pairOf(order.pair).run(order.request, order.run) }
  }
}

async function type({ forMs, keysPerSecond }: Extract<Order, { type: 'type' }>): Promise<News> {
  const everyMs = 1000 / keysPerSecond
  const ends = performance.now() + forMs
  const typing = async (pair: Pair, index: number) => {
    // Not all at the same moment.
    await pause((everyMs * index) / pairs.length)
    for (let next = performance.now(); next < ends; next += everyMs) {
      await pause(Math.max(0, next - performance.now()))
      pair.press()
    }
  }
  await Promise.all(pairs.map(typing))
  await pause(LAST_ECHO_MS)
  const echoes = pairs.flatMap((pair) => pair.echoes)
  const missing = pairs.reduce((sum, pair) => sum + pair.underWay, 0)
  return { type: 'typed', echoes, missing }
}

function pairOf(index: number): Pair {
  const pair = pairs[index]
  if (pair === undefined) throw new Error(`there is no pair ${index}`)
  return pair
}

function tell(news: News): void {
  process.send?.(news)
}
