import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { loadCatalogue } from './catalogue.ts'
import { inOrder, readPath } from './path.ts'

async function pathOf(text: string) {
  const root = await mkdtemp(join(tmpdir(), 'practice-path-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await writeFile(join(root, 'path.json'), text)
  return readPath(root)
}

test('exercises stand in the order of the path, and those that it does not name come last', async () => {
  const { places } = await pathOf('{"topics":[{"topic":"leaks","exercises":["poller","hedge"]}]}')
  const found = ['hedge', 'zebra', 'poller', 'ape'].map((slug) => ({ slug, topic: 'leaks' }))
  expect(inOrder(found, places).map(({ slug }) => slug)).toEqual(['poller', 'hedge', 'ape', 'zebra'])
})

test('what is wrong with the path is told with its field, and costs no exercise', async () => {
  const { places, problems } = await pathOf('{"topics":[{"topic":"leaks","exercises":["Poller"]}]}')
  expect([places.size, problems.map(({ field }) => field)]).toEqual([0, ['topics.0.exercises.0']])
})

test('an exercise that is named twice is told of', async () => {
  const { problems } = await pathOf('{"topics":[{"topic":"leaks","exercises":["hedge","hedge"]}]}')
  expect(problems).toEqual([{ file: 'path.json', field: 'topics', reason: 'names hedge twice' }])
})

test('every exercise of this project has a place on the path', async () => {
  const root = fileURLToPath(new URL('../../../exercises', import.meta.url))
  const { exercises } = await loadCatalogue(root)
  const { places } = await readPath(root)
  expect([...exercises.keys()].filter((slug) => !places.has(slug))).toEqual([])
})
