import type { Guide } from '@sandbox/protocol'
import { openAddresses, privateAddresses } from './addresses.ts'
import { auditedSubject, type Subject } from './exercise-secrets.ts'
import { leaksIn, type Secret, textsOf } from './leaks.ts'
import { type Links, makeInterview, newPerson } from './links.ts'
import { Marks, marked } from './marks.ts'
import { Page } from './page.ts'
import { PRIVATE_ENTRIES, privateActs } from './private-acts.ts'
import { Received } from './received.ts'

export type AuditOptions = { url: string; guide: Guide }

export type AuditReport = {
  /** That came to the candidate. */
  bytes: number
  leaks: string[]
  /** What was answered that should not be, and what did not come that should: where that is so the audit shows little. */
  broken: string[]
}

/** Longer than a whole interview with all its runs, on a machine that is busy. */
const DEADLINE_MS = 180_000
const SHOWN_HINTS = 1

/**
 * A whole interview over real sockets and addresses, of which everything private has a mark, and every byte that came to
 * the candidate meanwhile. It is about the interview's pages and addresses: an exercise itself, with its hints and, for
 * who gives up, its solutions, is on the shelf for everybody who practises.
 */
export async function auditInterview(options: AuditOptions): Promise<AuditReport> {
  const audit = new Audit(options, await auditedSubject())
  const overdue = Promise.withResolvers<never>()
  const due = setTimeout(() => overdue.reject(new Error('the audited interview did not end')), DEADLINE_MS)
  try {
    await Promise.race([audit.hold(), overdue.promise])
    return audit.report()
  } finally {
    clearTimeout(due)
    audit.leave()
  }
}

type Person = { received: Received; pages: Page[] }

class Audit {
  readonly #url: string
  readonly #subject: Subject
  readonly #marks = new Marks()
  readonly #guide: Guide
  readonly #people: Person[] = []
  readonly #broken: string[] = []
  readonly #secretKeys: Secret[] = []
  readonly #runs: string[] = []
  readonly #publicMark = 'written-by-the-interviewer-for-both'
  /** Pieces that the candidate had before the first hint was shown. */
  #beforeHint = 0

  constructor({ url, guide }: AuditOptions, subject: Subject) {
    this.#url = url
    this.#subject = subject
    this.#guide = marked(guide, this.#marks)
  }

