import { randomUUID } from 'node:crypto'
import { CloseCode, foldEntries, type LoggedEntry, SectionId, type ServerMessage } from '@sandbox/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { testGuide } from '../../protocol/src/interview/test-guide.ts'
import { emptyVerdict } from '../runs/endings.ts'
import { startTestServer, type TestClient, type TestServer } from './test-server.ts'

const PRIVATE_NOTE = 'hesitates on the memory model'

let server: TestServer

beforeEach(async () => {
  const execute = async () => emptyVerdict('passed', 'All tests passed.')
  server = await startTestServer({ guide: testGuide(), execute })
})
afterEach(() => server.stop())

type Links = { interviewer: string; candidate: string }

async function make(cookie: string): Promise<Links> {
  const response = await send('POST', '/api/interviews', { cookie, body: { title: 'Senior Go', candidate: 'Mira' } })
  expect(response.status).toBe(201)
  return (await response.json()) as Links
}

type Sent = { cookie: string; body?: unknown }

function send(method: string, path: string, { cookie, body }: Sent): Promise<Response> {
  const headers = { cookie, origin: server.base, 'content-type': 'application/json' }
  return fetch(`${server.base}${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
}

async function come(cookie: string, key: string, name?: string): Promise<TestClient> {
  const client = await server.connect(cookie).hello([], key)
  if (name !== undefined) {
    await client.message('door')
    client.say({ type: 'enter', name })
  }
  return client
}

/** An interviewer and a candidate who was let in. */
async function meet() {
  const [priya, mira] = [await server.cookie(), await server.cookie()]
  const links = await make(priya)
  const interviewer = await come(priya, links.interviewer, 'Priya')
  await interviewer.message('room')
  const candidate = await come(mira, links.candidate, 'Mira')
  const { entry } = await entryOf(
    interviewer,
    'joined',
    ({ entry }) => entry.type === 'joined' && entry.role === 'candidate',
  )
  if (entry.type !== 'joined') throw new Error('nobody joined')
  act(interviewer, 1, { type: 'admitted', member: entry.member })
  await candidate.message('room')
  return { interviewer, candidate, links, cookies: { priya, mira } }
}

function act(client: TestClient, serial: number, what: unknown, id: string = randomUUID()): void {
  client.say({ type: 'act', serial, id, act: what })
}

function entriesIn(messages: ServerMessage[]): LoggedEntry[] {
  return messages.flatMap((message) => (message.type === 'entries' || message.type === 'room' ? message.entries : []))
}

function entryOf(client: TestClient, type: string, also: (entry: LoggedEntry) => boolean = () => true) {
  return client.until((messages) => entriesIn(messages).find((logged) => logged.entry.type === type && also(logged)))
}

const kept = (client: TestClient, serial: number) =>
  client.until((messages) => messages.find((message) => message.type === 'kept' && message.serial === serial))

test('a candidate waits at the door, is told who is there, and comes in when let in', async () => {
  const { candidate } = await meet()
  const doors = candidate.messages.filter((message) => message.type === 'door')
  expect(doors[0]).toMatchObject({ role: 'candidate', title: 'Senior Go', name: null, interviewers: ['Priya'] })
  expect(doors.at(-1)).toMatchObject({ name: 'Mira' })
})

test('who comes back is in at once, under the same name', async () => {
  const { links, cookies } = await meet()
  const again = await come(cookies.mira, links.candidate)
  expect(await again.message('room')).toMatchObject({ role: 'candidate', member: 'm2' })
})

test('what one types the other gets, once it is kept', async () => {
  const { interviewer, candidate } = await meet()
  act(interviewer, 2, { type: 'opened', exercise: 'hit-counter' })
  const doc = new Y.Doc()
  const seed = await candidate.message('edited')
  Y.applyUpdate(doc, Buffer.from(seed.update, 'base64'))
  const text = doc.getMap<Y.Text>('files').get('hit-counter/counter.go')
  expect(text?.toString()).toBe('package counter\n')
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  text?.insert(0, '// Mira was here\n')
  candidate.say({ type: 'edit', serial: 1, update: Buffer.from(updates[0] as Uint8Array).toString('base64') })
  await kept(candidate, 1)
  const heard = await interviewer.until((all) => all.find((one) => one.type === 'edited' && one.by === 'm2'))
  expect(heard).toMatchObject({ update: Buffer.from(updates[0] as Uint8Array).toString('base64') })
  expect(candidate.messages.filter((message) => message.type === 'edited')).toHaveLength(1)
})

test('an edit that is none is refused and changes nothing', async () => {
  const { candidate } = await meet()
  candidate.say({ type: 'edit', serial: 1, update: Buffer.from('junk').toString('base64') })
  expect(await candidate.message('dropped')).toMatchObject({ serial: 1, message: 'This is no change of a document.' })
})

test('a run of either is seen by both, and kept with the interview', async () => {
  const { interviewer, candidate, links, cookies } = await meet()
  candidate.run('r1')
  const { run } = await candidate.message('run')
  await interviewer.story(run.id)
  expect((await entryOf(interviewer, 'ran')).by).toBe('m2')
  await entryOf(candidate, 'concluded')
  await expect
    .poll(
      async () =>
        (await send('GET', `/api/interview/${links.candidate}/runs/${run.id}`, { cookie: cookies.mira })).status,
    )
    .toBe(200)
})

test('a candidate’s connection and addresses carry nothing private', async () => {
  const { interviewer, candidate, links, cookies } = await meet()
  const guide = testGuide()
  const acts = [
    { type: 'clock', action: 'start' },
    { type: 'turned', part: 'first', question: null },
    { type: 'noted', note: 'n1', text: PRIVATE_NOTE },
    { type: 'scored', section: 'go', points: 17 },
    { type: 'flagged', flag: 'clear', on: true },
    { type: 'cited', section: 'go', cite: 'c1', evidence: { type: 'moment', at: 5, words: 'secret moment' } },
  ]
  for (const [index, what] of acts.entries()) act(interviewer, index + 2, what)
  act(interviewer, 20, { type: 'fault', fault: 'slow' })
  await entryOf(candidate, 'fault')
  const again = await come(cookies.mira, links.candidate)
  await again.message('room')
  const heard = JSON.stringify([candidate.messages, again.messages])
  for (const secret of [
    PRIVATE_NOTE,
    'secret moment',
    '"scored"',
    '"noted"',
    guide.parts[0]?.questions[0]?.text ?? '?',
  ]) {
    expect(heard).not.toContain(secret)
  }
  for (const path of ['log', 'report.html', 'export']) {
    const response = await send('GET', `/api/interview/${links.candidate}/${path}`, { cookie: cookies.mira })
    expect([403, 404], path).toContain(response.status)
  }
})

test('a candidate may do nothing that is an interviewer’s', async () => {
  const { candidate } = await meet()
  act(candidate, 1, { type: 'noted', note: 'n', text: 'mine' })
  act(candidate, 2, { type: 'admitted', member: 'm2' })
  act(candidate, 3, { type: 'pasted', path: 'a/b.go', line: 1, characters: 20 })
  await candidate.until((all) => all.filter(({ type }) => type === 'dropped').length === 3 || undefined)
})

test('interviewers see each other’s scores only when both have submitted', async () => {
  const { interviewer, links } = await meet()
  const second = await come(await server.cookie(), links.interviewer, 'Jonas')
  await second.message('room')
  submitCard(interviewer, 2, 20)
  await entryOf(second, 'submitted')
  expect(entriesIn(second.messages).some(({ entry }) => entry.type === 'scored')).toBe(false)
  submitCard(second, 1, 12)
  expect((await entryOf(second, 'scored', ({ by }) => by === 'm1')).entry).toMatchObject({ points: 20 })
  expect((await entryOf(interviewer, 'scored', ({ by }) => by === 'm3')).entry).toMatchObject({ points: 12 })
})

/** Every section, Go first, and the submission: six acts in one go, as a page sends them that was offline. */
function submitCard(client: TestClient, firstSerial: number, pointsOfGo: number): void {
  const scores = SectionId.options.map((section) => ({
    ...{ type: 'scored', section },
    points: section === 'go' ? pointsOfGo : 8,
  }))
  for (const [index, one] of [...scores, { type: 'submitted', on: true }].entries())
    act(client, firstSerial + index, one)
}

const objections = (client: TestClient, count: number) =>
  client.until((all) => {
    const found = all.flatMap((one) => (one.type === 'dropped' ? [one.message] : []))
    return found.length === count ? found : undefined
  })

test('a card with a section that is not scored is not submitted, however it comes to that', async () => {
  const { interviewer } = await meet()
  act(interviewer, 2, { type: 'scored', section: 'go', points: 20 })
  act(interviewer, 3, { type: 'submitted', on: true })
  await objections(interviewer, 1)
  for (const [index, section] of SectionId.options.entries())
    act(interviewer, 4 + index, { type: 'scored', section, points: 8 })
  act(interviewer, 9, { type: 'scored', section: 'design', points: null })
  act(interviewer, 10, { type: 'submitted', on: true })
  act(interviewer, 11, { type: 'scored', section: 'design', points: 9 })
  act(interviewer, 12, { type: 'submitted', on: true })
  act(interviewer, 13, { type: 'scored', section: 'design', points: null })
  await kept(interviewer, 12)
  expect(await objections(interviewer, 3)).toEqual([
    'Every section is scored before a card is submitted.',
    'Every section is scored before a card is submitted.',
    'This card is submitted: take that back first.',
  ])
})

test('points beyond a section’s are refused', async () => {
  const { interviewer } = await meet()
  act(interviewer, 2, { type: 'scored', section: 'database', points: 11 })
  expect(await interviewer.message('dropped')).toMatchObject({ message: 'This section has at most 10 points.' })
})

test('nobody gives more of the reserve than there is', async () => {
  const { interviewer } = await meet()
  act(interviewer, 2, { type: 'reserve', part: 'first', minutes: 10 })
  await kept(interviewer, 2)
  act(interviewer, 3, { type: 'reserve', part: 'second', minutes: 6 })
  expect(await interviewer.message('dropped')).toMatchObject({ serial: 3, message: 'The reserve has 5 minutes.' })
  act(interviewer, 4, { type: 'reserve', part: 'nowhere', minutes: 1 })
  await interviewer.until((all) => all.find((one) => one.type === 'dropped' && one.serial === 4))
})

test('a new link ends the old one, and who came by it is sent away', async () => {
  const { candidate, links, cookies } = await meet()
  const renewed = await send('POST', `/api/interview/${links.interviewer}/link`, {
    cookie: cookies.priya,
    body: { hours: 2 },
  })
  const { candidateKey } = (await renewed.json()) as { candidateKey: string }
  expect(await candidate.closed).toBe(CloseCode.noEntry)
  const late = await server.connect(cookies.mira).hello([], links.candidate)
  expect(await late.closed).toBe(CloseCode.noEntry)
  const again = await come(cookies.mira, candidateKey)
  await again.message('room')
})

test('an unknown key opens nothing, and a candidate’s own none of the interviewer’s addresses', async () => {
  const cookie = await server.cookie()
  const links = await make(cookie)
  const nowhere = await server.connect(cookie).hello([], 'A'.repeat(32))
  expect(await nowhere.closed).toBe(CloseCode.noEntry)
  const deleted = await send('DELETE', `/api/interview/${links.candidate}`, { cookie, body: {} })
  expect(deleted.status).toBe(403)
  const info = await send('GET', `/api/interview/${links.candidate}`, { cookie })
  expect(await info.json()).not.toHaveProperty('candidateKey')
})

test('a deleted interview is gone for everybody', async () => {
  const { interviewer, candidate, links, cookies } = await meet()
  const deleted = await send('DELETE', `/api/interview/${links.interviewer}`, { cookie: cookies.priya, body: {} })
  expect(deleted.status).toBe(204)
  expect(await interviewer.closed).toBe(CloseCode.noEntry)
  expect(await candidate.closed).toBe(CloseCode.noEntry)
  const mine = await send('GET', '/api/interviews', { cookie: cookies.priya })
  expect(await mine.json()).toEqual([])
})

test('nobody acts, edits or runs before being let in', async () => {
  const [priya, mira] = [await server.cookie(), await server.cookie()]
  const links = await make(priya)
  const waiting = await come(mira, links.candidate, 'Mira')
  await waiting.until((all) => all.find((one) => one.type === 'door' && one.name === 'Mira'))
  act(waiting, 1, { type: 'pointed', path: 'a/b.go', line: 1 })
  waiting.run('r1')
  expect(await waiting.message('error')).toMatchObject({ code: 'not-allowed' })
  expect(waiting.messages.some(({ type }) => type === 'kept' || type === 'run')).toBe(false)
})

test('a paste that is told again by a page that came back is in the log once', async () => {
  const { interviewer, candidate, links, cookies } = await meet()
  act(interviewer, 2, { type: 'recording', recording: { pasting: true, leaving: false } })
  await entryOf(candidate, 'recording')
  const pasted = { type: 'pasted', path: 'a/b.go', line: 1, characters: 9 }
  const name = randomUUID()
  act(candidate, 1, pasted, name)
  await kept(candidate, 1)
  const again = await come(cookies.mira, links.candidate)
  act(again, 1, pasted, name)
  act(again, 2, { ...pasted, line: 2 })
  await kept(again, 2)
  await entryOf(interviewer, 'pasted', ({ entry }) => entry.type === 'pasted' && entry.line === 2)
  const told = entriesIn(interviewer.messages).flatMap(({ entry }) => (entry.type === 'pasted' ? [entry.line] : []))
  expect(told).toEqual([1, 2])
})

test.each(['', 'short', 'x'.repeat(65), 'no words: no name'])('an act by the name of "%s" is none', async (name) => {
  const { interviewer } = await meet()
  act(interviewer, 2, { type: 'noted', note: 'n1', text: 'x' }, name)
  expect(await interviewer.message('error')).toMatchObject({ code: 'bad-message' })
})

test('the clock is told to a candidate as far as it is shared', async () => {
  const { interviewer, candidate } = await meet()
  act(interviewer, 2, { type: 'clock', action: 'start' })
  const told = await candidate.until((all) => all.findLast((one) => one.type === 'time' && one.time?.running === true))
  expect(told).toMatchObject({ time: { running: true } })
  act(interviewer, 3, { type: 'shared', sharing: { clock: false, hints: 0 } })
  await candidate.until((all) => all.find((one) => one.type === 'time' && one.time === null))
})

test('an exported interview can be imported, with its runs and scores, and nothing that is broken', async () => {
  const { interviewer, links, cookies } = await meet()
  act(interviewer, 2, { type: 'opened', exercise: 'hit-counter' })
  act(interviewer, 3, { type: 'scored', section: 'go', points: 20 })
  interviewer.run('r1')
  await entryOf(interviewer, 'concluded')
  const fetchFile = async () =>
    (await (
      await send('GET', `/api/interview/${links.interviewer}/export`, { cookie: cookies.priya })
    ).json()) as Exported
  const file = await fetchFile()
  expect(file.runs).toHaveLength(1)
  const other = await server.cookie()
  const imported = await send('POST', '/api/interviews/import', { cookie: other, body: file })
  expect(imported.status).toBe(201)
  const { interviewer: key } = (await imported.json()) as Links
  const reader = await come(other, key, 'Jonas')
  const room = await reader.message('room')
  expect(room.member).toBe('m3')
  expect(entriesIn(reader.messages).map(({ entry }) => entry.type)).toEqual(
    expect.arrayContaining(['scored', 'concluded']),
  )
  const report = await send('GET', `/api/interview/${key}/report.md`, { cookie: other })
  expect(await report.text()).toContain('20')
  const broken = { ...file, entries: file.entries.map((one) => (one.entry.type === 'edited' ? junkEdit(one) : one)) }
  const refused = await send('POST', '/api/interviews/import', { cookie: other, body: broken })
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ error: expect.stringMatching(/^entries\[\d+\]\.entry\.update: /) })
})

type Exported = { entries: LoggedEntry[]; runs: unknown[] }

function junkEdit(logged: LoggedEntry): LoggedEntry {
  return { ...logged, entry: { type: 'edited', update: Buffer.from('junk').toString('base64') } }
}

test('the candidate’s copy of the report says nothing private', async () => {
  const { interviewer, links, cookies } = await meet()
  act(interviewer, 2, { type: 'noted', note: 'n1', text: PRIVATE_NOTE })
  await kept(interviewer, 2)
  for (const format of ['html', 'md', 'json']) {
    const path = `/api/interview/${links.interviewer}/report.${format}`
    const whole = await (await send('GET', path, { cookie: cookies.priya })).text()
    const copy = await (await send('GET', `${path}?copy=candidate`, { cookie: cookies.priya })).text()
    expect(whole, format).toContain(PRIVATE_NOTE)
    expect(copy, format).not.toContain(PRIVATE_NOTE)
  }
})

test('who is forgotten leaves no interview behind', async () => {
  const cookie = await server.cookie()
  const links = await make(cookie)
  expect((await send('DELETE', '/api/me', { cookie })).status).toBe(204)
  expect((await send('GET', `/api/interview/${links.candidate}`, { cookie })).status).toBe(404)
})

test('a page of an interview may say more than another: every keystroke is a message', async () => {
  const { interviewer } = await meet()
  const cursor = { path: 'hit-counter/counter.go', anchor: [1, 1], head: [1, 1] }
  for (let n = 0; n < 100; n++) interviewer.say({ type: 'cursor', cursor })
  act(interviewer, 2, { type: 'clock', action: 'start' })
  await kept(interviewer, 2)
})

test('a name that every object has is no name, and ends nothing', async () => {
  const { interviewer } = await meet()
  act(interviewer, 2, { type: 'ticked', question: 'constructor', point: 'x', on: true })
  expect(await interviewer.message('error')).toMatchObject({ code: 'bad-message' })
  act(interviewer, 3, { type: 'clock', action: 'start' })
  await kept(interviewer, 3)
})

test('hints belong to the exercise for which they were shared', async () => {
  const { interviewer } = await meet()
  act(interviewer, 2, { type: 'opened', exercise: 'hit-counter' })
  act(interviewer, 3, { type: 'shared', sharing: { clock: true, hints: 3 } })
  act(interviewer, 4, { type: 'opened', exercise: 'scratch', files: [] })
  await kept(interviewer, 4)
  const all = entriesIn(interviewer.messages)
  expect(foldEntries(all).sharing).toEqual({ clock: true, hints: 0 })
})

test('a candidate who clicks without a pause fills no log', async () => {
  const { candidate } = await meet()
  for (let n = 1; n <= 40; n++) act(candidate, n, { type: 'pointed', path: 'a/b.go', line: n })
  await candidate.until((all) => all.find((one) => one.type === 'dropped' && one.message === 'This is too often.'))
})

test('scores that were compared stand', async () => {
  const { interviewer, links } = await meet()
  const second = await come(await server.cookie(), links.interviewer, 'Jonas')
  await second.message('room')
  submitCard(interviewer, 2, 20)
  submitCard(second, 1, 12)
  await Promise.all([kept(second, 6), entryOf(interviewer, 'submitted', ({ by }) => by === 'm3')])
  act(interviewer, 8, { type: 'scored', section: 'go', points: 25 })
  act(interviewer, 9, { type: 'flagged', flag: 'clear', on: true })
  const dropped = await interviewer.until((all) => {
    const found = all.filter((one) => one.type === 'dropped')
    return found.length === 2 ? found : undefined
  })
  expect(dropped.map(({ serial }) => serial)).toEqual([8, 9])
})

test('who made an interview replaces the interviewers’ link, and nobody else', async () => {
  const { interviewer, links, cookies } = await meet()
  const path = `/api/interview/${links.interviewer}/interviewer-link`
  const other = await send('POST', path, { cookie: cookies.mira, body: {} })
  expect(other.status).toBe(403)
  const replaced = await send('POST', path, { cookie: cookies.priya, body: {} })
  const { interviewer: key } = (await replaced.json()) as Links
  expect(await interviewer.closed).toBe(CloseCode.noEntry)
  expect((await send('GET', `/api/interview/${links.interviewer}`, { cookie: cookies.priya })).status).toBe(404)
  await (await come(cookies.priya, key)).message('room')
})

test('many strangers at the door do not shut out who made the interview', async () => {
  const priya = await server.cookie()
  const links = await make(priya)
  for (let n = 0; n < 31; n++) {
    const stranger = await come(await server.cookie(), links.candidate, `Stranger ${n}`)
    const answer = await stranger.until((all) =>
      all.find((one) => one.type === 'door' && one.name !== null) ? 'waits' : stranger.isClosed ? 'refused' : undefined,
    )
    expect(answer).toBe(n < 30 ? 'waits' : 'refused')
    stranger.socket.terminate()
  }
  await (await come(priya, links.interviewer, 'Priya')).message('room')
})
