import { randomUUID } from 'node:crypto'
import { CloseCode, MAX_MESSAGE_BYTES, type ServerMessage } from '@sandbox/protocol'
import { nameOf, Opcode, type RawClient, upgrade } from './raw-client.ts'
import type { RealServer } from './real-server.ts'

/** An attack on a running server over its own port: what did not hold, one sentence each. */
export type SocketAttack = { name: string; what: string; run(server: RealServer): Promise<string[]> }

type Event = Extract<ServerMessage, { type: 'event' }>
type Conclusion = Event & { event: Extract<Event['event'], { type: 'result' | 'verdict' }> }
type Verdict = Event & { event: Extract<Event['event'], { type: 'verdict' }> }

const PASSING = [
  { name: 'work.go', text: 'package work\n\nfunc Sum(a, b int) int { return a + b }\n' },
  {
    name: 'work_test.go',
    text: 'package work\n\nimport "testing"\n\nfunc TestSum(t *testing.T) {\n\tif Sum(1, 2) != 3 {\n\t\tt.Error("wrong")\n\t}\n}\n',
  },
]
const SLOW = [
  { name: 'work.go', text: 'package work\n' },
  {
    name: 'work_test.go',
    text: 'package work\n\nimport (\n\t"fmt"\n\t"testing"\n\t"time"\n)\n\nfunc TestSlow(t *testing.T) {\n\tfor n := range 20 {\n\t\tfmt.Println("line", n)\n\t\ttime.Sleep(100 * time.Millisecond)\n\t}\n}\n',
  },
]
const LOUD = [
  { name: 'work.go', text: 'package work\n' },
  {
    name: 'work_test.go',
    text: 'package work\n\nimport (\n\t"fmt"\n\t"strings"\n\t"testing"\n)\n\nfunc TestLoud(t *testing.T) {\n\tfor range 100 {\n\t\tfmt.Println(strings.Repeat("x", 10000))\n\t}\n}\n',
  },
]

/** What the library answers to more fragments than it may keep (RFC 6455 §7.4.1). */
const POLICY = 1008
const FLOOD_MESSAGES = 5000
const FRAGMENTS = 5000
const DEPTH = 100_000
const ACCOUNTS = 20
/** What one reader who never reads may cost the server. */
const SLOW_READER_BYTES = 96 * 1024 * 1024

export const SOCKET_ATTACKS: readonly SocketAttack[] = [
  closes('huge-frame', 'A frame that announces a terabyte', CloseCode.tooLarge, async (client) => {
    client.hello()
    client.frame(Opcode.text, Buffer.alloc(1000, 'x'), { claimed: 2 ** 40 })
  }),
  closes('oversized-message', 'A message one byte beyond the limit', CloseCode.tooLarge, async (client) => {
    client.hello()
    client.frame(Opcode.text, Buffer.alloc(MAX_MESSAGE_BYTES + 1, ' '))
  }),
  closes('endless-fragments', 'A message of fragments that never ends', POLICY, async (client) => {
    client.hello()
    client.frame(Opcode.text, Buffer.from('{'), { fin: false })
    for (let n = 0; n < FRAGMENTS; n += 1) {
      client.frame(Opcode.continuation, Buffer.from(' '), { fin: false })
      await client.drained()
    }
  }),
  closes('message-flood', 'Thousands of valid messages at once', CloseCode.flood, async (client) => {
    client.hello()
    for (let n = 0; n < FLOOD_MESSAGES; n += 1) client.send({ type: 'cancel', run: 'none' })
  }),
  closes('ping-flood', 'Thousands of pings at once', CloseCode.flood, async (client) => {
    client.hello()
    for (let n = 0; n < FLOOD_MESSAGES; n += 1) client.frame(Opcode.ping, Buffer.alloc(100))
  }),
  closes('bad-utf8', 'A text frame that is not UTF-8', 1007, async (client) => {
    client.hello()
    client.frame(Opcode.text, Buffer.from([0x7b, 0xc3, 0x28, 0xff]))
  }),
  closes('no-hello', 'A run without the greeting that must come first', CloseCode.helloExpected, async (client) => {
    client.send(runMessage(PASSING))
  }),
  closes('silence', 'A socket on which nothing is ever said', CloseCode.helloExpected, async () => {}),
  closes('wrong-version', 'A greeting from the future', CloseCode.version, async (client) => {
    client.send({ type: 'hello', version: 999, resume: [] })
  }),
  closes(
    'junk',
    'More malformed messages than anybody makes by mistake',
    CloseCode.tooManyBadMessages,
    async (client) => {
      client.hello()
      for (let n = 0; n < 40; n += 1) client.frame(Opcode.text, Buffer.from(`junk ${n} \u0000 {[`))
    },
  ),
  closes(
    'half-open',
    'A peer that is gone but whose socket is not',
    CloseCode.noAnswer,
    async (client) => client.hello(),
    {
      answersPings: false,
    },
  ),
  {
    name: 'deep-json',
    what: "JSON nested a hundred thousand times, keys of objects' own machinery, wrong types: an error message and a living socket",
    run: survivesOddMessages,
  },
  { name: 'slow-reader', what: 'A page that starts runs of much output and reads nothing', run: slowReader },
  { name: 'foreign-origin', what: "Another site's page opens a socket with the person's cookie", run: foreignOrigin },
  { name: 'forged-cookie', what: 'No cookie, a made-up one, one with a changed signature', run: forgedCookie },
  {
    name: 'foreign-host',
    what: 'A name of another site that resolves to this machine (DNS rebinding)',
    run: foreignHost,
  },
  { name: 'paths', what: "Paths that climb out of the page's folder", run: climbingPaths },
  {
    name: 'another-persons-run',
    what: 'Resumes and cancels a run by its id without being its person',
    run: anotherPersonsRun,
  },
  {
    name: 'double-submit',
    what: 'One request sent twice, and far more requests than one person may have',
    run: doubleSubmit,
  },
  {
    name: 'reconnect-mid-run',
    what: 'The socket is cut in the middle of a run and comes back: no gap, no event twice',
    run: reconnect,
  },
  { name: 'odd-submissions', what: 'Oversized and badly named files inside well-formed messages', run: oddSubmissions },
  { name: 'many-sockets', what: 'A hundred sockets of one person', run: manySockets },
  {
    name: 'twenty-accounts',
    what: 'One person with twenty accounts fills the queue; another person still gets a turn',
    run: twentyAccounts,
  },
]

