import { fileURLToPath } from 'node:url'
import type { RunRequest, VerdictEvent } from '@sandbox/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { detailOf, loadCatalogue, loadSolutions, solutionsOf, summaryOf } from '../exercises/catalogue.ts'
import { emptyVerdict } from '../runs/endings.ts'
import type { Shelf } from './http.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const { exercises } = await loadCatalogue(fileURLToPath(new URL('../../../exercises', import.meta.url)))
const shelf: Shelf = {
  list: () => [...exercises.values()].map(summaryOf),
  detail: (slug) => {
    const exercise = exercises.get(slug)
    return exercise === undefined ? null : detailOf(exercise)
  },
  solutions: async (slug) => {
    const exercise = exercises.get(slug)
    return exercise === undefined ? null : solutionsOf(exercise)
  },
}

let server: TestServer
let cookie: string
let next: VerdictEvent
let requests = 0

beforeEach(async () => {
  server = await startTestServer({ shelf, execute: async () => next })
  cookie = await server.cookie()
})

afterEach(() => server.stop())

const ask = (path: string, options: RequestInit = {}) =>
  fetch(`${server.base}${path}`, { ...options, headers: { cookie, ...options.headers } })

/** One run of this person, which comes to the verdict that the test wants. */
async function run(
  verdict: VerdictEvent['verdict'],
  exercise = 'hit-counter',
  more: Partial<RunRequest> = {},
): Promise<void> {
  next = emptyVerdict(verdict, verdict)
  const client = await server.connect(cookie).hello()
  const request = `request-${requests++}`
  client.run(request, exercise, more)
  // A new socket hears of its person's earlier runs first.
  const id = await client.until((messages) =>
    messages
      .flatMap((message) => (message.type === 'run' && message.run.request === request ? [message.run.id] : []))
      .at(0),
  )
  await client.story(id)
  client.socket.terminate()
}

describe('progress', () => {
  it('begins when an exercise is opened, counts its runs and says at which one it was solved', async () => {
    await ask('/api/exercises/hit-counter')
    await run('race')
    await run('cancelled')
    await run('passed')
    expect(await (await ask('/api/progress')).json()).toMatchObject([
      { exercise: 'hit-counter', runs: 2, raced: 1, solvedInRuns: 2, revealedAt: null },
    ])
  })

  it('has nothing of scratch, and nothing of another person', async () => {
    await run('passed', 'scratch')
    expect(await (await ask('/api/progress')).json()).toEqual([])
    await run('passed')
    expect(await (await fetch(`${server.base}/api/progress`)).json()).toEqual([])
  })

  it('has nothing of a run that only looks closer, which solves nothing either', async () => {
    await run('passed', 'hit-counter', { insight: 'profile' })
    expect(await (await ask('/api/progress')).json()).toEqual([])
  })

  it('is gone when its person asks for that', async () => {
    await run('passed')
    expect((await ask('/api/me', { method: 'DELETE' })).status).toBe(204)
    expect(await (await ask('/api/progress')).json()).toEqual([])
  })
})

const linesOf = (text: string) => text.split('\n').map((line) => line.trim())

describe('solutions', () => {
  it('are refused until the exercise is solved, and then complete', async () => {
    await run('race')
    expect((await ask('/api/exercises/hit-counter/solutions')).status).toBe(403)
    await run('passed')
    const solutions = await (await ask('/api/exercises/hit-counter/solutions')).json()
    expect(solutions.reference.files[0].name).toBe('hits.go')
    expect(solutions.wrong.length).toBeGreaterThanOrEqual(5)
    expect(solutions.hiddenTests.length).toBeGreaterThan(0)
  })

  it('are shown to who gives up, which is kept', async () => {
    expect((await ask('/api/exercises/hit-counter/reveal', { method: 'POST' })).status).toBe(204)
    expect((await ask('/api/exercises/hit-counter/solutions')).status).toBe(200)
    expect((await ask('/api/exercises/goroutine-leak/solutions')).status).toBe(403)
    const [progress] = await (await ask('/api/progress')).json()
    expect(progress).toMatchObject({ exercise: 'hit-counter', solvedAt: null, revealedAt: expect.any(Number) })
  })

  it('are not revealed at the wish of another site’s page', async () => {
    const headers = { origin: 'https://elsewhere.example' }
    expect((await ask('/api/exercises/hit-counter/reveal', { method: 'POST', headers })).status).toBe(403)
    expect((await ask('/api/exercises/hit-counter/solutions')).status).toBe(403)
  })

  it.each(['solutions', 'reveal'])('of an exercise that does not exist are not found (%s)', async (what) => {
    const method = what === 'reveal' ? 'POST' : 'GET'
    expect((await ask(`/api/exercises/nothing/${what}`, { method })).status).toBe(404)
  })

  it('are in no byte of what an unsolved exercise sends', async () => {
    for (const exercise of exercises.values()) {
      const { reference, wrong } = await loadSolutions(exercise)
      const secrets = [...reference.files, ...exercise.hiddenTests].map(({ text }) => text)
      const sent = await (await ask(`/api/exercises/${exercise.slug}`)).text()
      const list = await (await ask('/api/exercises')).text()
      const shown = [...exercise.starter, ...exercise.visibleTests, { text: exercise.statement }]
      const isShown = (line: string) => shown.some(({ text }) => text.includes(line))
      const lines = secrets.flatMap(linesOf).filter((line) => line.length > 30 && !isShown(line))
      const leaked = lines.filter((line) => (sent + list).includes(JSON.stringify(line).slice(1, -1)))
      expect(leaked).toEqual([])
      expect(wrong.filter(({ mistake }) => sent.includes(mistake.what))).toEqual([])
    }
  })
})
