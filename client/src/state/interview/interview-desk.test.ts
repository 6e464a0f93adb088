import type { ClientMessage, Entry, ExerciseDetail, InterviewNews, LoggedEntry, ServerMessage } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, Text } from 'yjs'
import { memoryStorage } from '../testdata/memory-storage.ts'
import { hitCounter, recordedRun } from '../testdata/recorded.ts'
import { fileNamed } from '../workspace.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { InterviewDesk } from './interview-desk.ts'
import { POINTING_MS } from './people.ts'
import { MAX_LATE_MS } from './queued-act.ts'

const KEY = 'AAAAaaaa0000____----BBBBbbbb1111'
const PATH = 'hit-counter/hits.go'

const logged = (seq: number, entry: Entry, by: string | null = 'm1'): LoggedEntry => ({
  seq,
  at: seq * 1000,
  by,
  entry,
})
const MADE = logged(1, { type: 'made', title: 'Senior Go', candidate: 'Mira', alone: false, madeAt: 0 }, null)
const JONAS = logged(2, { type: 'joined', member: 'm1', name: 'Jonas', role: 'interviewer' }, null)
const MIRA = logged(3, { type: 'joined', member: 'm2', name: 'Mira', role: 'candidate' }, null)
const ADMITTED = logged(4, { type: 'admitted', member: 'm2' })
const OPENED = logged(5, { type: 'opened', exercise: 'hit-counter' })
const BEGUN = [MADE, JONAS, MIRA, ADMITTED, OPENED]

/** The server's document, with the starter in it. */
function documentOf(text = starterText()): Doc {
  const doc = new Doc()
  doc.getMap('files').set(PATH, new Text(text))
  return doc
}

function starterText(): string {
  return hitCounter().starter.find(({ name }) => name === 'hits.go')?.text ?? ''
}

function setUp({
  detail = async () => hitCounter(),
  map = new Map<string, string>(),
}: {
  detail?: (slug: string) => Promise<ExerciseDetail | null>
  map?: Map<string, string>
} = {}) {
  const sent: ClientMessage[] = []
  const timers: { ms: number; act: () => void }[] = []
  const time = { now: 50_000 }
  const startedOver: string[] = []
  const ids = { last: 0 }
  const desk = new InterviewDesk({
    source: {
      exercises: async () => [hitCounter()],
      exercise: detail,
      run: async (id) => (id === 'run-1' ? toldRun() : null),
    },
    timelines: { timeline: async () => Promise.reject(new Error('no timeline')) },
    storage: memoryStorage(map),
    tabs: null,
    clock: {
      now: () => time.now,
      random: () => 0,
      after: (ms, act) => {
        const timer = { ms, act }
        timers.push(timer)
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
      },
    },
    key: KEY,
    newId: () => `a-name-of-page-${map.size}-${++ids.last}`,
    send: (message) => sent.push(message) > 0,
    resync: () => {},
    startOver: (why) => startedOver.push(why),
  })
  const pass = (ms: number) => {
    for (const timer of timers.filter((one) => one.ms === ms)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.act()
    }
  }
  const room = async (
    server: Doc,
    { entries = BEGUN, role = 'candidate' }: { entries?: LoggedEntry[]; role?: 'candidate' | 'interviewer' } = {},
  ) => {
    desk.connectionChanged({ type: 'connected' })
    const member = role === 'candidate' ? 'm2' : 'm1'
    const document = toBase64(encodeStateAsUpdate(server))
    desk.receive({ type: 'room', role, member, at: 6000, entries, document })
    await settled()
  }
  const hear = (...news: InterviewNews[]) => {
    for (const one of news) desk.receive(one)
  }
  const text = () => {
    const workspace = desk.workspace.get()
    return workspace && fileNamed(workspace, 'hits.go')?.text
  }
  const edits = () => sent.filter((message) => message.type === 'edit')
  return { desk, sent, edits, time, pass, room, hear, text, startedOver, map }
}

const settled = () => new Promise((done) => setTimeout(done))