/** The server must close the socket with this code, and live. */
function closes(
  name: string,
  what: string,
  code: number,
  attack: (client: RawClient) => Promise<void>,
  more: { answersPings?: boolean } = {},
): SocketAttack {
  const run = async (server: RealServer): Promise<string[]> => {
    const client = await server.connect(await server.cookie(), more)
    await attack(client)
    const got = await client.closeCode()
    client.drop()
    return got === code ? [] : [`the socket was closed with ${nameOf(got)}, not ${nameOf(code)}`]
  }
  return { name, what, run }
}

/** An honest person gets an honest verdict; one sentence where not. */
export async function honestPerson(server: RealServer): Promise<string[]> {
  const client = await person(server)
  const verdict = await runToEnd(client, PASSING)
  client.drop()
  return verdict === 'passed' ? [] : [`A: an honest person's run afterwards is ${verdict}`]
}

async function survivesOddMessages(server: RealServer): Promise<string[]> {
  const client = await person(server)
  const odd = [
    '['.repeat(DEPTH),
    `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`,
    `{"type":"run","request":"r","__proto__":{"polluted":1},"run":{"__proto__":{"files":[]},"constructor":{"prototype":{"polluted":1}}}}`,
    '{"type":["run"],"request":{"toString":1}}',
    '{"type":"cancel","run":1e999}',
    'null',
    '""',
    `{"type":"cancel","run":"${'x'.repeat(100_000)}"}`,
  ]
  for (const text of odd) client.frame(Opcode.text, Buffer.from(text))
  await client.until((message): message is ServerMessage => countErrors(client, message) >= odd.length)
  const verdict = await runToEnd(client, PASSING)
  client.drop()
  return verdict === 'passed' ? [] : [`the socket's next run is ${verdict}`]
}

function countErrors(client: RawClient, upTo: ServerMessage): number {
  const seen = client.messages.slice(0, client.messages.indexOf(upTo) + 1)
  return seen.filter((message) => message.type === 'error' && message.code === 'bad-message').length
}

async function slowReader(server: RealServer): Promise<string[]> {
  const before = await server.residentBytes()
  const client = await person(server)
  for (let n = 0; n < 4; n += 1) client.send(runMessage(LOUD))
  client.stopReading()
  const other = await person(server)
  const verdict = await runToEnd(other, PASSING)
  const grown = (await server.residentBytes()) - before
  client.drop()
  other.drop()
  const broken = verdict === 'passed' ? [] : [`A: another person's run is ${verdict}`]
  return grown > SLOW_READER_BYTES ? [...broken, `G: the server grew by ${grown} bytes`] : broken
}

async function foreignOrigin(server: RealServer): Promise<string[]> {
  const cookie = await server.cookie()
  const origins = [
    'https://evil.example',
    'null',
    `http://127.0.0.1:${server.port + 1}`,
    `http://127.0.0.1:${server.port}.evil.example`,
    'file://',
  ]
  const broken: string[] = []
  for (const origin of origins) {
    const upgraded = await upgrade({ port: server.port, headers: { cookie, origin } })
    if (upgraded.type === 'open') broken.push(`the origin ${origin} was let in`)
    if (upgraded.type === 'open') upgraded.client.drop()
  }
  return broken
}

