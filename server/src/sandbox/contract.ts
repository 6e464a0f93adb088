import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, realpathSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ArtifactKind, Job, Limits, SupervisorEvent } from '@sandbox/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox, SandboxDriver, SandboxEvent } from './driver.ts'
import { formatInstance, thisInstance } from './instance.ts'
import { DEFAULT_LIMITS, lowered } from './limits.ts'
import { selfTest } from './self-test.ts'
import { remaining, tracesOf } from './testdata/traces.ts'

/** The real tree, which `npm start` and `npm test` build before any engine test. */
export const TREE = fileURLToPath(new URL('../../../.sandbox/current', import.meta.url))

/** What the suite must know of one driver beside the driver itself. */
export interface DriverUnderTest {
  create(): Promise<SandboxDriver>
  /** Ends a sandbox, the one that was opened last, behind its driver's back. */
  killFromOutside(sandbox: Sandbox): Promise<void>
  kind: 'docker' | 'bubblewrap'
  /** How the helper program makes such a driver: its arguments after the tree. */
  helper: string[]
}

type Ended = Extract<SupervisorEvent, { type: 'ended' }>
type TestJob = Extract<Job, { type: 'test' }>

interface Run {
  events: SandboxEvent[]
  ended: Ended
  stdout: string
  statuses: Map<string, string>
}

const INSTANCE = formatInstance(thisInstance())
const NEVER = new AbortController().signal

