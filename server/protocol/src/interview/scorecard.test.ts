import { expect, test } from 'vitest'
import type { Band, SectionId } from './guide.ts'
import { bandOf, compareCards, type SectionPoints, totalOf, verdictOf } from './scorecard.ts'
import { testGuide } from './test-guide.ts'

const { sections, passing } = testGuide()

function section(id: SectionId) {
  const found = sections.find((one) => one.id === id)
  if (!found) throw new Error(`there is no section ${id}`)
  return found
}

const card = (go: number, database: number, leadership: number, design: number, architecture: number) => ({
  go,
  database,
  leadership,
  design,
  architecture,
})

test.each<[SectionId, number, Band]>([
  ['go', 25, 'exceptional'],
  ['go', 23, 'exceptional'],
  ['go', 22, 'strong'],
  ['go', 18, 'strong'],
  ['go', 17, 'adequate'],
  ['go', 13, 'adequate'],
  ['go', 12, 'weak'],
  ['go', 0, 'weak'],
  ['database', 9, 'exceptional'],
  ['database', 8, 'strong'],
  ['database', 6, 'adequate'],
  ['database', 4, 'weak'],
  ['leadership', 14, 'strong'],
  ['leadership', 13, 'adequate'],
  ['go', -1, 'weak'],
  ['go', 99, 'exceptional'],
])('%s with %i points is %s', (id, points, band) => {
  expect(bandOf(section(id), points)).toBe(band)
})

test('a total counts what is scored, in the sections that there are', () => {
  expect(totalOf(sections, {})).toBe(0)
  expect(totalOf(sections, { go: 20, design: 15 })).toBe(35)
  expect(totalOf([section('go')], { go: 20, design: 15 })).toBe(20)
})

test.each<[string, SectionPoints, ReturnType<typeof verdictOf>]>([
  [
    'enough everywhere',
    card(20, 7, 15, 15, 20),
    { type: 'pass', total: 77, reasons: ['77/100, and every minimum is met'] },
  ],
  [
    'just enough, to the point',
    card(18, 10, 14, 14, 19),
    { type: 'pass', total: 75, reasons: ['75/100, and every minimum is met'] },
  ],
  [
    'nothing in a section without minimum',
    card(25, 0, 20, 20, 25),
    { type: 'pass', total: 90, reasons: ['90/100, and every minimum is met'] },
  ],
  [
    'a minimum missed above the total',
    card(23, 8, 15, 15, 16),
    { type: 'fail', total: 77, reasons: ['77/100, but System architecture 16 < 18'] },
  ],
  [
    'two minima missed above the total',
    card(25, 10, 13, 20, 17),
    { type: 'fail', total: 85, reasons: ['85/100, but The leadership 13 < 14, System architecture 17 < 18'] },
  ],
  [
    'every minimum met, one point short',
    card(18, 10, 14, 14, 18),
    { type: 'fail', total: 74, reasons: ['74/100 < 75'] },
  ],
  ['both short', card(10, 5, 20, 20, 18), { type: 'fail', total: 73, reasons: ['73/100 < 75', 'The go 10 < 18'] }],
  [
    'nothing scored',
    {},
    {
      type: 'incomplete',
      total: 0,
      reasons: ['not scored: The go, The database, The leadership, The design, System architecture'],
    },
  ],
  [
    'one section open, a minimum missed already',
    { go: 12, database: 10, leadership: 20, design: 20 },
    { type: 'incomplete', total: 62, reasons: ['not scored: System architecture', 'The go 12 < 18'] },
  ],
  [
    'not to be passed any more, whatever the open section brings',
    { go: 18, database: 2, leadership: 14, design: 14 },
    {
      type: 'incomplete',
      total: 48,
      reasons: ['not scored: System architecture', 'at most 73/100 can be reached, 75 are needed'],
    },
  ],
  [
    'a section scored with nothing at all, which is not the same as open',
    card(0, 10, 20, 20, 25),
    { type: 'fail', total: 75, reasons: ['75/100, but The go 0 < 18'] },
  ],
])('%s', (_, points, verdict) => {
  expect(verdictOf(sections, passing, points)).toEqual(verdict)
})

test('cards are compared by section: points, spread, and how many bands lie between', () => {
  const compared = compareCards(sections, {
    priya: { points: { go: 22, database: 9, leadership: 18 } },
    tom: { points: { go: 18, database: 8, leadership: 9 } },
    ana: { points: { go: 20, database: 9, design: 15 } },
  })
  expect(compared.map(({ section, spread, bandsApart }) => [section, spread, bandsApart])).toEqual([
    ['go', 4, 0],
    ['database', 1, 1],
    ['leadership', 9, 3],
    ['design', 0, 0],
    ['architecture', 0, 0],
  ])
  expect(compared[2]?.scores).toEqual([
    { interviewer: 'priya', points: 18, band: 'exceptional' },
    { interviewer: 'tom', points: 9, band: 'weak' },
    { interviewer: 'ana', points: null, band: null },
  ])
  expect(compareCards(sections, {}).every(({ scores, spread }) => scores.length === 0 && spread === 0)).toBe(true)
})