async function forgedCookie(server: RealServer): Promise<string[]> {
  const cookie = await server.cookie()
  const [name] = cookie.split('=')
  const last = cookie.at(-1) === 'A' ? 'B' : 'A'
  const forged = [
    '',
    `${name}=root`,
    `${name}=s%3Aroot.AAAA`,
    `${cookie.slice(0, -2)}${last}`,
    cookie.toUpperCase(),
    `__proto__=1; ${name}=`,
  ]
  const broken: string[] = []
  for (const each of forged) {
    const upgraded = await upgrade({ port: server.port, headers: { cookie: each } })
    if (upgraded.type === 'open') broken.push(`the cookie ${each} was let in`)
    if (upgraded.type === 'open') upgraded.client.drop()
  }
  return broken
}

async function foreignHost(server: RealServer): Promise<string[]> {
  const broken: string[] = []
  for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1.evil.example']) {
    const { status } = await server.get('/api/exercises', { host })
    if (status === 200) broken.push(`the host ${host} was served`)
    const upgraded = await upgrade({ port: server.port, headers: { cookie: await server.cookie(), host } })
    if (upgraded.type === 'open') broken.push(`the host ${host} was given a socket`)
    if (upgraded.type === 'open') upgraded.client.drop()
  }
  return broken
}