  async hold(): Promise<void> {
    const { cookie, links } = await this.#begin()
    const host = await this.#person(cookie, 'Priya')
    const priya = await this.#comeIn(host, links.interviewer)
    const mira = await this.#person(await newPerson(this.#url), 'Mira')
    await mira.received.load(`/interview/${links.candidate}`)
    await mira.received.load(`/interview/${links.candidate}/replay`)
    await this.#askEverything(mira, links.candidate)
    const page = new Page(await mira.received.come(links.candidate))
    mira.pages.push(page)
    const { entry } = await priya.entry(({ entry }) => entry.type === 'joined' && entry.role === 'candidate')
    if (entry.type !== 'joined') return
    for (const act of privateActs(this.#guide, this.#marks)) await priya.act(act)
    await this.#askEverything(mira, links.candidate)
    await priya.act({ type: 'admitted', member: entry.member })
    await page.inside()
    await this.#work(priya, page)
    await this.#showHint(mira, priya, links)
    await this.#scoreTogether(priya, links)
    await this.#askEverything(mira, links.candidate)
    await this.#comeIn(mira, links.candidate)
    await priya.act({ type: 'finished' })
    await priya.act({ type: 'noted', note: 'after', text: this.#marks.next('a note that was written afterwards') })
    await this.#comeIn(mira, links.candidate)
    await priya.act({ type: 'agreed', section: 'go', points: 5 })
    await this.#askEverything(mira, links.candidate)
  }

  leave(): void {
    for (const { pages } of this.#people) for (const { client } of pages) client.socket.terminate()
  }

  report(): AuditReport {
    const [host, candidate] = this.#people.map(({ received }) => received)
    if (host === undefined || candidate === undefined) throw new Error('nobody came')
    const { secrets, hints } = this.#subject
    const secret = { marks: this.#marks, texts: [...secrets, ...this.#secretKeys, ...hints.slice(SHOWN_HINTS)] }
    const words = PRIVATE_ENTRIES.map((type) => ({ what: `an entry "${type}"`, text: `"type":"${type}"` }))
    const early = candidate.pieces.slice(0, this.#beforeHint)
    const shownHints = { marks: new Marks(), texts: hints.slice(0, SHOWN_HINTS), words: [] }
    const leaks = [...leaksIn(candidate.pieces, { ...secret, words }), ...leaksIn(early, shownHints)]
    this.#expectAll(host, candidate)
    return { bytes: candidate.bytes, leaks: [...new Set(leaks)], broken: this.#broken }
  }

  /** The interview, and another one of the same interviewer. */
  async #begin(): Promise<{ cookie: string; links: Links }> {
    const cookie = await newPerson(this.#url)
    const guide = this.#guide
    const links = await makeInterview(this.#url, { cookie, title: 'Audited', guide })
    const other = await makeInterview(this.#url, { cookie, title: this.#marks.next('another interview'), guide })
    this.#secretKeys.push(
      { what: 'the interviewer’s key', text: links.interviewer },
      { what: 'the key of another interview', text: other.interviewer },
      { what: 'the candidate’s key of another interview', text: other.candidate },
      { what: 'the interviewer’s cookie', text: cookie },
    )
    return { cookie, links }
  }

  async #person(cookie: string, name: string): Promise<Person> {
    const person = { received: new Received(this.#url, cookie, name), pages: [] }
    this.#people.push(person)
    await person.received.ask('/api/interviews')
    return person
  }

  async #comeIn({ received, pages }: Person, key: string): Promise<Page> {
    const page = await new Page(await received.come(key)).inside()
    pages.push(page)
    return page
  }

  async #work(priya: Page, mira: Page): Promise<void> {
    const { slug, handedIn, fault } = this.#subject
    await priya.act({ type: 'recording', recording: { pasting: true, leaving: true } })
    await priya.act({ type: 'opened', exercise: slug })
    const path = `${slug}/${handedIn.starter[0]?.name}`
    await mira.client.message('edited')
    await mira.type(path, '// written by the candidate\n')
    await priya.type(path, `// ${this.#publicMark}\n`)
    await mira.act({ type: 'pasted', path, line: 1, characters: 9 })
    await mira.act({ type: 'away', away: true })
    await mira.act({ type: 'away', away: false })
    await priya.act({ type: 'pointed', path, line: 2 })
    const { starter, failing, passing } = handedIn
    await this.#run(mira, { exercise: slug, files: starter })
    await this.#run(mira, { exercise: slug, files: failing })
    await this.#run(mira, { exercise: slug, files: passing, insight: 'timeline' })
    await priya.act({ type: 'fault', fault })
    await this.#run(mira, { exercise: slug, files: passing })
    await priya.act({ type: 'fault', fault: null })
    const verdict = await this.#run(priya, { exercise: slug, files: passing })
    if (verdict !== 'passed') this.#broken.push(`what passes the hidden tests ended as ${verdict}`)
  }

  async #run(page: Page, run: Parameters<Page['run']>[0]): Promise<string> {
    const { id, verdict } = await page.run(run)
    this.#runs.push(id)
    return verdict
  }

  async #showHint({ received }: Person, priya: Page, { candidate }: Links): Promise<void> {
    const { slug, hints } = this.#subject
    const path = `/api/interview/${candidate}/exercise/${slug}`
    await received.ask(path)
    this.#beforeHint = received.pieces.length
    await priya.act({ type: 'shared', sharing: { clock: true, hints: SHOWN_HINTS } })
    const { body } = await received.ask(path)
    const shown = textsOf({ from: path, bytes: Buffer.from(body), isFile: false }).join('\n')
    if (!hints.slice(0, SHOWN_HINTS).every(({ text }) => shown.includes(text)))
      this.#broken.push('a hint that was shown did not come to the candidate')
  }

  /** Another interviewer comes, scores too, and both see each other's. */
  async #scoreTogether(priya: Page, { interviewer }: Links): Promise<void> {
    const second = await this.#person(await newPerson(this.#url), 'Jonas')
    const jonas = await this.#comeIn(second, interviewer)
    await jonas.act({ type: 'noted', note: 'second', text: this.#marks.next('a note of the second interviewer') })
    for (const { id, points } of this.#guide.sections)
      await jonas.act({ type: 'scored', section: id, points: Math.min(9, points) })
    const run = this.#runs[0] ?? ''
    const cite = this.#marks.next('a cite of the second interviewer')
    await jonas.act({ type: 'cited', section: 'go', cite, evidence: { type: 'run', run } })
    await jonas.act({ type: 'submitted', on: true })
    await priya.entry(({ entry }) => entry.type === 'cited' && entry.cite === cite)
  }

  /** Every address with the candidate's key, right ones and wrong ones. */
  async #askEverything({ received }: Person, key: string): Promise<void> {
    for (const { path, ...how } of privateAddresses(key)) {
      const { status } = await received.ask(path, how)
      if (status < 400) this.#broken.push(`${how.method ?? 'GET'} ${path} was answered with ${status}`)
    }
    for (const { path } of openAddresses(key, this.#subject.slug, this.#runs)) await received.ask(path)
  }

  /** What should have come: a mark that never went anywhere would prove nothing. */
  #expectAll(host: Received, candidate: Received): void {
    const texts = (received: Received) => received.pieces.flatMap(textsOf).join('\n')
    const told = this.#marks.in(texts(host))
    const untold = [...this.#marks.all].filter((what) => !told.has(what))
    this.#broken.push(...untold.map((what) => `${what} did not come to the interviewer either`))
    const came = texts(candidate)
    const expected = [this.#publicMark, '"type":"verdict"', ...this.#runs, this.#subject.fault]
    this.#broken.push(...expected.filter((text) => !came.includes(text)).map((text) => `${text} did not come`))
  }
}