/** What both drivers promise, with the real tree and real programs. */
export function describeDriver(name: string, subject: DriverUnderTest): void {
  describe(name, () => {
    let driver: SandboxDriver
    let open: Sandbox[] = []
    const start = async () => {
      const sandbox = await driver.open(DEFAULT_LIMITS)
      open.push(sandbox)
      return sandbox
    }

    beforeAll(async () => {
      driver = await subject.create()
    })
    afterEach(async () => {
      await Promise.all(open.map((sandbox) => sandbox.destroy()))
      open = []
      expect(await tracesOf(subject.kind, INSTANCE)).toEqual([])
    })
    afterAll(async () => {
      await driver.close()
    })

    test('opens sandboxes that are usable, several at once, and destroys them without a trace', async () => {
      const sandboxes = await Promise.all([start(), start(), start()])
      expect(sandboxes.every((sandbox) => sandbox.usable)).toBe(true)
      expect(await tracesOf(subject.kind, INSTANCE)).not.toEqual([])
      const [first] = sandboxes
      await first?.destroy()
      await first?.destroy()
      await first?.gone
      expect(first?.usable).toBe(false)
    })

    test('runs a job and tells its end last and once', async () => {
      const sandbox = await start()
      const { events, ended, stdout, statuses } = await run(sandbox, testJob('clean'))
      expect(ended).toMatchObject({ outcome: 'exited', exitCode: 0, clean: true, anomalies: [] })
      expect(endsOf(events)).toHaveLength(1)
      expect(events.at(-1)).toEqual({ type: 'event', event: ended })
      expect(stdout).toContain('hello from inside')
      expect(statuses.get('TestClean')).toBe('passed')
      expect(sandbox.usable).toBe(true)
    })

    test('runs a kept binary again without a build, until the next job', async () => {
      const sandbox = await start()
      await run(sandbox, { ...testJob('clean'), keep: true })
      const again = { type: 'again', limits: DEFAULT_LIMITS, processors: 1 } as const
      for (const repetition of [await run(sandbox, again), await run(sandbox, again)]) {
        expect(repetition.ended).toMatchObject({ outcome: 'exited', exitCode: 0, clean: true, anomalies: [] })
        expect(repetition.statuses.get('TestClean')).toBe('passed')
        expect(stagesOf(repetition.events)).toEqual(['run'])
      }
      await run(sandbox, testJob('clean'))
      expect((await run(sandbox, again)).ended).toMatchObject({ outcome: 'sandbox-lost', clean: false })
      expect(sandbox.usable).toBe(false)
    })

    test('after a repetition that ran out of time it repeats once more, and takes no new job', async () => {
      const sandbox = await start()
      await run(sandbox, { ...testJob('hurried'), keep: true })
      const again = { type: 'again', limits: DEFAULT_LIMITS } as const
      const { ended } = await run(sandbox, { ...again, limits: { ...DEFAULT_LIMITS, runWallMs: 200 } })
      expect(ended).toMatchObject({ outcome: 'timeout', clean: false, anomalies: [] })
      expect([sandbox.usable, sandbox.repeatable]).toEqual([false, true])
      await expect(run(sandbox, testJob('clean'))).rejects.toThrow('cannot take a job')
      const next = await run(sandbox, again)
      expect(next.statuses.get('TestHurried')).toBe('passed')
      expect([sandbox.usable, sandbox.repeatable]).toEqual([false, true])
    })

    test('sends the files that a job asks for, of its first run and of repetitions that nobody reads', async () => {
      const sandbox = await start()
      const first = await run(sandbox, { ...testJob('clean'), keep: true, collect: ['trace'] })
      expect(collectedIn(first.events), 'a trace comes as columns').toEqual(['trace: {"'])
      expect(first.ended).toMatchObject({ clean: true, anomalies: [] })
      const collect: ArtifactKind[] = ['cpu', 'heap', 'block', 'mutex']
      const again = { type: 'again', limits: DEFAULT_LIMITS, collect, repeatMs: 50 } as const satisfies Job
      const { events, ended, stdout } = await run(sandbox, again)
      expect(collectedIn(events)).toEqual(collect.map((kind) => `${kind}: \x1f\x8b`))
      expect([stdout, ended.clean]).toEqual(['', true])
      const { events: later } = await run(sandbox, { type: 'again', limits: DEFAULT_LIMITS })
      expect(collectedIn(later), 'nothing is left of the files').toEqual([])
    })

    test('serves on after a program that stood still: the same binary, and then the next one', async () => {
      const sandbox = await start()
      const again = { type: 'again', limits: DEFAULT_LIMITS } as const
      for (const ask of [{ ...testJob('standstill'), keep: true }, again]) {
        const { ended, stdout } = await run(sandbox, ask)
        expect(ended).toMatchObject({ outcome: 'hang', signal: 'SIGKILL', clean: true, anomalies: [] })
        expect(stdout).toContain('standing still')
      }
      const next = await run(sandbox, testJob('clean'))
      expect(next.ended).toMatchObject({ outcome: 'exited', exitCode: 0, clean: true })
    })

    test('formats a file', async () => {
      const sandbox = await start()
      const file = { name: 'a.go', text: 'package  a\nfunc  f( ) { }\n', owner: 'candidate' } as const
      const { events, ended } = await run(sandbox, { type: 'format', file })
      expect(events[0]).toMatchObject({ event: { type: 'formatted', text: 'package a\n\nfunc f() {}\n' } })
      expect(ended.outcome).toBe('exited')
      for await (const event of sandbox.run({ type: 'format', file }, NEVER)) if (event.type === 'event') break
      expect(sandbox.usable, 'its text is all that a format job has to say').toBe(true)
    })

    test('passes the self-test', async () => {
      expect(await selfTest(driver, DEFAULT_LIMITS)).toEqual({ ok: true })
    })

    test('ends a cancelled job as cancelled, at once and once', async () => {
      const sandbox = await start()
      const cancelling = new AbortController()
      const seen = await run(sandbox, testJob('sleep'), {
        signal: cancelling.signal,
        onEvent: (event) => isOutput(event, 'sleeping') && cancelling.abort(),
      })
      expect(seen.ended).toMatchObject({ outcome: 'cancelled', stage: 'run', clean: false })
      expect(endsOf(seen.events)).toHaveLength(1)
      expect(sandbox.usable).toBe(false)
    })

    test('a job that was cancelled before it began is cancelled', async () => {
      const { ended, events } = await run(await start(), testJob('clean'), { signal: AbortSignal.abort() })
      expect(ended.outcome).toBe('cancelled')
      expect(events).toHaveLength(1)
    })

    test('a consumer that leaves in the middle leaves nothing running', async () => {
      const sandbox = await start()
      for await (const event of sandbox.run(testJob('sleep'), NEVER)) if (isOutput(event, 'sleeping')) break
      await sandbox.gone
      expect(sandbox.usable).toBe(false)
    })

    test('ends a program that takes too long as timeout', async () => {
      const { ended } = await run(await start(), testJob('sleep', { runWallMs: 1000 }))
      expect(ended).toMatchObject({ outcome: 'timeout', stage: 'run' })
    })

    test('ends a program that takes too much memory as out-of-memory', async () => {
      const { ended } = await run(await start(), testJob('memory', { memoryBytes: 512 * 1024 * 1024 }))
      expect(ended).toMatchObject({ outcome: 'out-of-memory', stage: 'run' })
    })

    test('ends a program that floods its output as output-limit', async () => {
      const { ended, stdout } = await run(await start(), testJob('flood'))
      expect(ended).toMatchObject({ outcome: 'output-limit', stage: 'run' })
      expect(stdout.length).toBeLessThan(4 * DEFAULT_LIMITS.outputBytes)
    })

    test('survives a program that starts itself again and again', async () => {
      const sandbox = await start()
      const { ended, events } = await run(sandbox, testJob('processes', { runWallMs: 3000 }))
      expect(endsOf(events)).toHaveLength(1)
      expect(['timeout', 'out-of-memory', 'output-limit', 'exited']).toContain(ended.outcome)
      const { statuses } = await run(await start(), testJob('clean'))
      expect(statuses.get('TestClean')).toBe('passed')
    })

    test('a sandbox that dies under its job is lost, and only that one', async () => {
      const other = await start()
      const victim = await start()
      const { ended } = await run(victim, testJob('sleep'), {
        onEvent: (event) => isOutput(event, 'sleeping') && void subject.killFromOutside(victim),
      })
      expect(ended).toMatchObject({ outcome: 'sandbox-lost', stage: 'run', clean: false })
      expect(victim.usable).toBe(false)
      expect((await run(other, testJob('clean'))).statuses.get('TestClean')).toBe('passed')
    })

    test('a sandbox that dies while waiting says so', async () => {
      const sandbox = await start()
      await subject.killFromOutside(sandbox)
      await sandbox.gone
      expect(sandbox.usable).toBe(false)
      await expect(run(sandbox, testJob('clean'))).rejects.toThrow('cannot take a job')
    })

    test('refuses a second job beside the first', async () => {
      const sandbox = await start()
      const first = sandbox.run(testJob('clean'), NEVER)[Symbol.asyncIterator]()
      await first.next()
      await expect(run(sandbox, testJob('clean'))).rejects.toThrow('cannot take a job')
      await first.return?.()
    })

    test('shows no user, capability, network, writable folder, descriptor or file of the host', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'contract-'))
      const secret = join(folder, 'secret')
      await writeFile(secret, 'secret')
      try {
        const paths = [secret, homedir(), realpathSync(TREE), '/root', '/var', '/usr/bin', '/etc/shadow']
        const text = programText('probe').replace('HOST_PATHS', paths.join(','))
        const { stdout, ended } = await run(await start(), testJob('probe', {}, text))
        expect(ended).toMatchObject({ outcome: 'exited', exitCode: 0, clean: true })
        expectConfined(stdout, paths)
      } finally {
        await rm(folder, { recursive: true })
      }
    })

    test('successive jobs find nothing of each other', async () => {
      const sandbox = await start()
      expect((await run(sandbox, testJob('plant'))).stdout).toContain('planted')
      expect(sandbox.usable).toBe(true)
      const { stdout } = await run(sandbox, testJob('search'))
      expect(linesOf(stdout, 'found:')).toEqual([])
      expect(linesOf(stdout, 'environment:')).toEqual([''])
      expect(linesOf(stdout, 'process:').sort()).toEqual(['contract.test', 'supervisor'])
      expect(sandbox.usable).toBe(true)
    })

    test('a child that outlives its program is killed, and the sandbox is not used again', async () => {
      const sandbox = await start()
      const { stdout, ended } = await run(sandbox, testJob('daemon'))
      expect(ended).toMatchObject({ outcome: 'exited', clean: false })
      expect(stdout).toContain('daemon: <nil>')
      expect(sandbox.usable).toBe(false)
    })

    test('what a killed server leaves is gone after the next sweep', async () => {
      const helper = fileURLToPath(new URL('testdata/open-and-wait.ts', import.meta.url))
      const child = spawn(process.execPath, [helper, TREE, ...subject.helper], { stdio: ['ignore', 'pipe', 'inherit'] })
      const [said] = await once(child.stdout, 'data')
      const traces = JSON.parse(String(said)) as string[]
      expect(traces.length).toBeGreaterThan(0)
      await driver.sweep()
      expect(await remaining(traces), 'a living server keeps what it has').toEqual(traces)
      child.kill('SIGKILL')
      await once(child, 'exit')
      await driver.sweep()
      await expect.poll(() => remaining(traces)).toEqual([])
    })
  })
}

