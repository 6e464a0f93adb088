import { GoState } from '@sandbox/protocol'
import {
  formatNs,
  functionOf,
  isOfRuntime,
  type Model,
  neighbourOf,
  positionOf,
  procName,
  siteOf,
  textOf,
} from './model.ts'
import { at, spanDuring, wokenSentence } from './story.ts'
import { othersOf } from './tour-others.ts'
import { around, idOf, lengthOf, moves, type TourStep, text } from './tour-step.ts'

/** Words first, then one goroutine's way through the scheduler, then what else happened in this trace. */
export function tourOf(model: Model): TourStep[] {
  const way = findWay(model)
  const steps = [words(model), ...(way ? wayOf(model, way) : [])]
  return [...steps, ...othersOf(model, way !== null && moves(model, way.queued))]
}

/** A run that ended in a wait, what its P did then, and how the goroutine came to run again. */
interface Way {
  run: number
  wait: number
  queued: number
  again: number
  /** Who ran next on the P that it left; -1 for nobody. */
  next: number
}

/** Spans that are looked at in search of a good example. */
const MAX_EXAMPLES = 20_000

function findWay(model: Model): Way | null {
  const { state } = model.timeline.spans
  let best: Way | null = null
  let bestScore = -1
  const most = Math.min(state.length, MAX_EXAMPLES)
  for (let run = 0; run < most; run++) {
    if (state[run] !== GoState.running || isOfRuntime(model, model.timeline.spans.goroutine[run] ?? -1)) continue
    const wait = neighbourOf(model, run, 1)
    if (wait < 0 || state[wait] !== GoState.waiting) continue
    const queued = neighbourOf(model, wait, 1)
    const again = queued < 0 ? -1 : neighbourOf(model, queued, 1)
    if (again < 0 || state[queued] !== GoState.runnable || state[again] !== GoState.running) continue
    const way = { run, wait, queued, again, next: nextOnProc(model, run) }
    const score = scoreOf(model, way)
    if (score > bestScore) [best, bestScore] = [way, score]
  }
  return best
}

/** What makes an example worth telling: places in the code, a waker that is no part of the runtime, a P that goes on, stealing. */
function scoreOf(model: Model, { run, wait, queued, again, next }: Way): number {
  const { stack, by, proc, goroutine } = model.timeline.spans
  const waker = by[queued] ?? -1
  const isOther = next >= 0 && goroutine[next] !== goroutine[run]
  return (
    (siteOf(model, stack[wait] ?? -1)?.origin === 'candidate' ? 6 : siteOf(model, stack[wait] ?? -1) ? 2 : 0) +
    (waker >= 0 && !isOfRuntime(model, waker) ? 4 : 0) +
    (siteOf(model, stack[queued] ?? -1)?.origin === 'candidate' ? 3 : 0) +
    (isOther ? 3 : 0) +
    (proc[queued] !== proc[again] ? 2 : 0)
  )
}

function nextOnProc(model: Model, run: number): number {
  const lane = model.procs[model.timeline.spans.proc[run] ?? -1]
  return lane?.rows[positionOf(lane, run) + 1] ?? -1
}

function words(model: Model): TourStep {
  const { procs, threads, goroutines, lengthNs } = model.timeline
  const own = goroutines.id.filter((_, g) => !isOfRuntime(model, g)).length
  return {
    title: 'G, M and P',
    sentences: [
      [text(`A G is a goroutine: ${own} of the tests and the code ran here.`)],
      [text(`An M is a thread of the operating system: the runtime used ${threads}.`)],
      [
        text(
          `A P is the right to run Go code, with a queue of goroutines that can run. There are ${procs.length}, as many as GOMAXPROCS says; a thread needs one to run a goroutine.`,
        ),
      ],
      [text('Each lane is a P. A bar is the time for which one goroutine ran on it, in that goroutine’s colour.')],
    ],
    window: { from: 0, to: lengthNs },
    row: -1,
    goroutines: [],
  }
}

function wayOf(model: Model, way: Way): TourStep[] {
  const { spans } = model.timeline
  const g = spans.goroutine[way.run] ?? -1
  const waker = spans.by[way.queued] ?? -1
  const focus = [g, ...(waker >= 0 && waker !== g ? [waker] : [])]
  return [
    runs(model, way, focus),
    blocks(model, way, focus),
    ...(way.next >= 0 ? [goesOn(model, way)] : []),
    woken(model, way, focus),
    runsAgain(model, way, focus),
  ]
}

