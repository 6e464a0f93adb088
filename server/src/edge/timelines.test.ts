import type { Timeline } from '@sandbox/protocol'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { emptyVerdict } from '../runs/endings.ts'
import type { Execute } from '../runs/executor.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const spells = { begin: [], length: [], name: [], goroutine: [], proc: [], thread: [] }
const TIMELINE: Timeline = {
  lengthNs: 7,
  cut: '',
  procs: [0],
  threads: 1,
  spans: { begin: [], length: [], goroutine: [], state: [], proc: [], thread: [], reason: [], stack: [], by: [] },
  ranges: spells,
  held: spells,
  handoffs: { at: [], proc: [], goroutine: [] },
  texts: [],
  frames: [],
  stacks: [],
  tests: [],
  goroutines: { id: [], created: [], ended: [], creator: [], stack: [], start: [], role: [], test: [] },
}

const recording: Execute = async ({ keepTimeline }, _, emit) => {
  keepTimeline?.(TIMELINE)
  emit({ type: 'timeline', sentence: 'Nothing happened.', totals: null })
  return emptyVerdict('passed', 'Passed.')
}

let server: TestServer

beforeEach(async () => {
  server = await startTestServer({ execute: recording })
})
afterEach(() => server.stop())

/** Lets a new person run something, and returns their cookie and the run's id. */
async function ran(): Promise<{ cookie: string; run: string }> {
  const cookie = await server.cookie()
  const client = server.connect(cookie)
  await client.hello()
  client.run('request-1')
  const { run } = await client.message('run')
  await client.story(run.id)
  client.socket.close()
  return { cookie, run: run.id }
}

const get = (run: string, headers: Record<string, string>) =>
  fetch(`${server.base}/api/runs/${run}/timeline`, { headers })

it('a person gets the timeline of a run of theirs, compressed or not', async () => {
  const { cookie, run } = await ran()
  const compressed = await get(run, { cookie, 'accept-encoding': 'gzip' })
  expect(compressed.headers.get('content-encoding')).toBe('gzip')
  expect(await compressed.json()).toEqual(TIMELINE)
  const plain = await get(run, { cookie, 'accept-encoding': 'identity' })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.json()).toEqual(TIMELINE)
})

it('nobody else gets it, and a run that left none has none', async () => {
  const { run } = await ran()
  expect((await get(run, { cookie: await server.cookie() })).status).toBe(404)
  const { cookie } = await ran()
  const other = await get('no-such-run', { cookie })
  expect(other.status).toBe(404)
  expect(await other.json()).toEqual({ error: expect.stringContaining('not kept any more') })
})