async function climbingPaths(server: RealServer): Promise<string[]> {
  const broken: string[] = []
  const paths = [
    '/../../etc/passwd',
    '/..%2f..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/../../server/src/main.ts',
    '/api/exercises/..%2f..%2fpackage.json',
    '/api/exercises/__proto__',
    '/api/exercises/constructor',
    '/%00/etc/passwd',
    '/.data/secret',
    '//etc/passwd',
  ]
  for (const path of paths) {
    const { body } = await server.get(path)
    if (/root:x:0|"workspaces"|import \{/.test(body)) broken.push(`D: ${path} was served`)
  }
  const details = await server.get('/api/exercises/hit-counter')
  if (/hidden_test|mistake\.json/.test(details.body)) broken.push('F: an exercise tells of its hidden tests')
  return broken
}

async function anotherPersonsRun(server: RealServer): Promise<string[]> {
  const owner = await person(server)
  owner.send(runMessage(SLOW))
  const { run } = await owner.until(isRun)
  const thief = await server.connect(await server.cookie())
  thief.hello([{ run: run.id, after: 0 }])
  thief.send({ type: 'cancel', run: run.id })
  const verdict = await owner.until(isVerdict)
  const told = thief.messages.filter((message) => message.type === 'event' && message.event.type !== 'verdict')
  const described = thief.messages.filter(isRun)
  owner.drop()
  thief.drop()
  const broken = verdict.event.verdict === 'passed' ? [] : [`the owner's run became ${verdict.event.verdict}`]
  return told.length + described.length > 0 ? [...broken, 'F: another person was told of the run'] : broken
}

async function doubleSubmit(server: RealServer): Promise<string[]> {
  const client = await person(server)
  const message = runMessage(SLOW)
  client.send(message)
  client.send(message)
  for (let n = 0; n < 10; n += 1) client.send(runMessage(PASSING))
  await client.until((each): each is ServerMessage => each.type === 'error' && each.code === 'too-many-runs')
  const first = await client.until(isRun)
  await client.until((each): each is Verdict => isVerdict(each) && each.run === first.run.id)
  const twins = client.messages.filter((each) => isRun(each) && each.run.request === message.request)
  const verdicts = client.messages.filter((each) => isVerdict(each) && each.run === first.run.id)
  for (const each of client.messages.filter(isRun)) client.send({ type: 'cancel', run: each.run.id })
  client.drop()
  const broken = twins.length === 1 ? [] : [`one request became ${twins.length} runs`]
  return verdicts.length === 1 ? broken : [...broken, `H: one run had ${verdicts.length} verdicts`]
}

async function reconnect(server: RealServer): Promise<string[]> {
  const cookie = await server.cookie()
  const first = await server.connect(cookie)
  first.hello()
  first.send(runMessage(SLOW))
  const { run } = await first.until(isRun)
  await first.until((each): each is Event => each.type === 'event' && each.event.type === 'output')
  first.drop()
  const before = first.messages.filter((each): each is Event => each.type === 'event' && each.run === run.id)
  const second = await server.connect(cookie)
  second.hello([{ run: run.id, after: before.at(-1)?.seq ?? 0 }])
  await second.until((each): each is Verdict => isVerdict(each) && each.run === run.id)
  const after = second.messages.filter((each): each is Event => each.type === 'event' && each.run === run.id)
  second.drop()
  const sequence = [...before, ...after].map((event) => event.seq)
  const whole = sequence.every((seq, index) => seq === index + 1)
  const last = after.at(-1)?.event.type === 'verdict'
  return [
    ...(whole ? [] : [`the sequence is ${sequence.join(' ')}`]),
    ...(last ? [] : ['H: the verdict is not the last event']),
  ]
}

async function oddSubmissions(server: RealServer): Promise<string[]> {
  const client = await person(server)
  const submissions = [
    [{ name: '../../etc/evil.go', text: 'package evil\n' }],
    [{ name: 'x.go', text: `package x\n// ${'x'.repeat(300_000)}\n` }],
    Array.from({ length: 21 }, (_, n) => ({ name: `f${n}.go`, text: 'package f\n' })),
    [{ name: 'go.mod', text: 'module x\n' }],
    [
      { name: 'a.go', text: 'package a\n' },
      { name: 'a.go', text: 'package b\n' },
    ],
    [],
  ]
  const passed: string[] = []
  for (const files of submissions) {
    const message = runMessage(files)
    client.send(message)
    const answer = await client.until(
      (each): each is ServerMessage =>
        (each.type === 'error' && each.request === message.request) || ofRequest(client, each, message.request),
    )
    if (isConclusion(answer) && answer.event.verdict !== 'rejected')
      passed.push(`${files[0]?.name}: ${answer.event.verdict}`)
  }
  client.drop()
  return passed
}

function ofRequest(client: RawClient, message: ServerMessage, request: string): boolean {
  if (!isConclusion(message)) return false
  return client.messages.some((each) => isRun(each) && each.run.id === message.run && each.run.request === request)
}

async function manySockets(server: RealServer): Promise<string[]> {
  const cookie = await server.cookie()
  const clients = await Promise.all(Array.from({ length: 100 }, () => server.connect(cookie)))
  const codes = await Promise.all(clients.slice(50).map((client) => client.closeCode()))
  for (const client of clients) client.drop()
  const let_in = codes.filter((code) => code !== CloseCode.tooManySockets)
  return let_in.length === 0 ? [] : [`a socket beyond the fiftieth was closed with ${nameOf(let_in[0] ?? 0)}`]
}

async function twentyAccounts(server: RealServer): Promise<string[]> {
  const crowd = await Promise.all(Array.from({ length: ACCOUNTS }, () => person(server)))
  for (const each of crowd) for (let n = 0; n < 4; n += 1) each.send(runMessage(SLOW))
  await Promise.all(
    crowd.map((each) => each.until((message): message is ServerMessage => isRun(message) || message.type === 'error')),
  )
  const refused = crowd.flatMap((each) => each.messages.filter((message) => message.type === 'error')).length
  for (const each of crowd)
    for (const { run } of each.messages.filter(isRun)) each.send({ type: 'cancel', run: run.id })
  const honest = await person(server)
  const verdict = await runToEnd(honest, PASSING)
  for (const each of [...crowd, honest]) each.drop()
  const broken = verdict === 'passed' ? [] : [`A: another person's run is ${verdict}`]
  return refused > 0 ? broken : [...broken, 'no run of twenty accounts at one address was refused']
}

async function person(server: RealServer): Promise<RawClient> {
  const client = await server.connect(await server.cookie())
  client.hello()
  await client.until((message): message is ServerMessage => message.type === 'welcome')
  return client
}

function runMessage(files: { name: string; text: string }[]) {
  return { type: 'run', request: randomUUID(), run: { exercise: 'scratch', files, snapshot: 's' } }
}

/** What a run comes to. Other schedules are not waited for: they tell nothing of an attack, and take seconds each time. */
async function runToEnd(client: RawClient, files: { name: string; text: string }[]): Promise<string> {
  const message = runMessage(files)
  client.send(message)
  const answer = await client.until(
    (each): each is ServerMessage =>
      ofRequest(client, each, message.request) || (each.type === 'error' && each.request === message.request),
  )
  if (!isConclusion(answer)) return answer.type
  if (!isVerdict(answer)) {
    client.send({ type: 'cancel', run: answer.run })
    await client.until((each): each is Verdict => isVerdict(each) && each.run === answer.run)
  }
  return answer.event.verdict
}

function isRun(message: ServerMessage): message is Extract<ServerMessage, { type: 'run' }> {
  return message.type === 'run'
}

/** A verdict, or the result that comes before other schedules are tried. */
function isConclusion(message: ServerMessage): message is Conclusion {
  return message.type === 'event' && (message.event.type === 'result' || message.event.type === 'verdict')
}

function isVerdict(message: ServerMessage): message is Verdict {
  return message.type === 'event' && message.event.type === 'verdict'
}
