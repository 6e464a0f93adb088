import { type Frame, GoState, StopWord } from '@sandbox/protocol'
import {
  firstAfter,
  formatNs,
  functionOf,
  isOfRuntime,
  type Model,
  neighbourOf,
  procName,
  siteOf,
  textOf,
} from './model.ts'

/** Part of a sentence: words, a place that may be opened, or a goroutine's span that may be gone to. */
export type StoryPart =
  | { type: 'text'; text: string }
  | { type: 'place'; frame: Frame }
  | { type: 'goroutine'; id: number; row: number }

/** What a span was, what led to it and what followed: one list of parts for each sentence. */
export function storyOf(model: Model, row: number): StoryPart[][] {
  switch (model.timeline.spans.state[row]) {
    case GoState.running:
      return [ranSentence(model, row), ...before(model, row), after(model, row)]
    case GoState.waiting:
      return [waitedSentence(model, row), wokenSentence(model, row)]
    case GoState.runnable:
      return [queuedSentence(model, row), takenSentence(model, row)].filter((sentence) => sentence.length > 0)
    default:
      return [syscallSentence(model, row), after(model, row)]
  }
}

/** A story as text, for screen readers and for the pointer. */
export function plain(parts: StoryPart[]): string {
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text
      if (part.type === 'goroutine') return `goroutine ${part.id}`
      return placeWords(part.frame)
    })
    .join('')
}

export function placeWords({ file, line, origin }: Frame): string {
  if (origin === 'hidden') return file === 'hidden test' ? 'a line of a hidden test' : file
  return `${file}:${line}`
}

const text = (words: string): StoryPart => ({ type: 'text', text: words })

function who(model: Model, row: number): StoryPart {
  const goroutine = model.timeline.spans.goroutine[row] ?? -1
  return { type: 'goroutine', id: model.timeline.goroutines.id[goroutine] ?? 0, row }
}

/** ` at pool.go:31`, or nothing where the stack has no line of the run's own. */
export function at(model: Model, stack: number): StoryPart[] {
  const frame = siteOf(model, stack)
  return frame ? [text(' at '), { type: 'place', frame }] : []
}

function lengthOf(model: Model, row: number): string {
  return formatNs((model.end[row] ?? 0) - (model.begin[row] ?? 0))
}

function ranSentence(model: Model, row: number): StoryPart[] {
  const { proc, thread, goroutine } = model.timeline.spans
  const what = functionOf(model, goroutine[row] ?? -1)
  const where = `${procName(model, proc[row] ?? -1)}, which thread M${thread[row]} held`
  return [who(model, row), text(` (${what}) ran for ${lengthOf(model, row)} on ${where}.`)]
}

function before(model: Model, row: number): StoryPart[][] {
  const queued = neighbourOf(model, row, -1)
  const { state } = model.timeline.spans
  if (state[queued] === GoState.syscall) return [[text('It came straight back from a system call.')]]
  if (state[queued] !== GoState.runnable) return []
  const waited = neighbourOf(model, queued, -1)
  const taken = takenSentence(model, queued)
  const led = state[waited] === GoState.waiting ? [...waitedSentence(model, waited, 'Before that it')] : []
  const woken = state[waited] === GoState.waiting ? wokenSentence(model, waited) : []
  const queuedFor = [text(`It then stood in a run queue for ${lengthOf(model, queued)}.`)]
  return [led, woken, queuedFor, taken].filter((sentence) => sentence.length > 0)
}

/** Why a run, or a system call, ended. */
export function after(model: Model, row: number): StoryPart[] {
  const next = neighbourOf(model, row, 1)
  const { state, stack, reason } = model.timeline.spans
  switch (state[next]) {
    case GoState.waiting:
      return [
        text(`It stopped to wait for ${textOf(model, reason[next] ?? -1)}`),
        ...at(model, stack[next] ?? -1),
        text('.'),
      ]
    case GoState.syscall:
      return [text('It went into a system call'), ...at(model, stack[next] ?? -1), text('.')]
    case GoState.running:
      return [text('It came back and ran on.')]
    case GoState.runnable: {
      const why = textOf(model, reason[next] ?? -1)
      if (why === '') return [text('When it came back, its P was gone: it had to queue for another one.')]
      return [text(`It ${why}`), ...at(model, stack[next] ?? -1), text(`, and went into the global queue.`)]
    }
    default: {
      const ended = model.timeline.goroutines.ended[model.timeline.spans.goroutine[row] ?? -1] ?? -1
      return [text(ended >= 0 ? 'Then it ended.' : 'The trace ends here.')]
    }
  }
}

/** `goroutine 9 waited 1.3 ms for a receive on a channel at pool.go:31.` */
export function waitedSentence(model: Model, row: number, instead?: string): StoryPart[] {
  const { reason, stack } = model.timeline.spans
  const begin = instead === undefined ? [who(model, row)] : [text(instead)]
  const what = textOf(model, reason[row] ?? -1)
  return [...begin, text(` waited ${lengthOf(model, row)} for ${what}`), ...at(model, stack[row] ?? -1), text('.')]
}

