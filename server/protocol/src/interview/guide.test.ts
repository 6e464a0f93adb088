import { expect, test } from 'vitest'
import { Guide, MAX_GUIDE_CHARS, pointsOf } from './guide.ts'
import { testGuide } from './test-guide.ts'

/** What is told of a guide after a change, as `path: message`. */
function problems(change: (guide: Guide) => void): string[] {
  const guide = testGuide()
  change(guide)
  const parsed = Guide.safeParse(guide)
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

/** The one at this place; a test that names another one is wrong. */
function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`there is no ${index}`)
  return found
}

const question = (guide: Guide, part: number, index = 0) => at(at(guide.parts, part).questions, index)

test('a sound guide is taken as it is, and fits into what may be sent', () => {
  expect(problems(() => {})).toEqual([])
  expect(JSON.stringify(testGuide()).length).toBeLessThan(MAX_GUIDE_CHARS)
})

test.each<[string, (guide: Guide) => void, string[]]>([
  [
    'parts longer than the interview',
    (guide) => {
      at(guide.parts, 0).minutes = 40
    },
    ['parts: the parts take 70 of 60 minutes'],
  ],
  [
    'kept minutes that are not those of the last part',
    (guide) => {
      guide.keptMinutes = 10
    },
    ['keptMinutes: the last part has 5 minutes, and 10 are kept'],
  ],
  [
    'two parts of one name',
    (guide) => {
      at(guide.parts, 1).id = 'first'
    },
    ['parts: "first" is there twice'],
  ],
  [
    'an alternative with the name of a question',
    (guide) => {
      at(at(guide.parts, 0).alternatives, 0).id = 'pool'
    },
    ['parts: "pool" is there twice'],
  ],
  [
    'a point of an area with the name of a point of its question',
    (guide) => {
      at(at(question(guide, 1).areas, 1).points, 0).id = 'figures'
    },
    ['parts.shop: "figures" is there twice'],
  ],
  [
    'a follow-up with the name of a point',
    (guide) => {
      at(question(guide, 0).followUps, 1).id = 'deadlock'
    },
    ['parts.pool: "deadlock" is there twice'],
  ],
  [
    'two areas of one name',
    (guide) => {
      at(question(guide, 1).areas, 1).id = 'whole'
    },
    ['parts.shop.areas: "whole" is there twice'],
  ],
  [
    'a follow-up of a point that is not there',
    (guide) => {
      at(question(guide, 0).followUps, 0).after = ['gone']
    },
    ['parts.pool.followUps.full: follows a point that is not there'],
  ],
  [
    'points that do not add up',
    (guide) => {
      at(guide.sections, 0).points = 30
    },
    ['sections: the points add up to 105, not 100'],
  ],
  [
    'bands in another order',
    (guide) => {
      at(guide.sections, 0).bands.reverse()
    },
    ['sections.0.bands: the bands are exceptional, strong, adequate, weak, in this order'],
  ],
  [
    'bands under other names',
    (guide) => {
      at(at(guide.sections, 0).bands, 0).band = 'weak'
    },
    ['sections.0.bands: the bands are exceptional, strong, adequate, weak, in this order'],
  ],
  [
    'a band that begins where the better one does',
    (guide) => {
      at(at(guide.sections, 0).bands, 1).from = at(at(guide.sections, 0).bands, 0).from
    },
    ['sections.0.bands.1.from: this has to be less than 23, where "exceptional" begins'],
  ],
  [
    'a band that is nobody’s, as it begins above the section’s points',
    (guide) => {
      at(at(guide.sections, 1).bands, 0).from = at(guide.sections, 1).points + 1
    },
    ['sections.1.bands.0.from: the section has 10 points'],
  ],
  [
    'a lowest band above 0',
    (guide) => {
      at(at(guide.sections, 0).bands, 3).from = 1
    },
    ['sections.0.bands.3.from: the lowest band begins at 0'],
  ],
  [
    'a minimum above the points',
    (guide) => {
      at(guide.sections, 0).minimum = 26
    },
    ['sections.0.minimum: the section has 25 points'],
  ],
  [
    'two flags of one name',
    (guide) => {
      guide.greenFlags.push(at(guide.greenFlags, 0))
    },
    ['greenFlags: "clear" is there twice'],
  ],
])('%s are told of', (_, change, told) => {
  expect(problems(change)).toEqual(told)
})

test('the points of a question are its own and those of its areas, in order', () => {
  expect(pointsOf(question(testGuide(), 1)).map(({ id }) => id)).toEqual(['figures', 'services', 'caches', 'holds'])
})
