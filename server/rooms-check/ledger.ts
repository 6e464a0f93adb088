import type { Act } from '@sandbox/protocol'

/** What one change did to the text: whole lines, of which none is ever written twice. */
export type LineChange = { added: readonly string[]; removed: readonly string[] }

/** What a page finds when it comes back: the lines of the document, and how often the log has each of its own acts. */
export type Found = { lines: ReadonlySet<string>; acts: ReadonlyMap<string, number> }

type Sent = { serial: number } & ({ change: LineChange } | { act: Act })

/** What one page has sent, and what of it the server said to have on its disk. */
export class Ledger {
  #serial = 0
  #sent: Sent[] = []
  #acknowledged = 0
  readonly #lines = new Set<string>()
  /** Their removal was sent: until that is acknowledged they may be there or not. */
  readonly #leaving = new Set<string>()
  readonly #removed = new Set<string>()
  readonly #acts = new Map<string, number>()

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

  /** An act is sent now; returns its serial number. */
  act(act: Act): number {
    this.#sent.push({ serial: ++this.#serial, act })
    return this.#serial
  }

  /** The server says that it has this, and all before it. */
  kept(serial: number): void {
    for (const sent of this.#sent.filter((one) => one.serial <= serial)) this.#enter(sent)
    this.#sent = this.#sent.filter((one) => one.serial > serial)
  }

  /** Takes out what was not acknowledged, to be sent again: all changes in one, and the acts in their order. */
  takeWaiting(): { change: LineChange; acts: Act[] } {
    const changes = this.#sent.flatMap((sent) => ('change' in sent ? [sent.change] : []))
    const acts = this.#sent.flatMap((sent) => ('act' in sent ? [sent.act] : []))
    this.#sent = []
    const change = {
      added: changes.flatMap(({ added }) => added),
      removed: changes.flatMap(({ removed }) => removed),
    }
    return { change, acts }
  }

  /** What was acknowledged and is not there: one sentence each. */
  lost({ lines, acts }: Found): string[] {
    const mustBe = [...this.#lines].filter((line) => !this.#leaving.has(line))
    return [
      ...mustBe.filter((line) => !lines.has(line)).map((line) => `the line "${line}" was kept and is not there`),
      ...[...this.#removed].filter((line) => lines.has(line)).map((line) => `the line "${line}" is there again`),
      ...[...this.#acts]
        .filter(([words, times]) => (acts.get(words) ?? 0) < times)
        .map(([words, times]) => `${words} was kept ${times} times and is there ${acts.get(words) ?? 0} times`),
    ]
  }

  #enter(sent: Sent): void {
    this.#acknowledged++
    if ('act' in sent) this.#acts.set(wordsOf(sent.act), (this.#acts.get(wordsOf(sent.act)) ?? 0) + 1)
    else {
      for (const line of sent.change.added) this.#lines.add(line)
      for (const line of sent.change.removed) this.#removed.add(line)
    }
  }
}

/** The same words for an act and its entry, in whichever order the fields come. The log does not keep what scratch began with. */
export function wordsOf(entry: object): string {
  const fields = Object.entries(entry).filter(([field]) => field !== 'files')
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
}
