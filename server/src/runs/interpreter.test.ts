import { readdirSync, readFileSync } from 'node:fs'
import { type Job, type Limits, MAX_LEFTOVERS, RunEvent, SupervisorEvent, type Verdict } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import type { SandboxEvent } from '../sandbox/driver.ts'
import { Interpreter } from './interpreter.ts'

type TestJob = Extract<Job, { type: 'test' }>

const LIMITS: Limits = {
  buildWallMs: 10_000,
  runWallMs: 2000,
  runCpuMs: 20_000,
  memoryBytes: 1024 ** 3,
  processes: 256,
  outputBytes: 1024 ** 2,
  lineBytes: 65_536,
  workBytes: 64 * 1024 ** 2,
  workFiles: 4096,
  sourceBytes: 262_144,
  sourceFiles: 20,
}

function data(path: string): URL {
  return new URL(`testdata/${path}`, import.meta.url)
}

/** The job of a program: `hidden…` files are hidden, other tests are shown. */
function jobOf(program: string): TestJob {
  const names = readdirSync(data(`programs/${program}`))
  const files = names.map((name): TestJob['files'][number] => {
    const owner = name.startsWith('hidden') ? 'hidden' : name.endsWith('_test.go') ? 'judge' : 'candidate'
    return { name, text: readFileSync(data(`programs/${program}/${name}`), 'utf8'), owner }
  })
  const code = files.find(({ owner }) => owner === 'candidate')?.text ?? ''
  const importPath = `sandbox/${/^package (\w+)/m.exec(code)?.[1]}`
  const rules = { imports: null, strict: true }
  return { type: 'test', importPath, goVersion: '1.26', files, rules, race: true, vetTests: false, limits: LIMITS }
}

const BYTE_KINDS = ['stdout', 'stderr', 'race', 'dump'] as const

/** A recorded run: JSON events as they came, and bytes as `{"stdout": "…"}` with one character a byte. */
function recorded(program: string, chunk = Number.MAX_SAFE_INTEGER): SandboxEvent[] {
  const lines = readFileSync(data(`recorded/${program}.jsonl`), 'utf8')
    .trim()
    .split('\n')
  return lines.flatMap((line): SandboxEvent[] => {
    const value: Record<string, string> = JSON.parse(line)
    const kind = BYTE_KINDS.find((name) => name in value)
    if (!kind) return [{ type: 'event', event: SupervisorEvent.parse(value) }]
    const bytes = Buffer.from(value[kind] ?? '', 'latin1')
    const pieces: SandboxEvent[] = []
    for (let at = 0; at < bytes.length; at += chunk)
      pieces.push({ type: 'bytes', kind, bytes: bytes.subarray(at, at + chunk) })
    return pieces
  })
}

function interpret(program: string, sequence: SandboxEvent[] = recorded(program)) {
  const interpreter = new Interpreter({ job: jobOf(program), now: () => 0 })
  const events = sequence.flatMap((event) => interpreter.push(event))
  return { events, verdict: interpreter.finish() }
}

