import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { parseCookie, stringifySetCookie } from 'cookie'
import { sign, unsign } from 'cookie-signature'
import { TokenBuckets } from '../token-bucket.ts'

const COOKIE = 'person'
/** The longest that browsers keep a cookie. */
const COOKIE_SECONDS = 400 * 24 * 60 * 60
const SECRET_FILE = 'cookie-secret'
const SECRET_BYTES = 32
const PERSON_BYTES = 16

/** Who a request comes from; `cookie` is to be set where the person is new. */
export type Greeting = { person: string; cookie: string | null }

export type PeopleOptions = { secret: string; secure: boolean; newPerMinute: number; now?: () => number }

/** A person is a signed cookie: enough to tell people apart, nothing to log in with. */
export class People {
  readonly #secret: string
  readonly #secure: boolean
  readonly #newcomers: TokenBuckets

  constructor({ secret, secure, newPerMinute, now }: PeopleOptions) {
    this.#secret = secret
    this.#secure = secure
    this.#newcomers = new TokenBuckets({
      burst: newPerMinute,
      perSecond: newPerMinute / 60,
      ...(now === undefined ? {} : { now }),
    })
  }

  /** The person whose cookie the request carries; null where it carries none that we have signed. */
  recognise(request: IncomingMessage): string | null {
    const value = parseCookie(request.headers.cookie ?? '')[COOKIE]
    const person = value === undefined ? false : unsign(value, this.#secret)
    return person === false ? null : person
  }

  /** Recognises a person or makes a new one; null where this address has become too many new people of late. */
  greet(request: IncomingMessage, address: string): Greeting | null {
    const known = this.recognise(request)
    if (known !== null) return { person: known, cookie: null }
    if (!this.#newcomers.take(address)) return null
    const person = randomBytes(PERSON_BYTES).toString('base64url')
    return { person, cookie: this.#cookieOf(person) }
  }

  #cookieOf(person: string): string {
    return stringifySetCookie({
      name: COOKIE,
      value: sign(person, this.#secret),
      maxAge: COOKIE_SECONDS,
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.#secure,
    })
  }
}

/** The secret that signs cookies: made once, readable by the server's user alone. Throws where it can be neither read nor written. */
export async function cookieSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, SECRET_FILE)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  try {
    await writeFile(path, randomBytes(SECRET_BYTES).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  const secret = await readFile(path, 'utf8')
  if (secret.length < SECRET_BYTES) throw new Error(`${path} holds no secret; delete it and start again`)
  return secret
}
