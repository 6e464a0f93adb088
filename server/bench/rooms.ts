import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Guide } from '@sandbox/protocol'
import { makeInterview, newPerson } from '../rooms-check/links.ts'
import { peakMiB } from './memory.ts'
import type { Seats } from './pair.ts'
import type { News, Order } from './pairs-process.ts'
import { quantile, round } from './statistics.ts'
import { stolenShare } from './stolen.ts'
import type { Subject } from './subject.ts'

export type RoomsOptions = {
  server: { url: string; pid: number }
  guide: Guide
  subject: Subject
  pairs: number
  seconds: number
}

export type RoomsFigures = {
  pairs: number
  keys: number
  /** Keystrokes that never arrived. */
  keys_missing: number
  runs_done: number
  runs_per_second: number
  echo_p50_ms: number
  echo_p99_ms: number
  echo_max_ms: number
  /** Largest resident size of the server's process. */
  server_mib: number
  /** Of one core, while they typed. */
  server_cpu: number
  /** Share of the machine's time that its host gave to others meanwhile. */
  stolen: number
}

const PROCESSES = 2
const KEYS_PER_SECOND = 5
/** Runs asked for at a time: as many as have a turn on two cores, and one that waits. */
const RUNS_AT_ONCE = 3
/** Clock ticks of /proc/<pid>/stat in a second (proc(5), sysconf(_SC_CLK_TCK)), the same on every Linux in use. */
const TICKS_PER_SECOND = 100
/** The highest priority there is. */
const FIRST = -20
const CHILD = fileURLToPath(new URL('./pairs-process.ts', import.meta.url))

/** Pairs who type at interviews of their own while some of them run code. Throws where a run does not pass. */
export async function measureRooms(options: RoomsOptions): Promise<RoomsFigures> {
  const { server, pairs, seconds } = options
  const children = Array.from({ length: PROCESSES }, () => new PairsProcess())
  try {
    await seatAll(children, options)
    const stolen = await stolenShare()
    const cpu = await cpuSeconds(server.pid)
    const begun = performance.now()
    const stopping = new AbortController()
    const running = runOnAndOn(children, options, stopping.signal)
    const typed = await Promise.all(
      children.map((child) =>
        child.order({ type: 'type', forMs: seconds * 1000, keysPerSecond: KEYS_PER_SECOND }, 'typed'),
      ),
    )
    const elapsed = (performance.now() - begun) / 1000
    const spent = (await cpuSeconds(server.pid)) - cpu
    stopping.abort()
    const runs = await running
    const echoes = typed.flatMap((news) => news.echoes)
    return {
      pairs,
      keys: echoes.length,
      keys_missing: typed.reduce((sum, { missing }) => sum + missing, 0),
      runs_done: runs,
      runs_per_second: round(runs / elapsed, 2),
      echo_p50_ms: round(quantile(echoes, 0.5), 1),
      echo_p99_ms: round(quantile(echoes, 0.99), 1),
      echo_max_ms: round(Math.max(...echoes), 1),
      server_mib: round(await peakMiB(server.pid)),
      server_cpu: round(spent / elapsed, 2),
      stolen: round(await stolen(), 3),
    }
  } finally {
    for (const child of children) child.end()
  }
}

/**
 * A process of pairs, and the answers to what it is told. It stands for other people's machines: where this may be, it
 * goes before everything here, so that its own waiting for a core does not count.
 */
class PairsProcess {
  readonly #child: ChildProcess = fork(CHILD)

  constructor() {
    try {
      setPriority(this.#child.pid ?? 0, FIRST)
    } catch {
      process.stderr.write(
        'Those who type wait for their turn on this machine, too: only root may give them priority.\n',
      )
    }
  }

  /** Resolves with the next news of this type that fits; rejects where the process ends before. */
  async order<T extends News['type']>(
    order: Order,
    type: T,
    fits: (news: Extract<News, { type: T }>) => boolean = () => true,
  ): Promise<Extract<News, { type: T }>> {
    const { promise, resolve, reject } = Promise.withResolvers<Extract<News, { type: T }>>()
    const onNews = (news: News) => {
      if (isOf(news, type) && fits(news)) resolve(news)
    }
    const onExit = (code: number | null) => reject(new Error(`a process of pairs ended with code ${code}`))
    this.#child.on('message', onNews)
    this.#child.on('exit', onExit)
    this.#child.send(order)
    try {
      return await promise
    } finally {
      this.#child.off('message', onNews)
      this.#child.off('exit', onExit)
    }
  }

  end(): void {
    this.#child.kill()
  }
}

function isOf<T extends News['type']>(news: News, type: T): news is Extract<News, { type: T }> {
  return news.type === type
}

async function seatAll(children: PairsProcess[], { server, guide, pairs }: RoomsOptions): Promise<void> {
  const { url } = server
  const seats: Seats[] = []
  for (let n = 0; n < pairs; n++) {
    const cookie = await newPerson(url)
    const links = await makeInterview(url, { cookie, title: `Interview ${n + 1}`, guide })
    const candidate = { cookie: await newPerson(url), key: links.candidate }
    seats.push({ interviewer: { cookie, key: links.interviewer }, candidate })
  }
  await Promise.all(
    children.map((child, index) => {
      const own = seats.filter((_, n) => n % children.length === index)
      return child.order({ type: 'meet', url, seats: own }, 'met')
    }),
  )
}

/** One interview after another runs code, some at a time, until it is stopped; returns how many runs ended by then. */
async function runOnAndOn(children: PairsProcess[], options: RoomsOptions, signal: AbortSignal): Promise<number> {
  const { subject, pairs } = options
  let asked = 0
  let done = 0
  const runner = async () => {
    while (!signal.aborted) {
      const n = asked++
      const child = children[n % children.length]
      const pair = Math.floor(n / children.length) % Math.floor(pairs / children.length)
      const request = `run-${n}`
      const order: Order = { type: 'run', pair, request, run: subject.request(n) }
      const news = await child?.order(order, 'ran', (each) => each.request === request)
      if (news?.verdict !== 'passed') throw new Error(`under load a run ended as ${news?.verdict}`)
      if (!signal.aborted) done++
    }
  }
  await Promise.all(Array.from({ length: RUNS_AT_ONCE }, runner))
  return done
}

/** What a process has taken of all cores until now. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // After the name, which may have anything in it, fields 14 and 15 are utime and stime.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}