function programText(name: string): string {
  return readFileSync(new URL(`testdata/${name}_test.go`, import.meta.url), 'utf8')
}

function testJob(name: string, limits: Partial<Limits> = {}, text = programText(name)): TestJob {
  return {
    type: 'test',
    importPath: 'sandbox/contract',
    goVersion: '1.26',
    files: [{ name: `${name}_test.go`, text, owner: 'judge' }],
    rules: { imports: null, strict: false },
    race: true,
    vetTests: false,
    limits: lowered(limits),
  }
}

interface RunOptions {
  signal?: AbortSignal
  onEvent?: (event: SandboxEvent) => void
}

async function run(sandbox: Sandbox, job: Job, { signal = NEVER, onEvent = () => {} }: RunOptions = {}): Promise<Run> {
  const events: SandboxEvent[] = []
  const statuses = new Map<string, string>()
  let stdout = ''
  for await (const event of sandbox.run(job, signal)) {
    events.push(event)
    if (event.type === 'bytes' && event.kind === 'stdout') stdout += event.bytes.toString()
    if (event.type === 'event' && event.event.type === 'evidence' && event.event.event === 'end') {
      statuses.set(event.event.test ?? '', event.event.status ?? '')
    }
    onEvent(event)
  }
  const ended = endsOf(events)[0]
  if (ended === undefined) throw new Error('the job did not end')
  return { events, ended, stdout, statuses }
}

