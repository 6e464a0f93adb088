import { beforeEach, describe, expect, it } from 'vitest'
import { openMemory } from './database.ts'
import { DraftTable } from './draft-table.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const content = (text: string) => ({ files: [{ name: 'hits.go', text }], active: 'hits.go' })

describe('drafts', () => {
  let table: DraftTable
  beforeEach(() => {
    table = new DraftTable(openMemory())
  })
  const keep = (text: string, base: number, person = 'ada') =>
    table.keep(person, 'hit-counter', { ...content(text), base }, 10)

  it('are kept by person and exercise, and count their revisions', () => {
    expect(keep('one', 0)).toMatchObject({ kept: true, draft: { revision: 10 } })
    expect(keep('two', 10)).toMatchObject({ kept: true, draft: { revision: 11 } })
    expect(table.one('ada', 'hit-counter')).toEqual({ ...content('two'), revision: 11, savedAt: 10 })
    expect([table.one('bob', 'hit-counter'), table.one('ada', 'worker-pool')]).toEqual([null, null])
  })

  it('are not overwritten by who has not seen what stands there', () => {
    keep('one', 0)
    keep('two', 10)
    expect(keep('late', 10)).toMatchObject({ kept: false, draft: { revision: 11, files: [{ text: 'two' }] } })
    expect(table.one('ada', 'hit-counter')).toMatchObject({ files: [{ text: 'two' }] })
  })

  it('that say the same are the same, whatever they were made from', () => {
    keep('one', 0)
    expect(keep('one', 0)).toMatchObject({ kept: true, draft: { revision: 10 } })
  })

  it('begin anew where the server has forgotten one, whatever a browser remembers of it', () => {
    expect(keep('one', Number.MAX_SAFE_INTEGER)).toMatchObject({ kept: true, draft: { revision: 10 } })
    expect(keep('two', 10)).toMatchObject({ kept: true, draft: { revision: 11 } })
  })

  it('go with their person, with age, and the oldest first where they are too many', () => {
    keep('a', 0, 'ada')
    table.keep('bob', 'hit-counter', { ...content('b'), base: 0 }, DAY_MS)
    table.tidy(400 * DAY_MS + 11)
    expect([table.one('ada', 'hit-counter'), table.one('bob', 'hit-counter')?.savedAt]).toEqual([null, DAY_MS])
    table.forget('bob')
    expect(table.one('bob', 'hit-counter')).toBe(null)
  })

  it('of everybody have one bound', () => {
    const bounded = new DraftTable(openMemory(), 1000)
    for (const at of [1, 2, 3]) bounded.keep('ada', `exercise-${at}`, { ...content('x'.repeat(400)), base: 0 }, at)
    bounded.tidy(4)
    expect([1, 2, 3].map((at) => bounded.one('ada', `exercise-${at}`)?.savedAt)).toEqual([undefined, 2, 3])
  })
})
