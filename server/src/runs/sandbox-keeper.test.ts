import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxStatus } from '@sandbox/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import type { SandboxDriver } from '../sandbox/driver.ts'
import { DEFAULT_LIMITS } from '../sandbox/limits.ts'
import type { Selection } from '../sandbox/select-driver.ts'
import { SandboxKeeper } from './sandbox-keeper.ts'

let tree: string

beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), 'keeper-'))
  await mkdir(join(tree, 'go'))
  await writeFile(join(tree, 'go/VERSION'), 'go1.26.8\ntime 2026-01-01\n')
})

afterEach(() => rm(tree, { recursive: true }))

/** A driver whose health the test decides; it opens nothing. */
function driver(singlePerson = false) {
  const listeners = new Set<(healthy: boolean) => void>()
  let healthy = true
  const closed = { times: 0 }
  const made: SandboxDriver = {
    name: 'bubblewrap',
    enforcement: { memory: singlePerson ? 'watched' : 'enforced' },
    singlePerson,
    healthy: () => healthy,
    onHealth: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open: () => new Promise(() => {}),
    sweep: async () => 0,
    close: async () => {
      closed.times++
    },
  }
  const turn = (value: boolean) => {
    healthy = value
    for (const listener of listeners) listener(value)
  }
  return { made, turn, closed }
}

function keeper(answers: Selection[], overrides: { tree?: string; loopback?: boolean } = {}) {
  const told: SandboxStatus[] = []
  const waiting: (() => void)[] = []
  const made = new SandboxKeeper({
    select: async () => answers.shift() ?? { driver: null, reasons: ['nothing more'] },
    tree: overrides.tree ?? tree,
    limits: DEFAULT_LIMITS,
    mode: null,
    slots: 2,
    loopback: overrides.loopback ?? true,
    tell: (status) => {
      told.push(status)
      for (const wake of waiting.splice(0)) wake()
    },
    log: createLog('silent'),
    retryMs: 1,
  })
  const next = () => new Promise<void>((resolve) => waiting.push(resolve))
  return { keeper: made, told, next }
}

describe('the keeper of sandboxes', () => {
  it('tells that code can be run, by which driver and with which Go', async () => {
    const { keeper: kept, told } = keeper([{ driver: driver().made, reasons: ['docker: no engine'] }])
    await kept.start()
    expect(told).toEqual([
      {
        ready: true,
        driver: 'bubblewrap',
        goVersion: 'go1.26.8',
        enforcement: { memory: 'enforced' },
        reasons: [],
        slots: 2,
      },
    ])
  })

  it('tells why not, tries again by itself, and refuses to give a sandbox meanwhile', async () => {
    const {
      keeper: kept,
      told,
      next,
    } = keeper([
      { driver: null, reasons: ['docker: no engine', 'bubblewrap: not installed'] },
      { driver: driver().made, reasons: [] },
    ])
    await kept.start()
    expect(told.at(-1)).toMatchObject({
      ready: false,
      driver: 'none',
      reasons: ['docker: no engine', 'bubblewrap: not installed'],
    })
    await expect(kept.acquire('ann', new AbortController().signal)).rejects.toThrow('no sandbox')
    await next()
    expect(told.at(-1)).toMatchObject({ ready: true })
  })

  it('turns red while the engine does not answer, and green again', async () => {
    const { made, turn } = driver()
    const { keeper: kept, told } = keeper([{ driver: made, reasons: [] }])
    await kept.start()
    turn(false)
    expect(told.at(-1)).toMatchObject({
      ready: false,
      driver: 'bubblewrap',
      reasons: [expect.stringContaining('does not answer')],
    })
    turn(true)
    expect(told.at(-1)).toMatchObject({ ready: true, reasons: [] })
  })

  it('names the missing tree', async () => {
    const { keeper: kept, told } = keeper([], { tree: join(tree, 'none') })
    await kept.start()
    expect(told.at(-1)?.reasons[0]).toContain('npm start')
    await kept.close()
  })

  it('serves one at a time where limits are only watched', async () => {
    const { keeper: kept, told } = keeper([{ driver: driver(true).made, reasons: [] }])
    await kept.start()
    expect(told.at(-1)).toMatchObject({ ready: true, slots: 1 })
  })

  it('serves nobody but this machine where limits are only watched', async () => {
    const { made, closed } = driver(true)
    const { keeper: kept, told } = keeper([{ driver: made, reasons: [] }], { loopback: false })
    await kept.start()
    expect(told.at(-1)).toMatchObject({ ready: false, reasons: [expect.stringContaining('HOST=127.0.0.1')] })
    expect(closed.times).toBe(1)
    await kept.close()
  })
})