const EXPECTED: {
  program: string
  verdict: Verdict
  others?: Verdict[]
  tests: [number, number, number]
  summary: string
}[] = [
  {
    program: 'passed',
    verdict: 'passed',
    tests: [3, 0, 3],
    summary: 'Passed: 3 of 3 tests, no race seen, and no goroutine left behind.',
  },
  {
    program: 'left-over',
    verdict: 'passed',
    tests: [1, 0, 1],
    summary:
      'Passed: 1 of 1 test, no race seen, and 1 goroutine still alive at the end (asleep at fetch.go:7), not proved stuck.',
  },
  {
    program: 'left-over-many',
    verdict: 'passed',
    tests: [1, 0, 1],
    summary:
      'Passed: 1 of 1 test, no race seen, and 31 goroutines still alive at the end (one of them asleep at feed.go:9), not proved stuck.',
  },
  {
    program: 'vet-advice',
    verdict: 'passed',
    tests: [1, 0, 1],
    summary: 'Passed: 1 of 1 test, no race seen, and no goroutine left behind.',
  },
  {
    program: 'printed-panic',
    verdict: 'passed',
    tests: [1, 0, 1],
    summary: 'Passed: 1 of 1 test, no race seen, and no goroutine left behind.',
  },
  {
    program: 'race-atomic',
    verdict: 'race',
    tests: [0, 1, 1],
    summary:
      'Race: a goroutine of `Count` reads `n` at count.go:12 while another goroutine writes it with `sync/atomic.AddInt64`, and nothing orders the two.',
  },
  {
    program: 'race-atomic-line',
    verdict: 'race',
    tests: [0, 1, 1],
    summary:
      'Race: a goroutine of `Count` writes `s.hits` with `sync/atomic.AddInt64` in a call at count.go:25 while a goroutine of `Count` writes it at count.go:23, and nothing orders the two.',
  },
  {
    program: 'race-counter',
    verdict: 'race',
    tests: [1, 1, 2],
    summary:
      'Race: `Hit` writes `c.hits` at counter.go:15 while `Total` reads it at counter.go:20, and nothing orders the two.',
  },
  {
    program: 'race-global',
    verdict: 'race',
    tests: [0, 1, 1],
    summary:
      'Race: a goroutine of `TestAdd` writes `N` at global_test.go:11 while `Add` reads it at global.go:8, and nothing orders the two.',
  },
  {
    program: 'race-waitgroup',
    verdict: 'race',
    others: ['failed'],
    tests: [0, 1, 1],
    summary:
      'Race: `Hit` changes `c.hits` in two goroutines at once at counter.go:15, and nothing orders the two (and 1 more race).',
  },
  {
    program: 'race-hidden',
    verdict: 'race',
    // The test logged a line, which fails nothing.
    tests: [0, 1, 1],
    summary:
      'Race: `Hit` writes `c.pages` at counter.go:16 while `Page` reads it at counter.go:24, and nothing orders the two.',
  },
  {
    program: 'race-and-panic',
    verdict: 'race',
    others: ['panic'],
    tests: [0, 1, 1],
    summary:
      'Race: `Hit` writes `c.hits` at counter.go:15 while `Total` reads it at counter.go:20, and nothing orders the two.',
  },
  {
    program: 'race-literal',
    verdict: 'race',
    tests: [0, 1, 1],
    summary: 'Race: two goroutines of `All` change `errs` at once at first.go:12, and nothing orders the two.',
  },
  {
    program: 'leak-many',
    verdict: 'leak',
    tests: [1, 0, 1],
    summary:
      'Leak: 399 goroutines started at fetch.go:7 are still blocked sending on `out` at fetch.go:7 after the tests ended.',
  },
  {
    program: 'deadlock-channel',
    verdict: 'deadlock',
    tests: [0, 0, 1],
    summary:
      'Deadlock: TestExchange waits for ever: each of 2 goroutines sends on `with.in` at peer.go:14 and nobody receives.',
  },
  {
    program: 'deadlock-locks',
    verdict: 'deadlock',
    tests: [0, 0, 1],
    summary:
      'Deadlock: TestTransfer waits for ever: each of 2 goroutines waits for `to.mu` at peer.go:23 and nobody unlocks it.',
  },
  {
    program: 'deadlock-cycle',
    verdict: 'deadlock',
    tests: [0, 0, 1],
    summary:
      'Deadlock: TestTransfer waits for ever: goroutine 8 waits for `to.mu` at bank.go:17, which goroutine 9 has locked at bank.go:14, and goroutine 9 waits for `to.mu` at bank.go:17, which goroutine 8 has locked at bank.go:14.',
  },
  {
    program: 'deadlock-forgotten',
    verdict: 'deadlock',
    tests: [0, 0, 1],
    summary:
      'Deadlock: TestTake waits for ever: goroutine 20 waits for `v.mu` at vault.go:24, which goroutine 21 locked at vault.go:14 and did not unlock before it ended.',
  },
  {
    program: 'deadlock-synctest',
    verdict: 'deadlock',
    tests: [1, 1, 2],
    summary: 'Deadlock: TestBubble waits for ever: goroutine 18 sends on `with.in` at peer.go:14 and nobody receives.',
  },
  {
    program: 'left-synctest',
    verdict: 'deadlock',
    tests: [0, 1, 1],
    summary: 'Deadlock: TestLeft has ended, but goroutine 23 sends on `with.in` at peer.go:14 and nobody receives.',
  },
  {
    program: 'failed-bubble',
    verdict: 'failed',
    others: ['deadlock'],
    tests: [0, 1, 1],
    summary: 'Failed: 1 of 1 test failed; TestIdle at pool_test.go:12: an idle pool lives for 30s, want 1m0s.',
  },
  {
    program: 'left-sleeping',
    verdict: 'deadlock',
    tests: [0, 1, 1],
    summary: 'Deadlock: TestReap has ended, but goroutine 2 sleeps at pool_test.go:11, called from pool.go:11.',
  },
  {
    program: 'leak',
    verdict: 'leak',
    tests: [2, 0, 2],
    summary:
      'Leak: 2 goroutines started at fetch.go:7 are still blocked sending on `out` at fetch.go:7 after the tests ended.',
  },
  {
    program: 'panic-test',
    verdict: 'panic',
    tests: [1, 1, 3],
    summary: 'Panic: close of closed channel at pool.go:14, in TestCloseTwice.',
  },
  {
    program: 'panic-goroutine',
    verdict: 'panic',
    tests: [0, 0, 1],
    summary: 'Panic: send on closed channel at pool.go:18, in the goroutine started at pool_test.go:11, in TestSubmit.',
  },
  {
    program: 'panic-again',
    verdict: 'panic',
    tests: [0, 1, 1],
    summary:
      'Panic: job 3 died: runtime error: index out of range [0] with length 0 at pool.go:12, while handling the panic at pool.go:6, in TestRun.',
  },
  {
    program: 'panic-again-same',
    verdict: 'panic',
    tests: [0, 1, 1],
    summary:
      'Panic: runtime error: index out of range [0] with length 0 at pool.go:8, raised again at pool.go:16, in TestRun.',
  },
  {
    program: 'panic-again-pool',
    verdict: 'panic',
    tests: [0, 0, 1],
    summary:
      'Panic: job 0 of 1 died at pool.go:21, while handling the panic at pool.go:12: no stock, in the goroutine started at pool.go:18, in TestRun.',
  },
  {
    program: 'panic-callback',
    verdict: 'panic',
    // The panicking goroutine let its test go on, which reported its end before the process died.
    tests: [0, 0, 1],
    summary:
      'Panic: thumbnail of a text file in a hidden test, called at pool.go:8, in the goroutine started at pool.go:6, in TestJobThatPanics.',
  },
  {
    program: 'fatal-unlock',
    verdict: 'panic',
    tests: [0, 0, 1],
    summary: 'Fatal error: sync: unlock of unlocked mutex at pool.go:22, in TestUnlock.',
  },
  {
    program: 'fatal-stack',
    verdict: 'panic',
    tests: [0, 0, 1],
    summary: 'Fatal error: stack overflow at pool.go:25, in TestDeep.',
  },
  {
    program: 'failed',
    verdict: 'failed',
    tests: [1, 3, 5],
    summary:
      'Failed: 3 of 5 tests failed; TestSeats/many_buyers at pool_test.go:13: 50 buyers raced for 10 seats and 11 bookings were confirmed.',
  },
  {
    program: 'failed-example',
    verdict: 'failed',
    tests: [1, 1, 2],
    summary: 'Failed: 1 of 2 tests failed; ExampleNew: got: true want: false.',
  },
  {
    program: 'exit-three',
    verdict: 'failed',
    tests: [0, 0, 2],
    summary: 'Failed: the test process ended with exit code 3 while TestQuit was running.',
  },
  {
    program: 'main-exit',
    verdict: 'failed',
    tests: [1, 0, 1],
    summary: 'Failed: no test failed, but the test process ended with exit code 4.',
  },
  {
    program: 'race-after',
    verdict: 'race',
    tests: [1, 0, 1],
    summary:
      'Race: `TestMain` writes `shared` at pool_test.go:14 while a goroutine of `TestMain` reads it at pool_test.go:13, and nothing orders the two.',
  },
  {
    program: 'deadlock-upgrade',
    verdict: 'deadlock',
    tests: [0, 0, 1],
    summary:
      'Deadlock: TestGet waits for ever: goroutine 20 waits for `mu.Lock` at pool.go:16 and the same function read-locked it at pool.go:11: a read lock does not become a write lock.',
  },
  {
    program: 'deadlock-subtest',
    verdict: 'deadlock',
    tests: [0, 0, 1],
    summary:
      'Deadlock: TestAll/two waits for ever: goroutine 24 receives from `jobs` at pool.go:3 and nobody sends or closes it.',
  },
  {
    program: 'left-out',
    verdict: 'passed',
    tests: [1, 0, 1],
    summary:
      'Passed: 1 of 1 test, no race seen, and no goroutine left behind. pool_windows.go is left out of the build.',
  },
  {
    program: 'left-out-needed',
    verdict: 'compile-error',
    tests: [0, 0, 1],
    summary:
      'Does not compile: hits.go:1 is left out of the build: `//go:build ignore` does not hold here, and one more error.',
  },
  {
    program: 'left-out-other',
    verdict: 'compile-error',
    tests: [0, 0, 1],
    summary:
      'Does not compile: cannot use "one" (untyped string constant) as int value in return statement at pool.go:3.',
  },
  {
    program: 'compile-renamed',
    verdict: 'compile-error',
    tests: [0, 0, 2],
    summary:
      'Does not compile: c.Hit undefined (type hits.Counter has no field or method Hit, but does have unexported method hit) at hits_test.go:11, and 2 more errors.',
  },
  {
    program: 'leak-init',
    verdict: 'leak',
    tests: [1, 0, 1],
    summary:
      'Leak: 1 goroutine started at pool.go:4 is still blocked waiting in an empty select at pool.go:4 after the tests ended.',
  },
  {
    program: 'left-over-init',
    verdict: 'passed',
    tests: [1, 0, 1],
    summary:
      'Passed: 1 of 1 test, no race seen, and 1 goroutine still alive at the end (at pool.go:18), not proved stuck.',
  },
  {
    program: 'race-method',
    verdict: 'race',
    tests: [1, 1, 2],
    summary: 'Race: `Inc` changes `c.n` in two goroutines at once at pool.go:7, and nothing orders the two.',
  },
  {
    program: 'timeout-global',
    verdict: 'timeout',
    tests: [0, 0, 1],
    summary:
      'Timeout: the tests ran longer than 2 s; TestTake was still running: goroutine 20 receives from `Jobs` at pool.go:6.',
  },
  {
    program: 'timeout-main',
    verdict: 'timeout',
    tests: [0, 0, 1],
    summary:
      'Timeout: TestMain was still running after 2 s, before any test began: goroutine 1 receives from `ready` at queue_test.go:9.',
  },
  {
    program: 'timeout-main-lock',
    verdict: 'timeout',
    tests: [1, 0, 1],
    summary:
      'Timeout: TestMain was still running after 2 s, after its tests had ended: goroutine 1 waits for `mu` at queue_test.go:13.',
  },
  {
    program: 'timeout-spin',
    verdict: 'timeout',
    tests: [1, 0, 2],
    summary:
      'Timeout: the tests ran longer than 2 s; TestSpin was still running, with a goroutine busy in `Spin` at pool.go:3.',
  },
  {
    program: 'out-of-memory',
    verdict: 'out-of-memory',
    tests: [0, 0, 1],
    summary: 'Out of memory: the test process needed more than 1 GiB and was stopped.',
  },
  {
    program: 'output-limit',
    verdict: 'output-limit',
    tests: [0, 0, 1],
    summary: 'Too much output: the tests printed more than 1 MiB and were stopped.',
  },
  {
    program: 'cancelled',
    verdict: 'cancelled',
    tests: [0, 0, 1],
    summary: 'Cancelled: the run was stopped before it came to a result.',
  },
  {
    program: 'compile-error',
    verdict: 'compile-error',
    tests: [0, 0, 1],
    summary:
      'Does not compile: p.close undefined (type *Pool has no field or method close, but does have method Close) at pool.go:8, and one more error.',
  },
  {
    program: 'compile-hidden',
    verdict: 'compile-error',
    tests: [0, 0, 1],
    summary: 'Does not compile: p.Secret undefined (type *pool.Pool has no field or method Secret) in a hidden test.',
  },
  {
    program: 'syntax-error',
    verdict: 'compile-error',
    tests: [0, 0, 0],
    summary: "Does not compile: expected operand, found ')' at pool.go:4.",
  },
  {
    program: 'vet-gate',
    verdict: 'compile-error',
    tests: [0, 0, 1],
    summary: 'Does not pass vet: fmt.Printf format %s has arg n of wrong type int at pool.go:5.',
  },
  {
    program: 'rejected',
    verdict: 'rejected',
    tests: [0, 0, 0],
    summary: 'Rejected: pool.go:3: go:norace hides accesses from the race detector.',
  },
  { program: 'no-test', verdict: 'void', tests: [0, 0, 0], summary: 'No verdict: there is no test to judge by.' },
  {
    program: 'exit-raw',
    verdict: 'void',
    tests: [0, 0, 2],
    summary: 'No verdict: the process ended before TestNever ran.',
  },
  {
    program: 'forged',
    verdict: 'void',
    tests: [0, 0, 1],
    summary: 'No verdict: something other than the tests wrote to the channel on which they report.',
  },
]

