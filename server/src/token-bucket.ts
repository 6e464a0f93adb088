export type BucketOptions = {
  /** How many at once after a rest. */
  burst: number
  perSecond: number
  /** Milliseconds on a clock that only goes forward. */
  now?: () => number
}

/** Lets `perSecond` through in the long run, `burst` at once. */
export class TokenBucket {
  readonly #options: BucketOptions
  readonly #now: () => number
  #tokens: number
  #at: number

  constructor(options: BucketOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
    this.#tokens = options.burst
    this.#at = this.#now()
  }

  /** Takes a token; false where none is left. */
  take(): boolean {
    this.#refill()
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }

  get full(): boolean {
    this.#refill()
    return this.#tokens === this.#options.burst
  }

  #refill(): void {
    const now = this.#now()
    this.#tokens = Math.min(this.#options.burst, this.#tokens + ((now - this.#at) / 1000) * this.#options.perSecond)
    this.#at = now
  }
}

/** Beyond this many, buckets that are full again are forgotten, then the oldest. */
const MAX_BUCKETS = 4096

/** One bucket for each key, for example for each address. */
export class TokenBuckets {
  readonly #options: BucketOptions
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(options: BucketOptions) {
    this.#options = options
  }

  take(key: string): boolean {
    const known = this.#buckets.get(key)
    if (known !== undefined) return known.take()
    if (this.#buckets.size >= MAX_BUCKETS) this.#makeRoom()
    const bucket = new TokenBucket(this.#options)
    this.#buckets.set(key, bucket)
    return bucket.take()
  }

  #makeRoom(): void {
    for (const [key, bucket] of this.#buckets) {
      if (bucket.full) this.#buckets.delete(key)
    }
    const oldest = this.#buckets.keys().next().value
    if (oldest !== undefined && this.#buckets.size >= MAX_BUCKETS) this.#buckets.delete(oldest)
  }
}
