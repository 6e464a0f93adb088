import {
  type Frame,
  GoState,
  StopWord,
  type TimelineCut,
  type TimelineProblem,
  type WaitCause,
} from '@sandbox/protocol'

/** What one span's goroutine waits for, in words, and the group that it counts for; null where it does not wait. */
export type Wait = { words: string; cause: WaitCause | null }

// The runtime's own words: traceBlockReasonStrings and traceGoStopReasonStrings of runtime/traceruntime.go.
const WAITS: Readonly<Record<string, Wait>> = {
  'chan receive': { words: 'a receive on a channel', cause: 'channel' },
  'chan send': { words: 'a send on a channel', cause: 'channel' },
  select: { words: 'a case of a select', cause: 'select' },
  'sync.(*Cond).Wait': { words: 'a Cond', cause: 'lock or wait group' },
  sleep: { words: 'a sleep to end', cause: 'sleep' },
  network: { words: 'the network', cause: 'network' },
  forever: { words: 'something that never comes', cause: 'other' },
  synctest: { words: 'the other goroutines of its bubble', cause: 'other' },
  preempted: { words: 'the runtime, which has suspended it', cause: 'other' },
  'GC mark assist wait for work': { words: 'the garbage collector', cause: 'other' },
  'GC background sweeper wait': { words: 'the garbage collector', cause: 'other' },
  'GC weak to strong wait': { words: 'the garbage collector', cause: 'other' },
  'wait until GC ends': { words: 'the garbage collector', cause: 'other' },
  'system goroutine wait': { words: 'work of the runtime', cause: 'other' },
}
const UNNAMED: Wait = { words: 'something that the runtime does not name', cause: 'other' }

/** The runtime calls all of these `sync`; the stack says which it was. */
const SYNC: readonly (readonly [prefix: string, words: string])[] = [
  ['sync.(*WaitGroup).', 'a WaitGroup'],
  ['sync.(*RWMutex).RLock', 'an RWMutex, to read'],
  ['sync.(*RWMutex).', 'an RWMutex'],
  ['sync.(*Once).', 'a Once'],
  ['sync.(*Mutex).', 'a Mutex'],
]

/** Why a goroutine is in this state. `stack` is asked for only where the reason alone does not tell. */
export function reasonWords(state: number, reason: string, stack: () => readonly Frame[]): Wait {
  switch (state) {
    case GoState.waiting:
      return reason === 'sync' ? syncWait(stack()) : (WAITS[reason] ?? UNNAMED)
    case GoState.runnable:
      return { words: stopWords(reason), cause: null }
    default:
      return { words: '', cause: state === GoState.syscall ? 'system call' : null }
  }
}

function syncWait(stack: readonly Frame[]): Wait {
  // RWMutex.Lock and Once.Do call Mutex.Lock: the outermost of them is the one that the code called.
  const inner = stack.findIndex(isOfSync)
  const caller = stack.findIndex((frame, at) => at > inner && !isOfSync(frame))
  const outermost = inner < 0 ? '' : (stack[(caller < 0 ? stack.length : caller) - 1]?.function ?? '')
  const words = SYNC.find(([prefix]) => outermost.startsWith(prefix))?.[1] ?? 'a lock'
  return { words, cause: 'lock or wait group' }
}

function isOfSync({ function: fn }: Frame): boolean {
  return fn.startsWith('sync.')
}

function stopWords(reason: string): string {
  if (reason === 'preempted') return StopWord.preempted
  return reason === 'runtime.Gosched' ? StopWord.yielded : ''
}

const CUTS: Readonly<Record<Exclude<TimelineCut, ''>, string>> = {
  events: 'more happened than is kept',
  goroutines: 'there were more goroutines than are kept',
  processors: 'there were more Ps or threads than are kept',
  clock: 'what follows has impossible times',
  broken: 'what follows cannot be read',
}

/** Why a trace is not shown to its end; empty where it is. */
export function cutSentence(cut: TimelineCut, lengthNs: number): string {
  return cut === '' ? '' : `The first ${(lengthNs / 1e6).toFixed(1)} ms are shown: ${CUTS[cut]}.`
}

const PROBLEMS: Readonly<Record<TimelineProblem | 'too-large', string>> = {
  empty: 'the run ended before its trace was written',
  'not-a-trace': 'what the run left in its place is no execution trace',
  'too-large': 'its trace comes to more than is kept',
  broken: 'its trace breaks off, as it does where a run does not come to its own end',
}

/** Why nothing of a trace is shown. */
export function problemSentence(problem: TimelineProblem | 'too-large'): string {
  return `There is no timeline: ${PROBLEMS[problem]}.`
}