test('every recorded run is expected to come to something', () => {
  const programs = readdirSync(data('recorded')).map((name) => name.replace('.jsonl', ''))
  expect(EXPECTED.map(({ program }) => program).sort()).toEqual(programs.sort())
})

describe.each(EXPECTED)('the recorded run $program', ({ program, verdict, others, tests, summary }) => {
  const [passed, failed, total] = tests
  const want = { type: 'verdict', verdict, summary, others: others ?? [], tests: { passed, failed, total } }

  test(`comes to ${verdict}`, () => {
    expect(interpret(program).verdict).toMatchObject(want)
  })

  test.each([64, 7, 1])('comes to the same in pieces of %d bytes', (size) => {
    expect(interpret(program, recorded(program, size)).verdict).toMatchObject(want)
  })

  test('gives events that the protocol knows', () => {
    const { events, verdict: end } = interpret(program)
    for (const event of [...events, end]) expect(RunEvent.parse(event)).toEqual(event)
  })

  test('shows no name, line or text of a hidden file', () => {
    const hidden = jobOf(program).files.filter(({ owner }) => owner === 'hidden')
    const { events, verdict: end } = interpret(program)
    const told = JSON.stringify([...events, end])
    for (const { name, text } of hidden) {
      expect(told).not.toContain(name)
      for (const literal of text.match(/"[^"\n]*answer[^"\n]*"/g) ?? [])
        expect(told).not.toContain(literal.slice(1, -1))
    }
  })
})

