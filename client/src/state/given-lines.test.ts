import { expect, test } from 'vitest'
import { givenLines } from './given-lines.ts'
import { recordedDetail } from './testdata/recorded.ts'
import { answer, editFile, openExercise } from './workspace.ts'

const EXERCISE = recordedDetail('hit-counter')
const FILE = 'hits.go'

function given(edit: (text: string) => string) {
  const opened = openExercise(EXERCISE, null)
  const text = opened.starter.find(({ name }) => name === FILE)?.text ?? ''
  const lines = givenLines(editFile(opened, FILE, edit(text)), FILE)
  if (!lines) throw new Error('the recording has the file')
  return { ...lines, text }
}

test('lines of a file that was not edited are the given ones', () => {
  const { now, given: from, texts, text } = given((same) => same)
  expect([now(7), from(7)]).toEqual([7, 7])
  expect(texts.join('\n')).toBe(text)
})

test('an edited file is still asked about as it was given, and what was written since is no line of it', () => {
  const { now, given: from, texts, text } = given((all) => `// mine\n${all.replace('c.total++', 'c.total += 1')}`)
  const changed = text.split('\n').findIndex((line) => line.includes('c.total++')) + 1
  expect(from(1)).toBeNull()
  expect(from(8)).toBe(7)
  expect(now(7)).toBe(8)
  expect(now(changed)).toBeNull()
  expect(from(changed + 1)).toBeNull()
  expect(texts[changed - 1]).toContain('c.total++')
})

test('each line that stands now is paired with the given line that leads to it, equal lines too', () => {
  const { now, given: from, texts } = given((all) => all.replaceAll('\n\n', '\n\n\n').replaceAll('}\n', '}\n}\n'))
  const pairs = texts.map((_, index) => [index + 1, now(index + 1)] as const)
  expect(pairs.every(([line, at]) => at === null || from(at) === line)).toBe(true)
})

test('a file that the exercise did not give has no given lines', () => {
  expect(givenLines(answer(openExercise(EXERCISE, null), 'where', [7]), 'other.go')).toBeNull()
})
