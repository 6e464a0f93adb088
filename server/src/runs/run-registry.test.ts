import { LoggedEvent, type RunEvent, type Timeline, type VerdictEvent } from '@sandbox/protocol'
import { describe, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { emptyVerdict, PLATFORM_FAILED, RESTARTED } from './endings.ts'
import type { Execute } from './executor.ts'
import { FairQueue } from './queue.ts'
import { MAX_RUN_LOG_BYTES } from './run-log.ts'
import { type Refusal, type RegistryLimits, type Run, RunRegistry } from './run-registry.ts'

const files = [{ name: 'a.go', text: 'package a\n' }]
const passed = emptyVerdict('passed', 'Passed.')

function office(execute: Execute, limits: Partial<RegistryLimits> = {}, slots = 1) {
  const queue = new FairQueue({ slots, maxWaiting: 50 })
  const registry = new RunRegistry({ execute, queue, log: createLog('silent'), limits })
  const submit = (request: string, person = 'ann', address = 'here') =>
    registry.submit({ person, address, request, run: { exercise: 'scratch', files, snapshot: 's1' } })
  return { registry, submit, queue }
}

function accepted(answer: Run | Refusal): Run {
  if (!('log' in answer)) throw new Error(`refused: ${answer.message}`)
  return answer
}

function story(run: Run): LoggedEvent[] {
  const events: LoggedEvent[] = []
  for (let frame = run.log.frameAfter(0); frame; frame = run.log.frameAfter(events.length)) {
    events.push(LoggedEvent.parse(JSON.parse(frame.toString())))
  }
  return events
}

/** Waits until the run has its verdict, by its own notifications. */
function ended(registry: RunRegistry, run: Run, person = 'ann'): Promise<VerdictEvent> {
  return new Promise((resolve) => {
    const look = () => {
      if (run.state.type !== 'ended') return
      const last = story(run).at(-1)?.event
      if (last?.type === 'verdict') resolve(last)
    }
    registry.watch(person, { accepted: () => {}, grown: look })
    look()
  })
}

const untilAborted: Execute = (_, signal) =>
  new Promise((resolve) => {
    const stop = () => resolve(emptyVerdict('cancelled', 'Cancelled while it ran.'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
  })

describe('a run', () => {
  it('has a log without gaps that ends with its one verdict', async () => {
    const { registry, submit } = office(async (_, __, emit) => {
      emit({ type: 'started' })
      emit({ type: 'stage', stage: 'compile', state: 'begin' })
      return passed
    })
    const run = accepted(submit('r1'))
    await ended(registry, run)
    expect(story(run).map(({ seq, event }) => [seq, event.type])).toEqual([
      [1, 'started'],
      [2, 'stage'],
      [3, 'verdict'],
    ])
    expect(run.state).toEqual({ type: 'ended', verdict: 'passed' })
  })

  it('gets the time it waited and its whole time filled in, and keeps the executor’s own', async () => {
    const { registry, submit } = office(async () => ({ ...passed, timings: { ...passed.timings, link: 130 } }))
    const { timings } = await ended(registry, accepted(submit('r1')))
    expect(timings.link).toBe(130)
    expect(timings.total).toBeGreaterThan(0)
    expect(timings.total).toBeGreaterThanOrEqual(timings.queue)
  })

  const failures: [string, Execute][] = [
    ['rejects', () => Promise.reject(new Error('no engine'))],
    [
      'throws at once',
      () => {
        throw new Error('no engine')
      },
    ],
  ]
  it.each(failures)('is an internal error where the executor %s', async (_, execute) => {
    const { registry, submit, queue } = office(execute)
    const verdict = await ended(registry, accepted(submit('r1')))
    expect([verdict.verdict, verdict.summary]).toEqual(['internal-error', PLATFORM_FAILED])
    expect(queue.running).toBe(0)
  })

  it('ignores what an executor emits after its verdict, and verdicts that it emits', async () => {
    let late: ((event: RunEvent) => void) | undefined
    const { registry, submit } = office(async (_, __, emit) => {
      late = emit
      emit(passed)
      return emptyVerdict('failed', 'Failed.')
    })
    const run = accepted(submit('r1'))
    await ended(registry, run)
    late?.({ type: 'started' })
    late?.(passed)
    expect(story(run).map(({ event }) => event.type)).toEqual(['verdict'])
    expect(run.state).toEqual({ type: 'ended', verdict: 'failed' })
  })

  it('is cancelled while it waits, without ever being executed', async () => {
    const executed: string[] = []
    const { registry, submit } = office((task, signal, emit) => {
      executed.push(task.person)
      return untilAborted(task, signal, emit)
    })
    accepted(submit('r1', 'bob'))
    const waiting = accepted(submit('r2', 'ann'))
    expect(registry.cancel('ann', waiting.id)).toBe(true)
    const verdict = await ended(registry, waiting)
    expect(verdict.verdict).toBe('cancelled')
    expect(story(waiting).map(({ event }) => event.type)).toEqual(['queued', 'verdict'])
    expect(executed).toEqual(['bob'])
  })

  it('is cancelled while it runs, in the words of the executor', async () => {
    const { registry, submit } = office(untilAborted)
    const run = accepted(submit('r1'))
    registry.cancel('ann', run.id)
    expect((await ended(registry, run)).summary).toBe('Cancelled while it ran.')
    expect(registry.cancel('ann', run.id)).toBe(false)
  })

  it("is not cancelled by another person who knows the run's id", () => {
    const { registry, submit } = office(untilAborted)
    const run = accepted(submit('r1'))
    expect(registry.cancel('eve', run.id)).toBe(false)
    expect(run.state.type).not.toBe('ended')
  })

  it('keeps a verdict that came before the cancellation took effect', async () => {
    const started = Promise.withResolvers<void>()
    const { registry, submit } = office(async (_, signal) => {
      started.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return passed
    })
    const run = accepted(submit('r1'))
    await started.promise
    registry.cancel('ann', run.id)
    expect((await ended(registry, run)).verdict).toBe('passed')
  })

  it('is given up where the executor never returns, and its slot is free again', async () => {
    const { registry, submit, queue } = office(() => new Promise(() => {}), { executeMs: 5, unwindMs: 5 })
    const verdict = await ended(registry, accepted(submit('r1')))
    expect(verdict.verdict).toBe('internal-error')
    expect(verdict.summary).toContain('did not answer in time')
    expect(queue.running).toBe(0)
  })

  it('says that nobody was there where its person left', async () => {
    const { registry, submit } = office(untilAborted)
    const run = accepted(submit('r1'))
    registry.abandon('ann')
    const verdict = await ended(registry, run)
    expect([verdict.verdict, verdict.summary]).toEqual([
      'cancelled',
      'Cancelled: no page of yours was connected any more.',
    ])
  })

  it('tells a restart where the server shuts down under it', async () => {
    const { registry, submit } = office(untilAborted)
    const running = accepted(submit('r1'))
    const waiting = accepted(submit('r2'))
    await registry.shutdown()
    expect(story(running).at(-1)?.event).toMatchObject({ verdict: 'internal-error', summary: RESTARTED })
    expect(story(waiting).at(-1)?.event).toMatchObject({ verdict: 'internal-error', summary: RESTARTED })
  })

  it('cuts its output with one notice and keeps evidence and verdict', async () => {
    const chunk = 'x'.repeat(64 * 1024)
    const { registry, submit } = office(async (_, __, emit) => {
      for (let i = 0; i < 100; i++) emit({ type: 'output', stream: 'stdout', test: null, text: chunk })
      emit({ type: 'test', name: 'TestA', action: 'fail', hidden: false })
      return passed
    })
    const run = accepted(submit('r1'))
    await ended(registry, run)
    const events = story(run)
    expect(run.log.bytes).toBeLessThan(MAX_RUN_LOG_BYTES + 2 * chunk.length)
    expect(events.slice(-3).map(({ event }) => event.type)).toEqual(['output', 'test', 'verdict'])
    expect(events.at(-3)?.event).toMatchObject({ text: expect.stringContaining('not shown') })
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  })

  it('cannot fill memory with events that are no output either', async () => {
    const { registry, submit } = office(async (_, __, emit) => {
      for (let i = 0; i < 60_000; i++) emit({ type: 'test', name: `Test${i}`, action: 'run', hidden: false })
      return passed
    })
    const run = accepted(submit('r1'))
    await ended(registry, run)
    expect(run.log.bytes).toBeLessThan(4 * 1024 * 1024)
    expect(story(run).at(-1)?.event.type).toBe('verdict')
  })
})

describe('the registry', () => {
  it('lets a person have one run under way and three waiting', () => {
    const { submit } = office(untilAborted, {}, 4)
    const runs = ['r1', 'r2', 'r3', 'r4'].map((request) => accepted(submit(request)))
    expect(runs.map((run) => run.log.length > 0)).toEqual([false, true, true, true])
    expect(submit('r5')).toMatchObject({ type: 'refused', code: 'too-many-runs' })
    expect(submit('r1', 'bob')).toHaveProperty('log')
  })

  it('answers a request that is under way with its run', () => {
    const { submit } = office(untilAborted)
    expect(accepted(submit('r1'))).toBe(accepted(submit('r1')))
    expect(accepted(submit('r1', 'bob'))).not.toBe(accepted(submit('r1')))
  })

  it('caps the runs of one address, however many people it says it is', () => {
    const { submit } = office(untilAborted, { unfinishedPerAddress: 3 })
    for (const person of ['a', 'b', 'c']) accepted(submit('r1', person))
    expect(submit('r1', 'd')).toMatchObject({ code: 'too-many-runs' })
    expect(submit('r1', 'e', 'elsewhere')).toHaveProperty('log')
  })

  it('keeps the last runs of a person and only the verdict of older ones', async () => {
    const { registry, submit } = office(async () => passed, { keptPerPerson: 2 })
    const runs: Run[] = []
    for (const request of ['r1', 'r2', 'r3']) {
      const run = accepted(submit(request))
      await ended(registry, run)
      runs.push(run)
    }
    const [first, second, third] = runs
    expect(registry.runsOf('ann')).toEqual([second, third])
    const epilogue = registry.epilogue('ann', first?.id ?? '', 0)
    expect(JSON.parse(String(epilogue))).toMatchObject({ seq: 1, event: { type: 'verdict', verdict: 'passed' } })
    expect(registry.epilogue('ann', first?.id ?? '', 1)).toBeNull()
    expect(JSON.parse(String(registry.epilogue('eve', first?.id ?? '', 0)))).toMatchObject({
      event: { verdict: 'internal-error', summary: RESTARTED },
    })
  })

  it('keeps the timeline of a run as long as the run, for its person', async () => {
    const spells = { begin: [], length: [], name: [], goroutine: [], proc: [], thread: [] }
    const timeline: Timeline = {
      ...{ lengthNs: 1, cut: '', procs: [], threads: 0, texts: [], frames: [], stacks: [], tests: [] },
      spans: { begin: [], length: [], goroutine: [], state: [], proc: [], thread: [], reason: [], stack: [], by: [] },
      ...{ ranges: spells, held: spells, handoffs: { at: [], proc: [], goroutine: [] } },
      goroutines: { id: [], created: [], ended: [], creator: [], stack: [], start: [], role: [], test: [] },
    }
    const recording: Execute = async ({ keepTimeline }) => {
      keepTimeline?.(timeline)
      return passed
    }
    const { registry, submit } = office(recording, { keptPerPerson: 1 })
    const first = accepted(submit('r1'))
    await ended(registry, first)
    expect(await registry.timelineOf('ann', first.id)).not.toBeNull()
    expect(await registry.timelineOf('eve', first.id)).toBeNull()
    await ended(registry, accepted(submit('r2')))
    expect(await registry.timelineOf('ann', first.id)).toBeNull()
  })

  it('forgets old runs of everybody before it cuts the output of a new one', async () => {
    const chunk = 'x'.repeat(100_000)
    const { registry, submit } = office(
      async (_, __, emit) => {
        emit({ type: 'output', stream: 'stdout', test: null, text: chunk })
        emit({ type: 'output', stream: 'stdout', test: null, text: chunk })
        return passed
      },
      { allLogsBytes: 500_000 },
    )
    for (const person of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const run = accepted(submit('r1', person))
      await ended(registry, run, person)
      expect(run.log.bytes).toBeGreaterThan(200_000)
    }
    const kept = ['a', 'b', 'c', 'd', 'e', 'f'].filter((person) => registry.runsOf(person).length > 0)
    expect(kept).not.toContain('a')
    expect(kept).toContain('f')
  })
})
