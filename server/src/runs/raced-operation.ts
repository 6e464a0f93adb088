import type { Access } from '@sandbox/protocol'
import type { Sources } from '../reports/sources.ts'
import { codeAt } from './places.ts'

/** An operation of the language or of package sync that the race detector tells as an access to memory. */
export interface Operation {
  /** `closes`, and where it is the second one told `may close`. */
  does: string
  may: string
  /** What it is done to, where no line names it. */
  what: string
  /** What it is done to, as its line names it; null where the line leaves a doubt. */
  name: string | null
  /** What comes of the two in the other order. */
  danger: string
}

type Words = Omit<Operation, 'name'> & { calls: RegExp; named: RegExp }

const OPERAND = '([A-Za-z_][\\w.]*)'

const OPERATIONS: readonly Words[] = [
  {
    calls: /^runtime\.closechan$/,
    named: new RegExp(`\\bclose\\(${OPERAND}\\)`, 'g'),
    does: 'closes',
    may: 'may close',
    what: 'a channel',
    danger: 'a send on a closed channel panics',
  },
  {
    calls: /^runtime\.chansend1?$/,
    named: new RegExp(`(?:^|[\\s{])${OPERAND} *<-`, 'g'),
    does: 'sends on',
    may: 'may send on',
    what: 'a channel',
    danger: 'a send on a closed channel panics',
  },
  {
    calls: /^sync\.\(\*WaitGroup\)\.(?:Add|Go)$/,
    named: new RegExp(`${OPERAND}\\.(?:Add|Go)\\(`, 'g'),
    does: 'adds to',
    may: 'may add to',
    what: 'a WaitGroup',
    danger: 'an Add that comes after the Wait is not waited for',
  },
  {
    calls: /^sync\.\(\*WaitGroup\)\.Wait$/,
    named: new RegExp(`${OPERAND}\\.Wait\\(\\)`, 'g'),
    does: 'waits for',
    may: 'may wait for',
    what: 'a WaitGroup',
    danger: 'an Add that comes after the Wait is not waited for',
  },
]

/** The operation by which an access was made, if the run's own code called it; null where it is a plain access. */
export function operationOf(sources: Sources, { stack, site }: Access): Operation | null {
  const called = stack.slice(0, site ? Math.max(stack.indexOf(site), 0) : 0)
  // Between the two stands at most what the race detector itself is called through.
  const words = OPERATIONS.find(({ calls }) => called.some((frame) => calls.test(frame.function)))
  if (!words || !site) return null
  const { named, calls: _, ...told } = words
  const found = [...(codeAt(sources, site) ?? '').matchAll(named)]
  return { ...told, name: found.length === 1 ? (found[0]?.[1] ?? null) : null }
}
