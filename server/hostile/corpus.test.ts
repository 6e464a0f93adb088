import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../src/exercises/catalogue.ts'
import { jobOf } from '../src/runs/plan.ts'
import { loadAttacks, planAttack } from './corpus.ts'
import { madeAttacks } from './made-attacks.ts'
import { NEIGHBOUR_CASES } from './neighbour-cases.ts'
import { SOCKET_ATTACKS } from './socket-cases.ts'

const DIR = fileURLToPath(new URL('.', import.meta.url))
const EXERCISES = fileURLToPath(new URL('../../exercises', import.meta.url))

describe('the hostile corpus', () => {
  it('has cases of every group', async () => {
    const names = [...(await loadAttacks(DIR)), ...madeAttacks(), ...NEIGHBOUR_CASES].map(({ name }) => name)
    const groups = new Set(names.map((name) => name.split('/')[0]))
    expect([...groups].sort()).toEqual(['compile', 'escape', 'neighbours', 'run', 'spoof', 'steal'])
    expect(new Set(SOCKET_ATTACKS.map(({ name }) => name)).size).toBe(SOCKET_ATTACKS.length)
  })

  it('plans every submission as the server does, refusing only what must be refused', async () => {
    const catalogue = await loadCatalogue(EXERCISES)
    for (const attack of [...(await loadAttacks(DIR)), ...madeAttacks()]) {
      const plan = await planAttack(attack, { dir: DIR, catalogue })
      if (plan.type === 'rejected') expect(attack.verdicts, attack.name).toContain('rejected')
      else expect(jobOf(plan).files.length, attack.name).toBeGreaterThan(0)
    }
  })

  it('has a reason for every residual risk', async () => {
    const risks = (await loadAttacks(DIR)).filter(({ residual }) => residual !== undefined)
    expect(risks.map(({ name }) => name)).toEqual([
      'spoof/intercepted-secret',
      'spoof/patched-testing',
      'spoof/race-acquire-by-address',
      'steal/own-binary',
      'steal/passed-arguments',
    ])
  })
})
