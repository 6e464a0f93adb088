import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../commands/tools/programs.ts'
import { startServer } from '../e2e/practice-server.ts'
import { testGuide } from '../protocol/src/interview/test-guide.ts'
import { loadCatalogue } from '../src/exercises/catalogue.ts'
import { auditInterview } from './audit.ts'
import { killAgainAndAgain } from './kills.ts'
import { withFault } from './planted-faults.ts'

test('a server that acknowledges before it writes is found out', { timeout: 200_000 }, async () => {
  const flags = withFault('acknowledged-before-written')
  const report = await killAgainAndAgain({ kills: 8, seed: 2, guide: testGuide(), say: () => {}, flags })
  expect(report.lost).not.toEqual([])
})

test('a server that tells notes and hints to the candidate is found out', { timeout: 200_000 }, async () => {
  const flags = [...withFault('notes-for-everybody'), ...withFault('hints-for-everybody')]
  const exercise = (await loadCatalogue(join(ROOT, 'exercises'))).exercises.get('hit-counter')
  if (exercise === undefined) throw new Error('there is no exercise to be audited with')
  const server = await startServer('auto', {}, flags)
  try {
    const { leaks } = await auditInterview({ url: server.url, guide: testGuide(), exercise })
    expect(leaks).toContain('a note came with the socket')
    expect(leaks).toContainEqual(expect.stringMatching(/^hint 2 came with GET .*exercise\/hit-counter$/))
  } finally {
    await server.stop()
  }
})