function endsOf(events: SandboxEvent[]): Ended[] {
  return events.flatMap((event) => (event.type === 'event' && event.event.type === 'ended' ? [event.event] : []))
}

/** The collected files, each with the mark that its bytes begin with. */
function collectedIn(events: SandboxEvent[]): string[] {
  const bytes = events.filter((event) => event.type === 'bytes' && event.kind === 'artifact')
  const sent = bytes.reduce((sum, event) => sum + (event.type === 'bytes' ? event.bytes.length : 0), 0)
  const files = events.flatMap((event, at) => {
    if (event.type !== 'event' || event.event.type !== 'collecting') return []
    const next = events[at + 1]
    const mark = next?.type === 'bytes' ? next.bytes.toString('latin1', 0, 2) : ''
    return [`${event.event.kind}: ${mark}`]
  })
  const ends = events.flatMap((event) =>
    event.type === 'event' && event.event.type === 'collected' ? [event.event] : [],
  )
  expect(ends.reduce((sum, end) => sum + end.bytes, 0)).toBe(sent)
  expect(ends.filter(({ cut, problem }) => cut || problem)).toEqual([])
  return files
}

/** The stages that began, in order. */
function stagesOf(events: SandboxEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'event' && event.event.type === 'stage' && event.event.state === 'begin' ? [event.event.stage] : [],
  )
}

function isOutput(event: SandboxEvent, text: string): boolean {
  return event.type === 'bytes' && event.bytes.includes(text)
}

function linesOf(text: string, prefix: string): string[] {
  return text.split('\n').flatMap((line) => (line.startsWith(prefix) ? [line.slice(prefix.length).trim()] : []))
}

function expectConfined(stdout: string, paths: string[]): void {
  expect(linesOf(stdout, 'uid:')).toEqual(['65532 65532 65532'])
  for (const set of ['CapPrm:', 'CapEff:', 'CapBnd:', 'CapAmb:']) {
    expect(linesOf(stdout, set), set).toEqual(['0000000000000000'])
  }
  expect(linesOf(stdout, 'NoNewPrivs:')).toEqual(['1'])
  expect(linesOf(stdout, 'Seccomp:')).toEqual(['2'])
  expect(linesOf(stdout, 'oom score of the program:'), 'the kernel kills the program first').toEqual(['1000'])
  expect(linesOf(stdout, 'oom score of the supervisor:')).toEqual(['0'])
  expect(linesOf(stdout, 'core:')).toEqual(['<nil> 0'])
  expect(linesOf(stdout, 'dial:').map((line) => line.split(' ')[1])).toEqual(['false', 'false', 'false'])
  expect(linesOf(stdout, 'loopback:')).toEqual(['true <nil>'])
  expect(linesOf(stdout, 'writable:')).toEqual([])
  expect(Number(linesOf(stdout, 'folders:')[0])).toBeGreaterThan(5)
  const seen = linesOf(stdout, 'host:')
  expect(seen.length).toBe(paths.length + 5)
  expect(seen.filter((line) => line.endsWith('true'))).toEqual([])
  expect(linesOf(stdout, 'root:')).not.toContain('home')
  for (const line of linesOf(stdout, 'fd:'))
    expect(line).toMatch(/^\d+ (pipe:|socket:|anon_inode:|\/tmp\/|\/proc\/\d+\/fd|\/dev\/null|\/sys\/fs\/cgroup\/cpu)/)
}