test.each([
  ['panic-again-pool', 'job 0 of 1 died\nwhile handling the panic at pool.go:12: no stock', 21],
  ['panic-again-same', 'runtime error: index out of range [0] with length 0\nraised again at pool.go:16', 8],
])(
  'the panic that is told of %s has its own line, and those of the others in its message',
  (program, message, line) => {
    const told = interpret(program).events.flatMap((event) => (event.type === 'panic' ? [event.panic] : []))
    expect(told.map((panic) => [panic.message, panic.goroutine?.site?.line])).toEqual([[message, line]])
  },
)

/** What must never come to `passed`: a recorded clean run with one thing changed. */
const SPOILED: {
  label: string
  change: (events: SandboxEvent[]) => SandboxEvent[]
  verdict: Verdict
  summary: RegExp
}[] = [
  {
    label: 'the end of a test is missing',
    change: (events) =>
      without(events, (event) => event.type === 'evidence' && event.event === 'end' && event.test === 'TestTwo'),
    verdict: 'void',
    summary: /TestTwo began and never reported its end/,
  },
  {
    label: 'the start of a test is missing',
    change: (events) =>
      without(events, (event) => event.type === 'evidence' && event.event === 'start' && event.test === 'TestTwo'),
    verdict: 'void',
    summary: /TestTwo never ran/,
  },
  {
    label: 'the final mark is missing',
    change: (events) => without(events, (event) => event.type === 'evidence' && event.event === 'finished'),
    verdict: 'void',
    summary: /without reporting that all tests were done/,
  },
  {
    label: 'the end is missing',
    change: (events) => events.slice(0, -1),
    verdict: 'internal-error',
    summary: /not your code’s fault/,
  },
  {
    label: 'the sandbox was lost',
    change: (events) => changed(events, { outcome: 'sandbox-lost' }),
    verdict: 'internal-error',
    summary: /sandbox was lost/,
  },
  {
    label: 'the race runtime counted a race whose report is lost',
    change: (events) =>
      mapped(events, (event) =>
        event.type === 'evidence' && event.event === 'finished' ? { ...event, races: 2 } : event,
      ),
    verdict: 'race',
    summary: /counted 2 races, but the report itself was lost/,
  },
  {
    label: 'a goroutine was counted as leaked',
    change: (events) =>
      mapped(events, (event) =>
        event.type === 'evidence' && event.event === 'finished' ? { ...event, leaked: 1 } : event,
      ),
    verdict: 'leak',
    summary: /1 goroutine can never end/,
  },
  {
    label: 'the exit code is 1',
    change: (events) => changed(events, { exitCode: 1 }),
    verdict: 'failed',
    summary: /no test failed, but the test process ended with exit code 1/,
  },
  {
    label: 'the process was killed by a signal nobody sent',
    change: (events) => changed(events, { exitCode: null, signal: 'SIGKILL' }),
    verdict: 'failed',
    summary: /was killed by SIGKILL/,
  },
  {
    label: 'a process was left behind',
    change: (events) => changed(events, { anomalies: ['1 processes outlived the test binary and were killed'] }),
    verdict: 'void',
    summary: /outlived the test binary/,
  },
  {
    label: 'a test reported a failure although the process exits with 0',
    change: (events) =>
      mapped(events, (event) =>
        event.type === 'evidence' && event.test === 'TestTwo' && event.status ? { ...event, status: 'failed' } : event,
      ),
    verdict: 'failed',
    summary: /1 of 3 tests failed/,
  },
  {
    label: 'it was out of time',
    change: (events) => changed(events, { outcome: 'timeout' }),
    verdict: 'timeout',
    summary: /longer than 2 s/,
  },
  {
    label: 'the build was out of time',
    change: (events) => changed(events, { outcome: 'timeout', stage: 'link' }),
    verdict: 'timeout',
    summary: /the build took longer than 10 s and was stopped in its link step/,
  },
]