function toldRun(): ServerMessage[] {
  const { description, logged: events } = recordedRun('race')
  return [
    { type: 'run', run: { ...description, exercise: 'hit-counter' } },
    ...events.map((event) => ({ ...event, type: 'event' as const, run: description.id })),
  ]
}

describe('the door', () => {
  test('asks for a name, then lets one wait, and is gone inside', async () => {
    const { desk, hear, room, sent } = setUp()
    hear({ type: 'door', role: 'candidate', title: 'Senior Go', name: null, interviewers: ['Jonas'] })
    expect(desk.door.get()).toMatchObject({ name: null, interviewers: ['Jonas'] })
    desk.enter('Mira')
    expect(sent).toEqual([{ type: 'enter', name: 'Mira' }])
    hear({ type: 'door', role: 'candidate', title: 'Senior Go', name: 'Mira', interviewers: [] })
    expect([desk.door.get()?.name, desk.interview.get()]).toEqual(['Mira', null])
    await room(documentOf())
    expect(desk.door.get()).toBeNull()
    expect(desk.interview.get()?.members.map(({ name }) => name)).toEqual(['Jonas', 'Mira'])
  })
})

describe('the files', () => {
  test('are those of the document, once it has them and the exercise is there', async () => {
    const { desk, room, text, hear } = setUp()
    const server = new Doc()
    await room(server)
    expect([desk.page.get().type, text()]).toEqual(['exercise', null])
    hear({ type: 'edited', by: null, update: toBase64(encodeStateAsUpdate(documentOf('package hits'))) })
    expect(text()).toBe('package hits')
  })

  test('that others edit are edited here, and those edited here are sent; the open file is one’s own', async () => {
    const { desk, room, text, hear, edits } = setUp()
    const server = documentOf('package hits\n')
    await room(server)
    const visible = hitCounter().visibleTests[0]?.name ?? ''
    desk.editing.activateFile(visible)
    server.on('update', (update: Uint8Array) => hear({ type: 'edited', by: 'm1', update: toBase64(update) }))
    server.getMap<Text>('files').get(PATH)?.insert(0, '// theirs\n')
    expect([text(), edits().length]).toEqual(['// theirs\npackage hits\n', 0])
    desk.editing.edit('hits.go', '// theirs\npackage hits // mine\n')
    const [edit] = edits()
    if (edit) applyUpdate(server, fromBase64(edit.update))
    expect(server.getMap<Text>('files').get(PATH)?.toString()).toBe('// theirs\npackage hits // mine\n')
    expect([edits().length, desk.workspace.get()?.active]).toEqual([1, visible])
  })

  test('of an interview that is over cannot be edited', async () => {
    const { desk, room, text, edits } = setUp()
    await room(documentOf('package hits\n'), { entries: [...BEGUN, logged(6, { type: 'finished' })] })
    desk.editing.edit('hits.go', 'package other\n')
    expect([text(), edits()]).toEqual(['package hits\n', []])
    expect(desk.workspace.get()?.files.some(({ role }) => role === 'editable')).toBe(false)
  })

  test('of scratch are what the document has, and can be added, renamed and deleted', async () => {
    const { desk, room, sent } = setUp()
    const server = new Doc()
    server.getMap('files').set('scratch/b.go', new Text('package scratch'))
    await room(server, { entries: [...BEGUN, logged(6, { type: 'opened', exercise: 'scratch' })] })
    const names = () => desk.workspace.get()?.files.map(({ name }) => name)
    desk.editing.addFile('a.go')
    expect([names(), desk.workspace.get()?.active]).toEqual([['a.go', 'b.go'], 'a.go'])
    desk.editing.renameFile('b.go', 'c.go')
    desk.editing.deleteFile('a.go')
    desk.outbox.opened(null)
    expect(names()).toEqual(['c.go'])
    expect(sent.some(({ type }) => type === 'edit')).toBe(true)
  })

  test('have the answers to an exercise’s questions among them', async () => {
    const { recordedDetail } = await import('../testdata/recorded.ts')
    const asked = recordedDetail('asked')
    const { desk, room } = setUp({ detail: async () => asked })
    const server = new Doc()
    const files = server.getMap('files')
    files.set(`${asked.slug}/answers.json`, new Text('{"where":[7]}'))
    for (const { name, text, editable } of asked.starter)
      if (editable) files.set(`${asked.slug}/${name}`, new Text(text))
    await room(server, { entries: [...BEGUN, logged(6, { type: 'opened', exercise: asked.slug })] })
    expect(desk.workspace.get()?.answers).toEqual({ where: [7] })
    desk.editing.answer('what', [1])
    expect(desk.document.text(`${asked.slug}/answers.json`)?.toString()).toBe('{"what":[1],"where":[7]}')
  })
})

