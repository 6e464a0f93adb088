import { GoState, StopWord } from '@sandbox/protocol'
import { clampWindow } from '../window.ts'
import { boundsOf } from './bounds.ts'
import { firstAfter, formatNs, isOfRuntime, type Model, neighbourOf, procName } from './model.ts'
import { at, handoffDuring, spanDuring } from './story.ts'
import { around, idOf, lengthOf, moves, type TourStep, text } from './tour-step.ts'

/** What this trace has besides, one example each, and what it has not. `stealing` tells that it was shown already. */
export function othersOf(model: Model, stealing: boolean): TourStep[] {
  const found: (TourStep | string)[] = [
    ...(stealing
      ? []
      : [stolen(model) ?? 'stealing: no goroutine ran on another P than on that which made it runnable']),
    stopped(model, StopWord.preempted) ??
      'preemption: nobody was interrupted; a goroutine that has kept a P for some 10 ms is asked for it with a signal',
    stopped(model, StopWord.yielded) ?? 'giving way: nobody called runtime.Gosched',
    syscall(model) ??
      'system calls: a thread that is long in the kernel loses its P, which is handed off to another thread',
    marking(model) ?? 'garbage collection: too little was allocated',
  ]
  const steps = found.filter((one) => typeof one !== 'string')
  const missing = found.filter((one) => typeof one === 'string')
  if (missing.length === 0) return steps
  const { lengthNs } = model.timeline
  const sentences = missing.map((one) => [text(`${one.charAt(0).toUpperCase()}${one.slice(1)}.`)])
  const window = { from: 0, to: lengthNs }
  return [...steps, { title: 'Not in this trace', sentences, window, row: -1, goroutines: [] }]
}

/** The longest span of a kind, by a goroutine of the tests or the code; -1 where there is none. */
function longest(model: Model, isWanted: (row: number) => boolean): number {
  const { goroutine, length } = model.timeline.spans
  let best = -1
  for (let row = 0; row < goroutine.length; row++) {
    if (!isWanted(row) || isOfRuntime(model, goroutine[row] ?? -1)) continue
    if (best < 0 || (length[row] ?? 0) > (length[best] ?? 0)) best = row
  }
  return best
}

function stolen(model: Model): TourStep | null {
  const { proc } = model.timeline.spans
  const queued = longest(model, (row) => moves(model, row))
  if (queued < 0) return null
  const again = neighbourOf(model, queued, 1)
  const [from, to] = [procName(model, proc[queued] ?? -1), procName(model, proc[again] ?? -1)]
  return {
    title: 'Work is stolen',
    sentences: [
      [
        idOf(model, again),
        text(` was made runnable on ${from}, stood in a queue for ${lengthOf(model, queued)}, and ran on ${to}.`),
      ],
      [
        text(
          'A P whose queue is empty takes half of another one’s: work moves to whoever has none, not the other way round.',
        ),
      ],
    ],
    window: around(model, model.begin[queued] ?? 0, model.end[again] ?? 0),
    row: again,
    goroutines: [model.timeline.spans.goroutine[again] ?? -1],
  }
}

function stopped(model: Model, word: (typeof StopWord)[keyof typeof StopWord]): TourStep | null {
  const { reason, stack, goroutine } = model.timeline.spans
  const wanted = model.timeline.texts.indexOf(word)
  if (wanted < 0) return null
  const queued = longest(model, (row) => reason[row] === wanted)
  const run = queued < 0 ? -1 : neighbourOf(model, queued, -1)
  if (run < 0) return null
  const count = reason.filter((one, row) => one === wanted && !isOfRuntime(model, goroutine[row] ?? -1)).length
  const times = count === 1 ? 'once' : `${count} times`
  const isPreempted = word === StopWord.preempted
  return {
    title: isPreempted ? 'The runtime takes the P away' : 'A goroutine gives way',
    sentences: [
      [
        idOf(model, run),
        text(` ran for ${lengthOf(model, run)}, then it ${word}`),
        ...at(model, stack[queued] ?? -1),
        text(`. That happened ${times} here.`),
      ],
      [
        text(
          isPreempted
            ? 'After some 10 ms, or when the collector needs everybody to stop, the runtime sends the thread a signal; the goroutine stops where it is and goes to the end of the global queue.'
            : 'It goes to the end of the global queue and is runnable all the while: it never waits for anything, and so it keeps a P busy for nothing as long as what it looks for has not happened.',
        ),
      ],
    ],
    window: around(model, model.begin[run] ?? 0, model.end[queued] ?? 0),
    row: run,
    goroutines: [goroutine[run] ?? -1],
  }
}

function syscall(model: Model): TourStep | null {
  const { state, stack, proc, goroutine, thread } = model.timeline.spans
  const isCall = (row: number) => state[row] === GoState.syscall
  const handed = new Set(
    model.timeline.handoffs.at.map((ns, index) =>
      spanDuring(model, model.timeline.handoffs.goroutine[index] ?? -1, ns),
    ),
  )
  const lost = longest(model, (row) => isCall(row) && handed.has(row))
  const row = lost >= 0 ? lost : longest(model, isCall)
  if (row < 0) return null
  const p = procName(model, proc[row] ?? -1)
  const handoff = handoffDuring(model, row)
  return {
    title: handoff < 0 ? 'A system call' : 'A P is handed off',
    sentences: [
      [
        idOf(model, row),
        text(` was in a system call for ${lengthOf(model, row)}`),
        ...at(model, stack[row] ?? -1),
        text('.'),
      ],
      [
        text(
          handoff < 0
            ? `Its thread M${thread[row]} was in the kernel, where Go code cannot run. ${p} stayed with it, because nobody else needed it, or the call was over before the runtime looked.`
            : `Its thread M${thread[row]} was in the kernel, where Go code cannot run. After ${formatNs(handoff - (model.begin[row] ?? 0))} ${p} was taken from it, so that another thread could run goroutines there.`,
        ),
      ],
    ],
    window: around(model, model.begin[row] ?? 0, model.end[row] ?? 0),
    row,
    goroutines: [goroutine[row] ?? -1],
  }
}

function marking(model: Model): TourStep | null {
  const { ranges, texts } = model.timeline
  const name = texts.indexOf('GC concurrent mark phase')
  const found = name < 0 ? -1 : ranges.name.indexOf(name)
  if (found < 0) return null
  const from = ranges.begin[found] ?? 0
  const length = ranges.length[found] ?? 0
  const during = model.procs.find((lane) => firstAfter(lane, from) < lane.rows.length)
  return {
    title: 'The collector marks',
    sentences: [
      [
        text(
          `For ${formatNs(length)} the garbage collector marked what can still be reached, while the program ran on.`,
        ),
      ],
      [
        text(
          'It takes a quarter of the Ps for its own goroutines, stops the world for moments at the begin and at the end, and makes those who allocate much help.',
        ),
      ],
    ],
    window: clampWindow({ from: from - length * 0.2, to: from + length * 1.2 }, boundsOf(model)),
    row: during?.rows[firstAfter(during, from)] ?? -1,
    goroutines: [],
  }
}