type Change = Partial<Extract<SupervisorEvent, { type: 'ended' }>>

function mapped(events: SandboxEvent[], change: (event: SupervisorEvent) => SupervisorEvent): SandboxEvent[] {
  return events.map((event) => (event.type === 'event' ? { type: 'event', event: change(event.event) } : event))
}

function changed(events: SandboxEvent[], change: Change): SandboxEvent[] {
  return mapped(events, (event) => (event.type === 'ended' ? { ...event, ...change } : event))
}

function without(events: SandboxEvent[], drop: (event: SupervisorEvent) => boolean): SandboxEvent[] {
  return events.filter((event) => event.type !== 'event' || !drop(event.event))
}

test.each(SPOILED)('a clean run is not passed when $label', ({ change, verdict, summary }) => {
  const end = interpret('passed', change(recorded('passed'))).verdict
  expect(end).toMatchObject({ verdict, summary: expect.stringMatching(summary) })
})

test('no part of a clean run can be left out without losing the pass', () => {
  const events = recorded('passed')
  const harmless = new Set(['stage', 'ready', 'vet'])
  events.forEach((left, index) => {
    if (left.type === 'bytes' || harmless.has(left.event.type)) return
    const rest = events.filter((_, at) => at !== index)
    expect([left.event, interpret('passed', rest).verdict.verdict]).not.toEqual([left.event, 'passed'])
  })
})

