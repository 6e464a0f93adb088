import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBubblewrapDriver } from './bubblewrap-driver.ts'
import { describeDriver, TREE } from './contract.ts'
import { formatInstance, thisInstance } from './instance.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { makeTinyTree } from './testdata/tiny-tree.ts'
import { tracesOf } from './testdata/traces.ts'

const log = { debug: () => {}, warn: () => {} }
const options = { tree: TREE, instance: thisInstance(), cpus: 2, log }

async function killNewestSupervisor(): Promise<void> {
  const traces = await tracesOf('bubblewrap', formatInstance(options.instance))
  const pids = traces.flatMap((trace) => /^process (\d+) supervisor/.exec(trace)?.[1] ?? [])
  process.kill(Math.max(...pids.map(Number)), 'SIGKILL')
}

describeDriver('bubblewrap', {
  kind: 'bubblewrap',
  helper: ['bubblewrap'],
  create: () => createBubblewrapDriver(options),
  killFromOutside: killNewestSupervisor,
})

describeDriver('bubblewrap without control groups', {
  kind: 'bubblewrap',
  helper: ['bubblewrap', 'watched'],
  create: () => createBubblewrapDriver({ ...options, cgroups: false }),
  killFromOutside: killNewestSupervisor,
})

test('says what is only watched, and then serves one person', async () => {
  const driver = await createBubblewrapDriver({ ...options, cgroups: false })
  expect(driver.enforcement).toMatchObject({ memory: 'watched', processes: 'watched', network: 'enforced' })
  expect(driver.singlePerson).toBe(true)
  await driver.close()
})

test("starts from a tree in a folder that the sandbox's user cannot reach", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unreachable-'))
  try {
    const tree = await makeTinyTree(join(folder, 'tree'), TREE)
    const driver = await createBubblewrapDriver({ ...options, tree })
    const sandbox = await driver.open(DEFAULT_LIMITS)
    expect(sandbox.usable).toBe(true)
    await sandbox.destroy()
    await driver.close()
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a tree without a supervisor is a sentence with the reason', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'empty-'))
  try {
    await chmod(folder, 0o755)
    for (const name of ['dev', 'proc', 'sys', 'tmp']) await mkdir(join(folder, name))
    const driver = await createBubblewrapDriver({ ...options, tree: folder })
    await expect(driver.open(DEFAULT_LIMITS)).rejects.toThrow(/could not start a sandbox: .*supervisor/)
    expect(await tracesOf('bubblewrap', formatInstance(options.instance))).toEqual([])
    await driver.close()
  } finally {
    await rm(folder, { recursive: true })
  }
})
