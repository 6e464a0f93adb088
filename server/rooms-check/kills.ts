import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Act, type Guide, LoggedEntry, pointsOf } from '@sandbox/protocol'
import { type LaunchedServer, launchServer } from '../e2e/practice-server.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { actsOf } from './ledger.ts'
import { type Links, makeInterview, newPerson } from './links.ts'
import { logProblems, textOf } from './log-problems.ts'
import { PATH, Participant, type ParticipantOptions } from './participant.ts'

export type KillsOptions = {
  kills: number
  /** The same seed, the same moments and the same typing, as far as the machine lets it. */
  seed: number
  guide: Guide
  /** Hears of each kill. */
  say: (sentence: string) => void
  /** Further flags of the server's Node. */
  flags?: readonly string[]
}

/** What so many kills came to. Sentences say what should not be. */
export type KillsReport = {
  kills: number
  /** Messages that the server said to have on its disk. */
  acknowledged: number
  /** Kills at which something was on its way: only these can lose anything. */
  kills_while_waiting: number
  lost: string[]
  /** What was done once and is there more often. */
  doubled: string[]
  log: string[]
  diverged: string[]
  complaints: string[]
}

/** Kills of one interview; then another one begins, because logs grow and few people may come to one. */
const KILLS_PER_INTERVIEW = 25
/** A kill comes at most so long after everybody has begun to type, or to come back, in milliseconds. */
const TYPING_MS = 250
const COMING_MS = 60
/** A kill waits for an acknowledgement, which comes at once where anybody is in; no longer than this, in milliseconds. */
const ACKNOWLEDGED_MS = 200
/** What a candidate tells in one visit: with what is told again of the visits before, less than the server takes. */
const CANDIDATES_ACTS = 3
/** Longer than any coming back, on a machine that is busy. */
const SETTLE_MS = 20_000

/**
 * Kills the server's process again and again, while an interviewer and a candidate work and while people come, and looks
 * each time whether everything that was acknowledged is there. A process that is killed loses its memory and nothing that
 * it has written: this checks that nothing is acknowledged before it is written, not that the disk keeps it when the
 * power goes (that is what `synchronous = FULL` asks of it).
 */