test('a terminator wins over a race, which stays visible', () => {
  const sequence = changed(recorded('race-counter'), { outcome: 'out-of-memory' })
  expect(interpret('race-counter', sequence).verdict).toMatchObject({ verdict: 'out-of-memory', others: ['race'] })
})

test('a race wins over a hang, which stays visible', () => {
  const sequence = changed(recorded('race-counter'), { outcome: 'hang', exitCode: null, signal: 'SIGKILL' })
  expect(interpret('race-counter', sequence).verdict).toMatchObject({ verdict: 'race', others: ['deadlock'] })
})

test('a race is told as soon as its report is complete', () => {
  const interpreter = new Interpreter({ job: jobOf('race-counter'), now: () => 0 })
  const events = recorded('race-counter')
  const race = events.findIndex((event) => event.type === 'bytes' && event.kind === 'race')
  const told = events.slice(0, race + 1).flatMap((event) => interpreter.push(event))
  expect(told.at(-1)).toMatchObject({ type: 'race', race: { accesses: [{ kind: 'write' }, { kind: 'read' }] } })
})

test('the tests, their output and their ends are told in order', () => {
  const { events } = interpret('failed')
  const ends = events.flatMap((event) =>
    event.type === 'test' && event.action !== 'run' ? [`${event.action} ${event.name}`] : [],
  )
  expect(ends).toEqual([
    'pass TestFine',
    'pass TestSeats/ten',
    'fail TestSeats/many_buyers',
    'fail TestSeats',
    'fail TestSilent',
    'skip TestSkipped',
    'fail ExampleNew',
  ])
})