describe('without a connection', () => {
  test('the page goes on, and the room then gets what it lacks: text that was typed, and text that was only deleted', async () => {
    const { desk, room, edits } = setUp()
    const server = documentOf('package hits // wrong\n')
    await room(server)
    desk.connectionChanged({ type: 'waiting', attempt: 1, retryAt: 0, lostAt: 0 })
    desk.editing.edit('hits.go', 'package hits\n')
    expect(edits()).toEqual([])
    expect(desk.outbox.state.get().unkept).toBe(1)
    server.getMap<Text>('files').get(PATH)?.insert(0, '// meanwhile\n')
    await room(server)
    for (const { update } of edits()) applyUpdate(server, fromBase64(update))
    expect(server.getMap<Text>('files').get(PATH)?.toString()).toBe('// meanwhile\npackage hits\n')
  })

  test('a reload loses nothing', async () => {
    const before = setUp()
    const server = documentOf('package hits\n')
    await before.room(server)
    before.desk.connectionChanged({ type: 'waiting', attempt: 1, retryAt: 0, lostAt: 0 })
    before.desk.editing.edit('hits.go', 'package hits // offline\n')
    before.desk.leave()
    const after = setUp({ map: before.map })
    await after.desk.start()
    expect(after.map.size).toBe(1)
    await after.room(server)
    expect(after.text()).toBe('package hits // offline\n')
    for (const { update } of after.edits()) applyUpdate(server, fromBase64(update))
    expect(server.getMap<Text>('files').get(PATH)?.toString()).toBe('package hits // offline\n')
    after.hear({ type: 'kept', serial: 99 })
    expect(after.map.size).toBe(0)
  })

  test('a pause that nobody got for too long is not sent again, and its person is told', async () => {
    const { desk, room, sent, time } = setUp()
    const acts = () => sent.flatMap((message) => (message.type === 'act' ? [message.act] : []))
    await room(documentOf(), { role: 'interviewer' })
    desk.connectionChanged({ type: 'waiting', attempt: 1, retryAt: 0, lostAt: 0 })
    desk.act({ type: 'clock', action: 'pause' })
    desk.act({ type: 'noted', note: 'n1', text: 'calm' })
    time.now += MAX_LATE_MS + 1
    await room(documentOf(), { role: 'interviewer' })
    expect(acts()).toEqual([{ type: 'noted', note: 'n1', text: 'calm' }])
    expect(desk.session.get().notice).toBe(
      'Without a connection for too long, so not sent again: a turn of the clock. Look whether it was carried out before.',
    )
  })

  test('nobody is sent what they have already', async () => {
    const { room, edits } = setUp()
    const server = documentOf()
    await room(server)
    await room(server)
    expect(edits()).toEqual([])
  })
})

test('after an edit that the server does not take the page starts over, with its reason', async () => {
  const { desk, room, hear, startedOver, map } = setUp()
  await room(documentOf('package hits\n'))
  desk.editing.edit('hits.go', 'package other\n')
  hear({ type: 'dropped', serial: 1, message: 'The files together are too long.' })
  expect(startedOver).toEqual(['The files together are too long.'])
  expect([map.size, desk.session.get().notice]).toEqual([0, 'The files together are too long.'])
})

