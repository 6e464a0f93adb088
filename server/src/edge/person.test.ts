import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cookieSecret, People } from './person.ts'

const secret = 'a secret of the tests, long enough'
const asking = (cookie?: string) => ({ headers: cookie === undefined ? {} : { cookie } }) as IncomingMessage
const pair = (cookie: string | null | undefined) => cookie?.split(';')[0]

describe('a person', () => {
  it('is new at first and known by the cookie later', () => {
    const people = new People({ secret, secure: false, newPerMinute: 10 })
    const first = people.greet(asking(), 'here')
    const again = people.greet(asking(pair(first?.cookie)), 'here')
    expect(again).toEqual({ person: first?.person, cookie: null })
  })

  it('is nobody else: two people differ, and a name cannot be signed by oneself', () => {
    const people = new People({ secret, secure: false, newPerMinute: 10 })
    const one = people.greet(asking(), 'here')
    const two = people.greet(asking(), 'here')
    expect(one?.person).not.toBe(two?.person)
    const signature = decodeURIComponent(pair(two?.cookie) ?? '').split('.')[1]
    expect(people.recognise(asking(`person=${one?.person}.${signature}`))).toBeNull()
    expect(people.recognise(asking(`person=${one?.person}`))).toBeNull()
    expect(people.recognise(asking('person=.'))).toBeNull()
  })

  it('has a cookie for TLS alone where the page is published so', () => {
    const people = new People({ secret, secure: true, newPerMinute: 10 })
    expect(people.greet(asking(), 'here')?.cookie).toContain('; Secure')
  })

  it('is not made too often from one address', () => {
    let now = 0
    const people = new People({ secret, secure: false, newPerMinute: 2, now: () => now })
    const made = () => people.greet(asking(), 'here') !== null
    expect([made(), made(), made()]).toEqual([true, true, false])
    expect(people.greet(asking(), 'elsewhere')).not.toBeNull()
    now += 30_000
    expect([made(), made()]).toEqual([true, false])
  })
})

describe('the secret', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'secret-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('is made once, for the server alone, and survives a restart', async () => {
    const data = join(dir, 'data')
    const made = await cookieSecret(data)
    expect(made.length).toBeGreaterThan(40)
    expect(await cookieSecret(data)).toBe(made)
    expect(await readFile(join(data, 'cookie-secret'), 'utf8')).toBe(made)
    expect((await stat(join(data, 'cookie-secret'))).mode & 0o777).toBe(0o600)
  })

  it('that was cut short is refused', async () => {
    await writeFile(join(dir, 'cookie-secret'), 'short')
    await expect(cookieSecret(dir)).rejects.toThrow('holds no secret')
  })
})
