import { describe, expect, test } from 'vitest'
import { type Moment, type NextStep, nextStep } from './next-question.ts'
import { testGuide } from './test-guide.ts'

const guide = testGuide()

type Given = Partial<Omit<Moment, 'ticked' | 'asked' | 'done'>> & {
  ticked?: string[]
  asked?: string[]
  done?: string[]
}

/** The step at a moment with time enough, early in the first part, unless something else is said. */
function step({ ticked = [], asked = [], done = [], ...rest }: Given, inGuide = guide): NextStep {
  return nextStep(inGuide, {
    question: 'pool',
    used: 0,
    left: { part: 15, interview: 55 },
    ...rest,
    ticked: new Set(ticked),
    asked: new Set(asked),
    done: new Set(done),
  })
}

/** What the step is about, and why. */
function told(given: Given): [string, string] {
  const next = step(given)
  switch (next.type) {
    case 'probe':
      return [`probe ${next.point}`, next.why]
    case 'area':
      return [`${next.area} ${next.id}`, next.why]
    case 'follow-up':
      return [`follow-up ${next.id}`, next.why]
    case 'question':
      return [`question ${next.question}`, next.why]
    case 'part':
      return [`part ${next.part}`, next.why]
    case 'end':
      return ['end', next.why]
  }
}

const ALL = ['queue', 'gc', 'deadlock']

describe('within a question', () => {
  test.each<[string, Given, string, string]>([
    ['nothing said: the first point', {}, 'probe queue', 'no point on queue yet'],
    ['what was said is skipped', { ticked: ['queue', 'gc'] }, 'probe deadlock', 'no point on deadlock yet'],
    ['in the order of the guide, not of saying', { ticked: ['deadlock'] }, 'probe queue', 'no point on queue yet'],
    ['an abbreviation stays in capitals', { ticked: ['queue'] }, 'probe gc', 'no point on GC pressure yet'],
    ['a probe is not asked twice', { asked: ['queue'] }, 'probe gc', 'no point on GC pressure yet'],
    ['a follow-up of what was said', { ticked: ALL }, 'follow-up full', 'follows from queue and GC pressure'],
    ['the next follow-up', { ticked: ALL, asked: ['full'] }, 'follow-up ring', 'all points said'],
    [
      'no follow-up of what was not said, even if asked for',
      { ticked: ['queue'], asked: ['gc', 'deadlock'] },
      'follow-up ring',
      '2 of 3 points not said',
    ],
    ['a tick of another question is none', { ticked: ['holds'] }, 'probe queue', 'no point on queue yet'],
  ])('%s', (_, given, what, why) => {
    expect(told(given)).toEqual([what, why])
  })

  test('the words to say come with it, where the guide has some', () => {
    expect(step({})).toMatchObject({ type: 'probe', ask: 'What grows?' })
    expect(step({ ticked: ['queue'] })).toMatchObject({ type: 'probe', point: 'gc', ask: null })
    expect(step({ ticked: ALL })).toMatchObject({ type: 'follow-up', ask: 'And when it is full?' })
    expect(step({ ticked: ALL, asked: ['full', 'ring'] })).toMatchObject({ type: 'question', ask: 'Which profile?' })
  })
})

describe('on to the next question', () => {
  const finished = { ticked: ALL, asked: ['full', 'ring'] }
  test.each<[string, Given, string, string]>([
    ['all said and asked', { ...finished, used: 3 }, 'question profile', 'all points said: go on to Q3'],
    [
      'all said, too long',
      { ...finished, used: 8, left: { part: 7, interview: 47 } },
      'question profile',
      'all points said; 2 minutes over: go on to Q3',
    ],
    [
      'time is up, points missing',
      { ticked: ['queue'], used: 7.2, left: { part: 6, interview: 46 } },
      'question profile',
      '2 of 3 points not said; 1 minute over: go on to Q3',
    ],
    [
      'time is up just now',
      { ticked: ['queue'], used: 6, left: { part: 6, interview: 46 } },
      'question profile',
      '2 of 3 points not said: go on to Q3',
    ],
    [
      'longer than planned while the others still get their least',
      { ticked: ['queue', 'gc'], used: 7, left: { part: 8, interview: 48 } },
      'probe deadlock',
      'no point on deadlock yet',
    ],
    [
      'what was asked before is not asked again',
      { ...finished, done: ['profile'] },
      'question leak',
      'all points said: go on to Q5',
    ],
    [
      'what does not fit is left out',
      { ...finished, used: 12, left: { part: 3, interview: 43 } },
      'question leak',
      'all points said; 6 minutes over; Q3 needs 4 minutes, the part has 3: go on to Q5',
    ],
    [
      'nothing fits: the next part',
      { ...finished, used: 14, left: { part: 1, interview: 41 } },
      'question shop',
      'all points said; 8 minutes over; Q3 needs 4 minutes, the part has 1: go on to Q9',
    ],
    [
      'the end of a part is firm',
      { ticked: [], used: 3, left: { part: 0, interview: 40 } },
      'question shop',
      'part 1 has no time left: go on to Q9',
    ],
    [
      'and comes sooner where the interview runs out',
      { ticked: [], used: 7, left: { part: 9, interview: 8 } },
      'question leak',
      '3 of 3 points not said; 1 minute over; Q3 needs 4 minutes, the part has 3: go on to Q5',
    ],
    [
      'back to one that was passed over',
      { question: 'leak', used: 1, done: ['profile'] },
      'question pool',
      'all points said: go on to Q2',
    ],
    [
      'from an alternative to the questions of its part',
      { question: 'memory', used: 6, done: ['pool'] },
      'question profile',
      'all points said: go on to Q3',
    ],
    [
      'after the last question of a part',
      { question: 'leak', done: ['pool', 'profile'] },
      'question shop',
      'all points said: go on to Q9',
    ],
    ['before the first', { question: null }, 'question pool', 'next is Q2'],
    ['between two', { question: null, done: ['pool'] }, 'question profile', 'next is Q3'],
    [
      'at one that the guide has not',
      { question: 'gone', done: ['pool', 'profile', 'leak'] },
      'question shop',
      'next is Q9',
    ],
    [
      'all asked: the part that has no questions',
      { question: null, done: ['pool', 'profile', 'leak', 'shop'] },
      'part talk',
      'next is part 3',
    ],
    [
      'the last minutes are kept',
      { left: { part: 4, interview: 5 } },
      'part talk',
      'the last 5 minutes are kept: go on to part 3',
    ],
    [
      'even between two questions',
      { question: null, left: { part: 0, interview: -3 } },
      'part talk',
      'the last 5 minutes are kept: go on to part 3',
    ],
  ])('%s', (_, given, what, why) => {
    expect(told(given)).toEqual([what, why])
  })

  test('there is an end where no part is left', () => {
    const short = { ...guide, keptMinutes: 0, parts: guide.parts.slice(0, 1) }
    const asked = { question: 'leak', done: ['pool', 'profile'] }
    expect(step(asked, short)).toEqual({ type: 'end', why: 'all points said, and nothing is left to ask' })
    expect(step({ question: null, done: ['pool', 'profile', 'leak'] }, short)).toEqual({
      type: 'end',
      why: 'nothing is left to ask',
    })
  })
})