test('entries that are shown later than they were written count where they were written', async () => {
  const { desk, room, hear } = setUp()
  await room(documentOf(), { role: 'interviewer' })
  const scored = (seq: number, points: number) => logged(seq, { type: 'scored', section: 'go', points }, 'm3')
  hear({ type: 'entries', entries: [scored(9, 20)] })
  hear({ type: 'entries', entries: [scored(8, 10), scored(9, 20)] })
  expect(desk.interview.get()?.cards.m3?.points.go).toBe(20)
})

describe('the others', () => {
  test('are told where this page’s cursor stands, a few times a second, and again when the room is open again', async () => {
    const { desk, room, sent, pass } = setUp()
    await room(documentOf())
    const at = (line: number) => desk.people.moved({ path: PATH, anchor: [line, 1], head: [line, 1] })
    const told = () => sent.flatMap((message) => (message.type === 'cursor' ? (message.cursor?.head[0] ?? null) : []))
    at(1)
    at(2)
    at(3)
    expect(told()).toEqual([1])
    pass(200)
    expect(told()).toEqual([1, 3])
    pass(200)
    await room(documentOf())
    expect(told()).toEqual([1, 3, 3])
  })

  test('who point at a line are shown for a few seconds', async () => {
    const { desk, room, hear, pass, sent } = setUp()
    await room(documentOf(), { entries: [...BEGUN, logged(6, { type: 'pointed', path: PATH, line: 2 })] })
    expect(desk.people.presence.get().pointing, 'what was pointed at before is over').toEqual([])
    hear({ type: 'entries', entries: [logged(7, { type: 'pointed', path: PATH, line: 4 })] })
    expect(desk.people.presence.get().pointing).toEqual([{ by: 'm1', path: PATH, line: 4 }])
    pass(POINTING_MS)
    expect(desk.people.presence.get().pointing).toEqual([])
    desk.pointAt(7)
    expect(sent.at(-1)).toMatchObject({ type: 'act', act: { type: 'pointed', path: PATH, line: 7 } })
  })

  test('who leave are followed no longer, and their cursors are gone', async () => {
    const { desk, room, hear } = setUp()
    await room(documentOf())
    hear({ type: 'presence', members: ['m1', 'm2'] })
    hear({ type: 'cursor', member: 'm1', cursor: { path: PATH, anchor: [1, 1], head: [1, 1] } })
    desk.people.follow('m1')
    hear({ type: 'presence', members: ['m2'] })
    expect(desk.people.presence.get()).toMatchObject({ following: null, cursors: new Map() })
  })
})

describe('runs', () => {
  test('that this page has not seen are fetched: the last one after a reload, others when they are opened', async () => {
    const { desk, room } = setUp()
    const ran = (seq: number, run: string) => logged(seq, { type: 'ran', run, exercise: 'hit-counter' }, 'm2')
    const concluded = logged(8, { type: 'concluded', run: 'run-1', verdict: 'race', summary: 'Race.' }, null)
    await room(documentOf(), { entries: [...BEGUN, ran(6, 'run-0'), ran(7, 'run-1'), concluded] })
    await settled()
    expect(desk.runs.shown()?.description.id).toBe('run-1')
    expect(desk.runs.shown()?.phase.type).toBe('ended')
    await desk.openRun('run-0')
    expect(desk.session.get().notice).toBe('This run is not kept any more.')
  })
})

test('a candidate sees all hints that are shared, as soon as they are', async () => {
  const { hints } = hitCounter()
  const shares: number[] = []
  const { desk, room, hear } = setUp({
    detail: async () => {
      const shared = desk.interview.get()?.sharing.hints ?? 0
      shares.push(shared)
      return { ...hitCounter(), hints: hints.slice(0, shared) }
    },
  })
  await room(documentOf())
  hear({ type: 'entries', entries: [logged(6, { type: 'shared', sharing: { clock: true, hints: 2 } })] })
  await settled()
  expect([shares, desk.view.get().hints]).toEqual([[0, 2], 2])
  expect(desk.page.get()).toMatchObject({ type: 'exercise', detail: { hints: hints.slice(0, 2) } })
})

test('time is counted from when the interview was made, by the server’s clock', async () => {
  const { desk, room, time } = setUp()
  await room(documentOf())
  time.now += 250
  expect(desk.at()).toBe(6250)
})
