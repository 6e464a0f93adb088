import type { Goroutine, Job, SupervisorEvent } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../sandbox/limits.ts'
import { Interpreter } from './interpreter.ts'

const HUB = [
  'package hub',
  'func (h *Hub) Run() {',
  '\th.mu.Lock()',
  '\tfor {',
  '\t\tselect {',
  '\t\tdefault:',
  '\t\t}',
  '\t}',
  '}',
  'func (h *Hub) Total() int {',
  '\th.mu.Lock()',
  '\treturn h.n',
  '}',
  'func (h *Hub) Send() {',
  '\th.out <- 1',
  '}',
].join('\n')
const TEST = ['package hub', 'func TestHub(t *testing.T) {', '\thub.Total()', '}'].join('\n')

const job: Extract<Job, { type: 'test' }> = {
  type: 'test',
  importPath: 'sandbox/hub',
  goVersion: '1.26',
  files: [
    { name: 'hub.go', owner: 'candidate', text: HUB },
    { name: 'hub_test.go', owner: 'judge', text: TEST },
  ],
  rules: { imports: null, strict: false },
  race: true,
  vetTests: true,
  limits: DEFAULT_LIMITS,
}

/** A stack as `runtime.Stack` writes it, innermost call first. */
function stackOf(id: number, state: Goroutine['state'], ...calls: [fn: string, file: string, line: number][]): string {
  const frames = calls.map(
    ([fn, file, line]) => `${fn.includes('.t') ? fn : `sandbox/hub.${fn}`}()\n\t${file}:${line} +0x1`,
  )
  return [`goroutine ${id} [${state}]:`, ...frames, ''].join('\n')
}

const LOCKS = 'sync.(*Mutex).Lock(...)\n\tsync/mutex.go:46\n'
function waitingFor(id: number, address: string, ...calls: [fn: string, file: string, line: number][]): string {
  const [head = '', ...rest] = stackOf(id, 'sync.Mutex.Lock', ...calls).split('\n')
  const slow = `internal/sync.(*Mutex).lockSlow(${address})\n\tinternal/sync/mutex.go:149 +0x1`
  return [head, slow, ...LOCKS.trimEnd().split('\n'), ...rest].join('\n')
}

/** What is said of tests that ran out of time with these goroutines, and what was told beside them. */
function told(stacks: string[], ...waits: string[]): string {
  const interpreter = new Interpreter({ job, now: () => 0 })
  const push = (event: SupervisorEvent) => void interpreter.push({ type: 'event', event })
  push({ type: 'plan', tests: [{ name: 'TestHub', file: 'hub_test.go', line: 2, hidden: false }], loops: [] })
  push({ type: 'evidence', event: 'start', test: 'TestHub' })
  push({ type: 'waits', text: waits.join('\n') })
  push({ type: 'dump', reason: 'timeout', state: 'begin' })
  interpreter.push({ type: 'bytes', kind: 'dump', bytes: Buffer.from(stacks.join('\n')) })
  push({ type: 'dump', reason: 'timeout', state: 'end' })
  const end = { exitCode: null, signal: 'SIGKILL', cpuMs: 0, maxRssBytes: 0, anomalies: [], clean: false }
  push({ type: 'ended', outcome: 'timeout', stage: 'run', ...end })
  return interpreter.finish().summary
}

const LATE = 'Timeout: the tests ran longer than 10 s; TestHub was still running'
const spinning = stackOf(7, 'runnable', ['(*Hub).Run', 'hub.go', 5])
const test4 = waitingFor(
  4,
  '0xa',
  ['(*Hub).Total', 'hub.go', 11],
  ['TestHub', 'hub_test.go', 3],
  ['testing.tRunner', 'testing/testing.go', 2036],
)

test('who spins with a lock that somebody waits for is told with it', () => {
  expect(told([spinning, test4], '7 holds 0xa sandbox/hub.(*Hub).Run hub.go:3')).toBe(
    `${LATE}, with a goroutine busy at hub.go:5; goroutine 4 waits for \`h.mu\` at hub.go:11, which goroutine 7 has locked at hub.go:3.`,
  )
})

test('where nobody knows who holds the lock, who spins is told alone', () => {
  expect(told([spinning, test4])).toBe(`${LATE}, with a goroutine busy at hub.go:5.`)
})

test('several that spin are counted, and their lines are named once', () => {
  const other = stackOf(9, 'running', ['(*Hub).Run', 'hub.go', 5])
  expect(told([spinning, other])).toBe(`${LATE}, with 2 goroutines busy at hub.go:5.`)
})

test('goroutines that wait for each other’s locks are told as the circle that they are', () => {
  const other = waitingFor(7, '0xb', ['(*Hub).Run', 'hub.go', 3])
  const holds = ['7 holds 0xa sandbox/hub.(*Hub).Run hub.go:3', '4 holds 0xb sandbox/hub.(*Hub).Total hub.go:11']
  expect(told([other, test4], ...holds)).toBe(
    `${LATE}: goroutine 7 waits for \`h.mu\` at hub.go:3, which goroutine 4 has locked at hub.go:11, and goroutine 4 waits for \`h.mu\` at hub.go:11, which goroutine 7 has locked at hub.go:3.`,
  )
})

test('the test’s own wait is told, and another one of the code that is tested', () => {
  const sending = stackOf(9, 'chan send', ['(*Hub).Send', 'hub.go', 15])
  expect(told([sending, test4])).toBe(
    `${LATE}: goroutine 4 waits for \`h.mu\` at hub.go:11, and goroutine 9 sends on \`h.out\` at hub.go:15.`,
  )
})