describe('through the areas of a long question', () => {
  const shop = { question: 'shop', left: { part: 20, interview: 30 } }
  const late = (used: number) => ({ used, left: { part: 20 - used, interview: 30 - used } })
  test.each<[string, Given, string, string]>([
    ['its own points first', {}, 'probe figures', 'no point on figures yet'],
    ['an area begins with its first question', { ticked: ['figures'] }, 'whole overview', 'begin with the whole'],
    [
      'then what was not said',
      { ticked: ['figures'], asked: ['overview'] },
      'probe services',
      'no point on services yet',
    ],
    [
      'also where a point was said unasked',
      { ticked: ['figures', 'caches'] },
      'probe services',
      'no point on services yet',
    ],
    [
      'then its other questions',
      { ticked: ['figures', 'services', 'caches'], asked: ['overview'] },
      'whole flash',
      'more on the whole',
    ],
    [
      'then the next area',
      { ticked: ['figures', 'services', 'caches'], asked: ['overview', 'flash'] },
      'stock last-ten',
      'the whole: all asked; go on to stock',
    ],
    [
      'sooner when its share of the time is over',
      { ticked: ['figures'], asked: ['overview'], ...late(8) },
      'stock last-ten',
      'the time for the whole is over; go on to stock',
    ],
    [
      'but not before',
      { ticked: ['figures'], asked: ['overview'], ...late(7.9) },
      'probe services',
      'no point on services yet',
    ],
    [
      'and later where the part was given some of the reserve',
      { ticked: ['figures'], asked: ['overview'], used: 9, left: { part: 16, interview: 30 } },
      'probe services',
      'no point on services yet',
    ],
    [
      'probing without a time of its own once the others are through',
      { ticked: ['figures', 'services', 'caches', 'holds'], asked: ['overview', 'flash', 'last-ten'], ...late(12) },
      'edges twice',
      'stock: all asked; go on to edge cases',
    ],
    [
      'then the follow-ups',
      { ticked: ['figures', 'services', 'caches', 'holds'], asked: ['overview', 'flash', 'last-ten', 'twice'] },
      'follow-up weakest',
      'all points said',
    ],
    [
      'and out when the time is up',
      { ticked: ['figures'], used: 20, left: { part: 0, interview: 10 } },
      'part talk',
      'part 2 has no time left: go on to part 3',
    ],
  ])('%s', (_, given, what, why) => {
    expect(told({ ...shop, ...given })).toEqual([what, why])
  })
})

test('whoever follows it gets through the whole guide, asks nothing twice, and comes to an end', () => {
  const asked = new Set<string>()
  const done = new Set<string>()
  let question: string | null = null
  const seen: string[] = []
  for (;;) {
    const next = nextStep(guide, {
      question,
      ticked: new Set(),
      asked,
      done,
      used: 1,
      left: { part: 99, interview: 99 },
    })
    if (next.type === 'part' || next.type === 'end') break
    const what = next.type === 'probe' ? next.point : next.type === 'question' ? next.question : next.id
    expect(seen).not.toContain(what)
    seen.push(what)
    if (next.type !== 'question') asked.add(what)
    else {
      if (question !== null) done.add(question)
      question = next.question
    }
  }
  expect(seen).toEqual([
    ...['pool', 'queue', 'gc', 'deadlock', 'ring', 'profile', 'leak', 'shop', 'figures'],
    ...['overview', 'services', 'caches', 'flash', 'last-ten', 'holds', 'twice', 'weakest'],
  ])
})