test('a hidden test is told as hidden', () => {
  const { events } = interpret('race-hidden')
  expect(events).toContainEqual({ type: 'plan', tests: [{ name: 'TestSecretPages', hidden: true }] })
  expect(events.find((event) => event.type === 'test')).toMatchObject({ name: 'TestSecretPages', hidden: true })
})

test('a test whose output never came is still told to have ended', () => {
  const silent = recorded('passed').filter((event) => event.type !== 'bytes')
  const { events, verdict } = interpret('passed', silent)
  expect(events.filter((event) => event.type === 'test').map(({ name, action }) => `${action} ${name}`)).toEqual([
    'pass TestOne',
    'pass TestTwo',
    'pass ExampleNew',
  ])
  expect(verdict.verdict).toBe('passed')
})

test('the dump of a hang shows who is blocked and where', () => {
  const { events } = interpret('deadlock-locks')
  const dump = events.find((event) => event.type === 'goroutines')
  const stuck = dump?.goroutines.filter(({ state }) => state === 'sync.Mutex.Lock') ?? []
  expect(dump?.reason).toBe('deadlock')
  expect(stuck.map(({ leaked, site }) => [leaked, site?.line])).toEqual([
    [true, 23],
    [true, 23],
  ])
})

test('a test that failed before its bubble ended still shows the goroutines that it left', () => {
  const dump = interpret('failed-bubble').events.find((event) => event.type === 'goroutines')
  expect(dump?.reason).toBe('deadlock')
  expect(dump?.goroutines).toContainEqual(expect.objectContaining({ state: 'chan receive' }))
})

test('what a test logged before its bubble ended does not make it failed', () => {
  const events = mapped(recorded('failed-bubble'), (event) =>
    event.type === 'evidence' && event.event === 'end' ? { ...event, status: 'passed' } : event,
  )
  expect(interpret('failed-bubble', events).verdict).toMatchObject({
    verdict: 'deadlock',
    summary:
      'Deadlock: TestIdle has ended, but goroutine 25 receives from `p.jobs` at pool.go:17 and nobody sends or closes it.',
  })
})

test.each([
  ['fails', 't.Errorf("50', 't.Error("and more")', 'pool_test.go:13: 50 buyers raced'],
  ['logs and then fails', 't.Logf("50', 't.Error("and more")', 'pool_test.go:14: and more'],
  ['logs why it fails', 't.Logf("50', 't.FailNow()', 'pool_test.go:13: 50 buyers raced'],
])('a test that %s is told by the line that says why', (_, first, second, told) => {
  const job = jobOf('failed')
  const files = job.files.map((file) => ({
    ...file,
    text: file.text.replace('t.Errorf("50', first).replace('t.Error("and more")', second),
  }))
  const interpreter = new Interpreter({ job: { ...job, files }, now: () => 0 })
  for (const event of recorded('failed')) interpreter.push(event)
  expect(interpreter.finish().summary).toContain(`TestSeats/many_buyers at ${told}`)
})