function runs(model: Model, { run }: Way, goroutines: number[]): TourStep {
  const { proc, thread, goroutine } = model.timeline.spans
  const p = procName(model, proc[run] ?? -1)
  return {
    title: 'A P runs a goroutine',
    sentences: [
      [
        text(`Here ${p} runs `),
        idOf(model, run),
        text(` (${functionOf(model, goroutine[run] ?? -1)}) for ${lengthOf(model, run)}.`),
      ],
      [
        text(
          `Thread M${thread[run]} holds ${p} meanwhile. Nothing else runs on it until this goroutine stops. Whether the thread has a core all the while is for the operating system to say: the time of a P is not CPU time.`,
        ),
      ],
    ],
    window: around(model, model.begin[run] ?? 0, model.end[run] ?? 0),
    row: run,
    goroutines,
  }
}

function blocks(model: Model, { run, wait }: Way, goroutines: number[]): TourStep {
  const { stack, reason } = model.timeline.spans
  const end = model.end[run] ?? 0
  return {
    title: 'It blocks',
    sentences: [
      [
        idOf(model, run),
        text(` has to wait for ${textOf(model, reason[wait] ?? -1)}`),
        ...at(model, stack[wait] ?? -1),
        text('.'),
      ],
      [
        text(
          `It is parked for ${lengthOf(model, wait)}: its stack stays in memory, and it takes neither a P nor a thread. That is why thousands may wait.`,
        ),
      ],
    ],
    window: around(
      model,
      end,
      Math.min(model.end[wait] ?? 0, end + 2 * ((model.end[run] ?? 0) - (model.begin[run] ?? 0))),
    ),
    row: wait,
    goroutines,
  }
}

function goesOn(model: Model, { run, next }: Way): TourStep {
  const { proc, goroutine } = model.timeline.spans
  const p = procName(model, proc[run] ?? -1)
  const gap = formatNs(Math.max(0, (model.begin[next] ?? 0) - (model.end[run] ?? 0)))
  const same = goroutine[next] === goroutine[run]
  const what = same
    ? [text('the same goroutine again')]
    : [idOf(model, next), text(` (${functionOf(model, goroutine[next] ?? -1)})`)]
  return {
    title: 'The P takes the next one',
    sentences: [
      [text(`${p} does not wait. ${gap} later it runs `), ...what, text('.')],
      [
        text(
          'It looks first at the goroutine that was made runnable last here, then into its own run queue, now and then into the global queue; then it asks the network, and at last it steals half of another P’s queue.',
        ),
      ],
    ],
    window: around(model, model.begin[run] ?? 0, model.end[next] ?? 0),
    row: next,
    goroutines: [goroutine[run] ?? -1, ...(same ? [] : [goroutine[next] ?? -1])],
  }
}

function woken(model: Model, { wait, queued }: Way, goroutines: number[]): TourStep {
  const { by, proc } = model.timeline.spans
  const waker = by[queued] ?? -1
  const moment = model.begin[queued] ?? 0
  const row = waker < 0 ? queued : spanDuring(model, waker, moment)
  const p = procName(model, proc[queued] ?? -1)
  const where =
    (proc[queued] ?? -1) < 0
      ? 'It goes into a run queue'
      : `It goes into the run queue of ${p}, where that happened, as the next to run`
  return {
    title: 'Somebody wakes it',
    sentences: [
      wokenSentence(model, wait),
      [text(`${where}: after ${lengthOf(model, wait)} it can run. It does not run yet.`)],
    ],
    window: around(model, moment - 1000, (model.end[queued] ?? 0) + 1000),
    row,
    goroutines,
  }
}

function runsAgain(model: Model, { queued, again }: Way, goroutines: number[]): TourStep {
  const { proc } = model.timeline.spans
  const [from, to] = [proc[queued] ?? -1, proc[again] ?? -1]
  const moved = moves(model, queued)
  const where = moved
    ? `It was made runnable on ${procName(model, from)} and runs on ${procName(model, to)}: an idle P stole it, or found it in the global queue. The trace does not say which.`
    : `It runs on ${procName(model, to)}, where it was made runnable: that core’s caches may still hold its data.`
  return {
    title: moved ? 'Another P takes it' : 'It runs again',
    sentences: [
      [
        idOf(model, again),
        text(
          ` stood ${lengthOf(model, queued)} in a queue. That is scheduler latency: there was work, and no P had taken it yet.`,
        ),
      ],
      [text(where)],
    ],
    window: around(model, model.begin[queued] ?? 0, model.end[again] ?? 0),
    row: again,
    goroutines,
  }
}