/** `It was unblocked by goroutine 7 at pool.go:44.` */
export function wokenSentence(model: Model, waited: number): StoryPart[] {
  const next = neighbourOf(model, waited, 1)
  const { by, stack, state } = model.timeline.spans
  if (next < 0 || state[next] !== GoState.runnable) return [text('Nobody had woken it when the trace ended.')]
  const waker = by[next] ?? -1
  if (waker < 0) return [text('The runtime woke it: a timer, the network or the collector.')]
  const id = model.timeline.goroutines.id[waker] ?? 0
  const row = spanDuring(model, waker, model.begin[next] ?? 0)
  return [
    text('It was unblocked by '),
    row < 0 ? text(`goroutine ${id}`) : { type: 'goroutine', id, row },
    ...at(model, stack[next] ?? -1),
    text('.'),
  ]
}

/** What a goroutine did at a moment; -1 where the trace does not tell. */
export function spanDuring(model: Model, goroutine: number, ns: number): number {
  const lane = model.goroutines[goroutine]
  if (!lane) return -1
  const position = firstAfter(lane, ns)
  if ((lane.begin[position] ?? Number.POSITIVE_INFINITY) <= ns) return lane.rows[position] ?? -1
  return lane.rows[position - 1] ?? -1
}

function queuedSentence(model: Model, row: number): StoryPart[] {
  const { reason, stack, by, goroutine } = model.timeline.spans
  const why = textOf(model, reason[row] ?? -1)
  const begin = [who(model, row), text(` could run and waited ${lengthOf(model, row)} for a P`)]
  if (why !== '') return [...begin, text(`: it ${why}`), ...at(model, stack[row] ?? -1), text('.')]
  const waker = by[row] ?? -1
  if (waker < 0) return [...begin, text('.')]
  const { id, creator, created } = model.timeline.goroutines
  const own = goroutine[row] ?? -1
  const isNew = creator[own] === waker && created[own] === model.begin[row]
  return [
    ...begin,
    text(`: goroutine ${id[waker]} ${isNew ? 'had started it' : 'had woken it'}`),
    ...at(model, stack[row] ?? -1),
    text('.'),
  ]
}

/** Whether it ran where it was made runnable. The trace does not say from which queue it was taken. */
function takenSentence(model: Model, queued: number): StoryPart[] {
  const next = neighbourOf(model, queued, 1)
  const { state, proc } = model.timeline.spans
  if (state[next] !== GoState.running) return []
  const from = proc[queued] ?? -1
  const to = proc[next] ?? -1
  if (from < 0 || to < 0 || from === to) return []
  const [a, b] = [procName(model, from), procName(model, to)]
  // Whoever is interrupted or gives way goes into the global queue; nobody steals from that.
  if ((model.timeline.spans.reason[queued] ?? -1) >= 0) {
    return [text(`${b} took it from the global queue, into which it had gone from ${a}.`)]
  }
  return [
    text(
      `It was made runnable on ${a} and ran on ${b}: ${b} stole it from ${a}’s queue, or took it from the global one.`,
    ),
  ]
}

function syscallSentence(model: Model, row: number): StoryPart[] {
  const { stack, thread, proc } = model.timeline.spans
  const handoff = handoffDuring(model, row)
  const p = procName(model, proc[row] ?? -1)
  const kept =
    handoff < 0
      ? ` Its thread was in the kernel; ${p} waited for it, since it was back soon.`
      : ` Its thread was in the kernel, so that ${p} was handed off to another thread after ${formatNs(handoff - (model.begin[row] ?? 0))}.`
  return [
    who(model, row),
    text(` was in a system call for ${lengthOf(model, row)}`),
    ...at(model, stack[row] ?? -1),
    text(` on thread M${thread[row]}.${kept}`),
  ]
}

/** When the P of a goroutine in a system call was given away; -1 where it was not. */
export function handoffDuring({ timeline, begin, end }: Model, row: number): number {
  const { at, goroutine } = timeline.handoffs
  const own = timeline.spans.goroutine[row]
  return at.find((ns, index) => goroutine[index] === own && ns >= (begin[row] ?? 0) && ns <= (end[row] ?? 0)) ?? -1
}

/** One line for the pointer: who, what, how long. */
export function hoverWords(model: Model, row: number): string {
  const { goroutine, state, reason } = model.timeline.spans
  const g = goroutine[row] ?? -1
  const id = model.timeline.goroutines.id[g]
  const what = isOfRuntime(model, g) ? `${functionOf(model, g)}, runtime` : functionOf(model, g)
  const why = textOf(model, reason[row] ?? -1)
  const doing =
    state[row] === GoState.running
      ? 'runs'
      : state[row] === GoState.syscall
        ? 'in a system call'
        : state[row] === GoState.waiting
          ? `waits for ${why}`
          : `waits for a P${why === StopWord.preempted ? ', preempted' : ''}`
  return `goroutine ${id} · ${what} · ${doing} · ${lengthOf(model, row)}`
}
