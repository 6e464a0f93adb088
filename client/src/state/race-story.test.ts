import { expect, test } from 'vitest'
import { shortFunction, storyMarkdown, storyOf } from './race-story.ts'
import { foldedRun } from './testdata/recorded.ts'

test('function names lose their package and their type arguments', () => {
  const names = [
    'sandbox/pool.(*Pool).Submit',
    'sandbox/hits_test.TestHits.func1',
    'sandbox/gen.(*List[go.shape.string]).Add',
    'main.main',
    'panic',
  ]
  expect(names.map(shortFunction)).toEqual(['Pool.Submit', 'TestHits.func1', 'List.Add', 'main', 'panic'])
})

test('a lane leads from the start of its goroutine to the access', () => {
  const [race] = foldedRun('race').races
  if (!race) throw new Error('the recording has no race')
  const { lanes, starter } = storyOf(race)
  expect(lanes[0]).toMatchObject({ letter: 'A', title: 'writes in Counter.Hit' })
  expect(lanes[1]).toMatchObject({ letter: 'B', title: 'reads in Counter.Hit' })
  expect(lanes[0].path.map((frame) => `${frame.file}:${frame.line}`)).toEqual(['visible_test.go:40'])
  // Both were started by the test, neither by the other: no arrow may be drawn.
  expect(starter).toBeNull()
})

test('an arrow is drawn where the test itself is one of the two and started the other', () => {
  const [race] = foldedRun('race').races
  if (!race) throw new Error('the recording has no race')
  const [later, earlier] = race.accesses
  const inTest = later.created?.stack.filter((frame) => frame.origin !== 'go') ?? []
  const [site = null] = inTest
  const ofTest = { ...earlier, kind: 'write' as const, site, stack: inTest, created: null }
  expect(storyOf({ ...race, accesses: [later, ofTest] })).toMatchObject({
    starter: 'A',
    lanes: [{ access: { kind: 'write', created: null } }, { access: { kind: 'read' } }],
  })
})

test('the story reads as Markdown with places and source', () => {
  const [race] = foldedRun('race').races
  if (!race) throw new Error('the recording has no race')
  const source = (file: string, line: number) => (file === 'hits.go' && line === 29 ? 'c.total++' : null)
  const text = storyMarkdown(race, source, null)
  expect(text).toContain('**Data race** in TestHitsFromManyGoroutines')
  expect(text).toContain('- **A** writes at `hits.go:29`')
  expect(text).toContain('`c.total++`')
  expect(text).toContain('started at `visible_test.go:38`')
  expect(storyMarkdown(race, source, 'http://page/run/x')).toBe(
    `${text}\n[The run, with its code](http://page/run/x)\n`,
  )
})