export async function killAgainAndAgain(options: KillsOptions): Promise<KillsReport> {
  const folder = await mkdtemp(join(tmpdir(), 'rooms-check-'))
  const kills = new Kills(options, folder)
  try {
    for (let done = 0; done < options.kills; done += KILLS_PER_INTERVIEW)
      await kills.ofOneInterview(Math.min(KILLS_PER_INTERVIEW, options.kills - done))
    return kills.report
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Sitting = { links: Links; host: string; regulars: Participant[]; newcomers: Participant[] }

class Kills {
  readonly report: KillsReport = {
    kills: 0,
    acknowledged: 0,
    kills_while_waiting: 0,
    lost: [],
    doubled: [],
    log: [],
    diverged: [],
    complaints: [],
  }
  readonly #options: KillsOptions
  readonly #folder: string
  readonly #chance: Chance

  constructor(options: KillsOptions, folder: string) {
    this.#options = options
    this.#folder = folder
    this.#chance = chanceFrom(options.seed)
  }

  /** Ends at the first loss: pages that have lost something never become alike again. */
  async ofOneInterview(kills: number): Promise<void> {
    const first = await this.#launch()
    const sitting = await this.#sitDown(first.url)
    await this.#round(first, sitting)
    for (let n = 1; n < kills && this.report.lost.length === 0; n++) await this.#round(await this.#launch(), sitting)
    await this.#lookBack(await this.#launch(), sitting)
    for (const one of sitting.regulars) this.report.acknowledged += one.ledger.acknowledged
  }

  /** No page, no exercises, no guides and no sandbox: none of them is about what is kept, and the start is quicker. */
  #launch(): Promise<LaunchedServer> {
    const nowhere = join(this.#folder, 'nothing')
    return launchServer({
      dataDir: join(this.#folder, 'data'),
      settings: {
        EXERCISES_DIR: nowhere,
        GUIDES_DIR: nowhere,
        SANDBOX_DIR: nowhere,
        CLIENT_DIR: nowhere,
        SANDBOX: 'bubblewrap',
        NEW_PEOPLE_PER_MINUTE: '10000',
        LOG_LEVEL: 'fatal',
      },
      ...(this.#options.flags === undefined ? {} : { flags: this.#options.flags }),
    })
  }

  async #sitDown(url: string): Promise<Sitting> {
    const { guide } = this.#options
    const host = await newPerson(url)
    const links = await makeInterview(url, { cookie: host, title: 'Killed', guide })
    const priya = this.#interviewer({ name: 'Priya', cookie: host, key: links.interviewer, isHost: true })
    const mira = new Participant({
      ...{ name: 'Mira', cookie: await newPerson(url), key: links.candidate, isHost: false },
      ...{ acts: candidatesAct, mostActs: CANDIDATES_ACTS, chance: this.#chance },
    })
    return { links, host, regulars: [priya, mira], newcomers: [] }
  }

  #interviewer(who: Pick<ParticipantOptions, 'name' | 'cookie' | 'key' | 'isHost'>): Participant {
    const acts = interviewersActs(this.#options.guide, this.#chance)
    return new Participant({ ...who, acts, mostActs: Number.POSITIVE_INFINITY, chance: this.#chance })
  }

  /** From a start to a kill, which comes while they type or while somebody comes for the first time. */
  async #round(server: LaunchedServer, sitting: Sitting): Promise<void> {
    const everybody = () => [...sitting.regulars, ...sitting.newcomers]
    try {
      if (this.#chance(3) === 0) sitting.newcomers.push(await this.#newcomer(server.url, sitting.links))
      for (const one of everybody()) one.come(server.url)
      const isTyping = this.#chance(4) > 0
      if (isTyping) {
        await this.#settle(server.url, sitting)
        sitting.newcomers = []
      }
      for (const one of sitting.regulars) one.startTyping()
      await pause(this.#chance(isTyping ? TYPING_MS : COMING_MS))
      await this.#momentOfKill(sitting.regulars)
    } finally {
      await server.kill()
    }
    await Promise.all(everybody().map((one) => one.gone()))
    this.#count(sitting)
  }

  /** At every second kill right after something was acknowledged; else, in turn, after that of an act was lost on its way, or at any moment. */
  async #momentOfKill(regulars: readonly Participant[]): Promise<void> {
    const turn = this.report.kills % 4
    if (turn % 2 === 0) await nextAcknowledgement(regulars)
    else if (turn === 1) await lostAcknowledgement(regulars)
  }

  async #newcomer(url: string, { interviewer }: Links): Promise<Participant> {
    return this.#interviewer({ name: 'Jonas', cookie: await newPerson(url), key: interviewer, isHost: false })
  }

  #count({ regulars }: Sitting): void {
    const { report } = this
    report.kills++
    const waiting = regulars.reduce((sum, { ledger }) => sum + ledger.waiting, 0)
    if (waiting > 0) report.kills_while_waiting++
    this.#options.say(`kill ${report.kills}: ${waiting} on their way`)
  }

  /** After the last kill: what is there? */
  async #lookBack(server: LaunchedServer, sitting: Sitting): Promise<void> {
    for (const one of [...sitting.regulars, ...sitting.newcomers]) one.come(server.url)
    await this.#settle(server.url, sitting)
    await server.kill()
    await Promise.all([...sitting.regulars, ...sitting.newcomers].map((one) => one.gone()))
  }

  /** Waits until all are in and nothing is on its way, and looks at what there is then. */
  async #settle(url: string, sitting: Sitting): Promise<void> {
    const all = [...sitting.regulars, ...sitting.newcomers]
    const isSettled = () => all.every((one) => one.member !== null && one.ledger.waiting === 0) && areAlike(all)
    if (!(await becomes(isSettled, all, SETTLE_MS))) this.report.diverged.push(...all.map(standingOf))
    const entries = await logOf(url, sitting)
    for (const one of all) this.#compare(one, entries)
    this.report.log.push(...logProblems(entries))
    if (textOf(entries, PATH) !== sitting.regulars[0]?.text)
      this.report.log.push('the changes in the log do not make the text that is shown')
  }

  /** The host reads the log: it has everything that the regulars did. */
  #compare({ lost, complaints, member, ledger }: Participant, log: readonly LoggedEntry[]): void {
    this.report.lost.push(...lost.splice(0))
    this.report.complaints.push(...complaints.splice(0))
    if (member === null) return
    const there = actsOf(log, member)
    this.report.lost.push(...ledger.lostActs(there))
    this.report.doubled.push(...ledger.doubledActs(there))
  }
}

/** What is counted of a candidate: a paste that is told twice would be listed twice. */
function candidatesAct(_name: string, count: number): Act {
  return { type: 'pasted', path: PATH, line: count, characters: 1 }
}

/** What an interviewer notes, ticks and scores. */
function interviewersActs(guide: Guide, chance: Chance): (name: string, count: number) => Act {
  const questions = guide.parts.flatMap((part) => part.questions).filter((question) => pointsOf(question).length > 0)
  return (name, count) => {
    const question = questions[chance(questions.length)]
    const points = question === undefined ? [] : pointsOf(question)
    const point = points[chance(points.length)]
    const section = guide.sections[chance(guide.sections.length)]
    const choice = chance(3)
    if (choice === 0 && question && point)
      return { type: 'ticked', question: question.id, point: point.id, on: chance(2) === 0 }
    if (choice === 1 && section) return { type: 'scored', section: section.id, points: chance(section.points + 1) }
    return { type: 'noted', note: `${name}-${count}`, text: `note ${count} of ${name}` }
  }
}

function areAlike(all: readonly Participant[]): boolean {
  const [first, ...others] = all.map(({ text }) => text)
  return first !== null && others.every((text) => text === first)
}

function nextAcknowledgement(all: readonly Participant[]): Promise<boolean> {
  const acknowledged = () => all.reduce((sum, { ledger }) => sum + ledger.acknowledged, 0)
  const before = acknowledged()
  return becomes(() => acknowledged() > before, all, ACKNOWLEDGED_MS)
}

/** From now on the server hears them and they do not hear it. */
function lostAcknowledgement(all: readonly Participant[]): Promise<boolean> {
  for (const one of all) one.deafen()
  return becomes(() => all.some(({ hasMissed }) => hasMissed), all, ACKNOWLEDGED_MS)
}

/** Whether it comes true within so many milliseconds, while these pages hear what they hear. */
async function becomes(isSo: () => boolean, all: readonly Participant[], withinMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const look = () => {
    if (isSo()) resolve(true)
  }
  const overdue = setTimeout(() => resolve(false), withinMs)
  const stop = all.map((one) => one.listen(look))
  look()
  try {
    return await promise
  } finally {
    clearTimeout(overdue)
    for (const end of stop) end()
  }
}

function standingOf({ name, member, ledger, text }: Participant): string {
  const place = member === null ? 'at the door' : 'inside'
  return `${name} is ${place}, waits for ${ledger.waiting} and has ${text?.length ?? 'no'} characters`
}

async function logOf(url: string, { links, host }: Sitting): Promise<LoggedEntry[]> {
  const answer = await fetch(`${url}/api/interview/${links.interviewer}/log`, { headers: { cookie: host } })
  if (!answer.ok) throw new Error(`the log cannot be read: ${await answer.text()}`)
  const lines = (await answer.text()).trimEnd().split('\n')
  return lines.map((line) => LoggedEntry.parse(JSON.parse(line)))
}
