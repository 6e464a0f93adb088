import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Seed } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { loadCatalogue } from './catalogue.ts'

const project = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** Questions that are talk: the interview guide has them, no exercise does. */
const TALK: ReadonlySet<string> = new Set(['Q7'])

test('the README’s table says which exercises practise which question, and none is missing', async () => {
  const { exercises } = await loadCatalogue(project('exercises'))
  const rows = (await readFile(project('README.md'), 'utf8')).matchAll(/^\| (Q\d|alternative)\b[^|]*\|([^|]*)\|$/gm)
  const told = Object.fromEntries([...rows].map(([, seed, slugs]) => [seed, slugs?.match(/[a-z0-9-]+/g)]))
  const asked = Seed.options.filter((seed) => !TALK.has(seed))
  const practised = asked.map((seed) => {
    const slugs = [...exercises.values()].filter(({ file }) => file.seed.includes(seed)).map(({ slug }) => slug)
    return [seed, slugs] as const
  })
  expect(told).toEqual(Object.fromEntries(practised))
  expect(practised.filter(([, slugs]) => slugs.length === 0)).toEqual([])
})