test('a hang on globals shows the goroutine that waits first, and nothing of the judge', () => {
  const dump = interpret('deadlock-upgrade').events.find((event) => event.type === 'goroutines')
  expect(dump?.goroutines[0]).toMatchObject({ role: 'test', state: 'sync.RWMutex.Lock', leaked: false })
  expect(JSON.stringify(dump)).not.toContain('gosandbox')
})

test('a race of wg.Go with a method has the test and the function that called it', () => {
  const race = interpret('race-method').events.find((event) => event.type === 'race')?.race
  expect(race?.test).toBe('TestInc')
  expect(race?.accesses.map(({ created }) => created?.site?.function)).toEqual(Array(2).fill('sandbox/pool.TestInc'))
})

test('a file that is only for another system is advice', () => {
  const told = interpret('left-out').events.find((event) => event.type === 'diagnostics')
  expect(told?.diagnostics).toEqual([
    {
      source: 'load',
      severity: 'advice',
      file: 'pool_windows.go',
      line: 1,
      column: 1,
      message: 'left out: its name ends in _windows, so it is only built for windows',
    },
  ])
})

test.each([
  { program: 'left-out', severity: 'advice' },
  { program: 'left-out-other', severity: 'advice' },
  { program: 'left-out-needed', severity: 'error' },
])('a file that is left out is told before what the build says, as $severity in $program', ({ program, severity }) => {
  const told = interpret(program).events.flatMap((event) => (event.type === 'diagnostics' ? event.diagnostics : []))
  expect(told[0]).toMatchObject({ source: 'load', severity, line: 1 })
  expect(told.filter(({ message }) => message.startsWith('left out'))).toHaveLength(1)
})

test('what an init started and nobody ended is left over; what TestMain started and std’s own are not', () => {
  const told = interpret('left-over-init').events.find((event) => event.type === 'leftovers')
  expect(told).toMatchObject({ total: 1, goroutines: [{ state: 'chan receive', site: { line: 18 } }] })
})

test('the goroutines of a leak are told without the others', () => {
  const dump = interpret('leak').events.find((event) => event.type === 'goroutines')
  expect(dump).toMatchObject({ reason: 'leak', total: 2 })
  expect(interpret('left-over').events.some((event) => event.type === 'goroutines')).toBe(false)
})

test('what is left over is listed with state, line and creation site, and counted where it is cut', () => {
  const leftovers = (program: string) => interpret(program).events.filter((event) => event.type === 'leftovers')
  const [told, ...more] = leftovers('left-over-many')
  expect(more).toEqual([])
  expect(told?.total).toBe(31)
  expect(told?.goroutines).toHaveLength(MAX_LEFTOVERS)
  expect(told?.goroutines).toContainEqual(
    expect.objectContaining({
      state: 'chan receive',
      leaked: false,
      site: expect.objectContaining({ file: 'feed.go', line: 14 }),
      created: expect.objectContaining({ file: 'feed_test.go', line: 6 }),
      test: 'TestFeed',
    }),
  )
  expect(leftovers('left-over')).toMatchObject([{ total: 1, goroutines: [{ state: 'sleep', created: { line: 7 } }] }])
  expect(leftovers('leak')).toEqual([])
  expect(leftovers('passed')).toEqual([])
})

test('stages are timed, and one whose end was never told until the end of the run', () => {
  let clock = 0
  const interpreter = new Interpreter({ job: jobOf('passed'), now: () => clock })
  const stage = { type: 'stage', stage: 'run' } as const
  interpreter.push({ type: 'event', event: { type: 'stage', stage: 'load', state: 'end', ms: 3 } })
  interpreter.push({ type: 'event', event: { ...stage, state: 'begin' } })
  clock = 40
  const ended = recorded('passed').filter((event) => event.type === 'event' && event.event.type === 'ended')
  for (const event of ended) interpreter.push(event)
  expect(interpreter.finish().timings).toMatchObject({ load: 3, run: 40 })
})

test('nothing that comes after the end counts', () => {
  const events = recorded('passed')
  expect(interpret('passed', [...events, ...recorded('race-counter')]).verdict.verdict).toBe('passed')
})

test('a run without a single event is nobody’s fault but ours', () => {
  expect(interpret('passed', []).verdict.verdict).toBe('internal-error')
})
