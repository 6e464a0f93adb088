import { randomUUID } from 'node:crypto'
import { Act, type ActId, type LoggedEntry, type MemberId } from '@sandbox/protocol'

/** What one change did to the text: whole lines, of which none is ever written twice. */
export type LineChange = { added: readonly string[]; removed: readonly string[] }

/** An act under the name that it is sent under each time. */
export type NamedAct = { id: ActId; act: Act }

/** How often each act is there, by its words. */
export type Counts = ReadonlyMap<string, number>

type Sent = { serial: number } & ({ change: LineChange } | NamedAct)

/** What one page has sent, and what of it the server said to have on its disk. */
export class Ledger {
  #serial = 0
  #sent: Sent[] = []
  #acknowledged = 0
  readonly #lines = new Set<string>()
  /** Their removal was sent: until that is acknowledged they may be there or not. */
  readonly #leaving = new Set<string>()
  readonly #removed = new Set<string>()
  /** How often each act was done, and how often one was acknowledged: by its words, however often it was sent. */
  readonly #done = new Map<string, number>()
  readonly #kept = new Map<string, number>()

  /** Messages that were sent and neither acknowledged nor sent again. */
  get waiting(): number {
    return this.#sent.length
  }

  /** Messages that were acknowledged. */
  get acknowledged(): number {
    return this.#acknowledged
  }

  /** A change is sent now; returns its serial number. */
  edit(change: LineChange): number {
    for (const line of change.removed) this.#leaving.add(line)
    this.#sent.push({ serial: ++this.#serial, change })
    return this.#serial
  }

  /** An act is done, and sent now; returns its serial number and its name. */
  act(act: Act): { serial: number; id: ActId } {
    const id = randomUUID()
    countIn(this.#done, act)
    return { serial: this.again({ id, act }), id }
  }

  /** An act that was done already is sent once more; returns its new serial number. */
  again(named: NamedAct): number {
    this.#sent.push({ serial: ++this.#serial, ...named })
    return this.#serial
  }

  /** The server says that it has this, and all before it. */
  kept(serial: number): void {
    for (const sent of this.#sent.filter((one) => one.serial <= serial)) this.#enter(sent)
    this.#sent = this.#sent.filter((one) => one.serial > serial)
  }

  /** Whether an acknowledgement of this, and of all before it, is one of an act. */
  waitsForAct(serial: number): boolean {
    return this.#sent.some((sent) => 'act' in sent && sent.serial <= serial)
  }

  /** Takes out what was not acknowledged, to be sent again: all changes in one, and the acts in their order. */
  takeWaiting(): { change: LineChange; acts: NamedAct[] } {
    const changes = this.#sent.flatMap((sent) => ('change' in sent ? [sent.change] : []))
    const acts = this.#sent.flatMap((sent) => ('act' in sent ? [{ id: sent.id, act: sent.act }] : []))
    this.#sent = []
    const change = {
      added: changes.flatMap(({ added }) => added),
      removed: changes.flatMap(({ removed }) => removed),
    }
    return { change, acts }
  }

  /** Lines of which something else was acknowledged than is there: one sentence each. */
  wrongLines(lines: ReadonlySet<string>): string[] {
    const mustBe = [...this.#lines].filter((line) => !this.#leaving.has(line))
    return [
      ...mustBe.filter((line) => !lines.has(line)).map((line) => `the line "${line}" was kept and is not there`),
      ...[...this.#removed].filter((line) => lines.has(line)).map((line) => `the line "${line}" is there again`),
    ]
  }

  /** Acts that were acknowledged more often than they are there: one sentence each. */
  lostActs(there: Counts): string[] {
    return [...this.#kept]
      .filter(([words, times]) => (there.get(words) ?? 0) < times)
      .map(([words, times]) => `${words} was kept ${times} times and is there ${there.get(words) ?? 0} times`)
  }

  /** Acts that are there more often than they were done: one sentence each. */
  doubledActs(there: Counts): string[] {
    return [...there]
      .filter(([words, times]) => times > (this.#done.get(words) ?? 0))
      .map(([words, times]) => `${words} was done ${this.#done.get(words) ?? 0} times and is there ${times} times`)
  }

  #enter(sent: Sent): void {
    this.#acknowledged++
    if ('act' in sent) countIn(this.#kept, sent.act)
    else {
      for (const line of sent.change.added) this.#lines.add(line)
      for (const line of sent.change.removed) this.#removed.add(line)
    }
  }
}

/** How often a log has each act of a member. */
export function actsOf(log: readonly LoggedEntry[], member: MemberId): Counts {
  const counts = new Map<string, number>()
  for (const { by, entry } of log) if (by === member && Act.safeParse(entry).success) countIn(counts, entry)
  return counts
}

function countIn(counts: Map<string, number>, entry: object): void {
  const words = wordsOf(entry)
  counts.set(words, (counts.get(words) ?? 0) + 1)
}

/** The same words for an act and its entry, in whichever order the fields come. The log does not keep what scratch began with. */
function wordsOf(entry: object): string {
  const fields = Object.entries(entry).filter(([field]) => field !== 'files')
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
}
