import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { PACKAGES_FOLDER, readCases } from './cases.ts'
import { means } from './mapping.ts'

it('has one case for every package and one package for every case', async () => {
  const folders = (await readdir(PACKAGES_FOLDER, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const names = folders.map(({ name }) => name).sort()
  expect(Object.keys(await readCases()).sort()).toEqual(names)
  expect(names.length).toBeGreaterThanOrEqual(45)
})

it('gives a reason for every verdict outside the mapping', async () => {
  const silent = Object.entries(await readCases())
    .filter(([, { go, ours, because }]) => !means(go, ours) && because === undefined)
    .map(([name]) => name)
  expect(silent).toEqual([])
})

it('gives no reason where the mapping already says it', async () => {
  const idle = Object.entries(await readCases())
    .filter(([, { go, ours, because }]) => means(go, ours) && because !== undefined)
    .map(([name]) => name)
  expect(idle).toEqual([])
})
