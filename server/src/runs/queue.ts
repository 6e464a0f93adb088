/** Whose turn it is by: addresses first, then the people of one address, then the runs of one person. */
export type Claim = { address: string; person: string }

export type QueueOptions = {
  /** How many turns at once. */
  slots: number
  /** Claims that may wait; more are refused with QueueFullError. */
  maxWaiting: number
}

/** Gives the turn back. Calling it again does nothing. */
export type Release = () => void

export class QueueFullError extends Error {
  override name = 'QueueFullError'
}

type Waiting = Claim & {
  position: number
  moved: (position: number) => void
  grant: () => void
}

/**
 * A queue that is fair by person: people take turns in a ring, a person has at most one turn at a time, and their next
 * claim waits until everybody else who waits has been served. People of one address share that address's place in an
 * outer ring, so that twenty accounts of one machine do not push another machine's person to the end.
 */
export class FairQueue {
  #slots: number
  readonly #maxWaiting: number
  /** Insertion order is the ring: what was served last moves to the end. */
  readonly #rings = new Map<string, Map<string, Waiting[]>>()
  readonly #running = new Set<string>()
  #waiting = 0

  constructor(options: QueueOptions) {
    this.#slots = options.slots
    this.#maxWaiting = options.maxWaiting
  }

  get waiting(): number {
    return this.#waiting
  }

  get running(): number {
    return this.#running.size
  }

  /** Changes how many turns there are at once; who has one keeps it. */
  resize(slots: number): void {
    this.#slots = slots
    this.#serve()
  }

  /** No further claim may wait. */
  get full(): boolean {
    return this.#waiting >= this.#maxWaiting
  }

  /**
   * Waits for a turn; `moved` hears the position (1 is next) whenever it changes, and never where the turn comes at once.
   * Rejects with the signal's reason when it is aborted first, with QueueFullError when too many wait.
   */
  enter(claim: Claim, signal: AbortSignal, moved: (position: number) => void): Promise<Release> {
    if (signal.aborted) return Promise.reject(signal.reason)
    if (this.full) return Promise.reject(new QueueFullError('too many runs are waiting'))
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#remove(waiting)
        reject(signal.reason)
        this.#tellPositions()
      }
      const grant = () => {
        signal.removeEventListener('abort', leave)
        resolve(this.#turn(claim.person))
      }
      const waiting: Waiting = { ...claim, position: 0, moved, grant }
      signal.addEventListener('abort', leave, { once: true })
      this.#add(waiting)
      this.#serve()
    })
  }

  #turn(person: string): Release {
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#running.delete(person)
      this.#serve()
    }
  }

  #serve(): void {
    while (this.#running.size < this.#slots) {
      const next = this.#next()
      if (next === undefined) break
      this.#rotate(next)
      this.#running.add(next.person)
      next.grant()
    }
    this.#tellPositions()
  }

  #next(): Waiting | undefined {
    for (const people of this.#rings.values()) {
      for (const [person, claims] of people) {
        if (!this.#running.has(person)) return claims[0]
      }
    }
    return undefined
  }

  #add(waiting: Waiting): void {
    const people = this.#rings.get(waiting.address) ?? new Map<string, Waiting[]>()
    const claims = people.get(waiting.person) ?? []
    claims.push(waiting)
    people.set(waiting.person, claims)
    this.#rings.set(waiting.address, people)
    this.#waiting++
  }

  #remove(waiting: Waiting): void {
    const people = this.#rings.get(waiting.address)
    const claims = people?.get(waiting.person)
    if (people === undefined || claims === undefined) return
    claims.splice(claims.indexOf(waiting), 1)
    this.#waiting--
    if (claims.length === 0) people.delete(waiting.person)
    if (people.size === 0) this.#rings.delete(waiting.address)
  }

  /** Takes a claim out and puts its person and its address at the end of their rings, if they wait for more. */
  #rotate(waiting: Waiting): void {
    this.#remove(waiting)
    const people = this.#rings.get(waiting.address)
    if (people === undefined) return
    moveToEnd(this.#rings, waiting.address, people)
    const claims = people.get(waiting.person)
    if (claims !== undefined) moveToEnd(people, waiting.person, claims)
  }

  #tellPositions(): void {
    let position = 0
    for (const waiting of this.#order()) {
      position++
      if (waiting.position === position) continue
      waiting.position = position
      waiting.moved(position)
    }
  }

  /** The order in which claims would be served if every turn ended at once. */
  #order(): Waiting[] {
    const perAddress = [...this.#rings.values()].map((people) => interleave([...people.values()]))
    return interleave(perAddress)
  }
}

function moveToEnd<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key)
  map.set(key, value)
}

/** First of every list, then second of every list, … */
function interleave<T>(lists: T[][]): T[] {
  const mixed: T[] = []
  for (let round = 0; lists.some((list) => round < list.length); round++) {
    for (const list of lists) mixed.push(...list.slice(round, round + 1))
  }
  return mixed
}
