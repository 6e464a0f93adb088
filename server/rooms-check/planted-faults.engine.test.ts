import { expect, test } from 'vitest'
import { startServer } from '../e2e/practice-server.ts'
import { testGuide } from '../protocol/src/interview/test-guide.ts'
import { auditInterview } from './audit.ts'
import { killAgainAndAgain } from './kills.ts'
import { withFault } from './planted-faults.ts'

test('a server that acknowledges before it writes is found out', { timeout: 200_000 }, async () => {
  const flags = withFault('acknowledged-before-written')
  const report = await killAgainAndAgain({ kills: 8, seed: 2, guide: testGuide(), say: () => {}, flags })
  expect(report.lost).not.toEqual([])
})

test('a server that forgets which acts it has carried out is found out', { timeout: 200_000 }, async () => {
  const flags = withFault('acts-forgotten')
  const report = await killAgainAndAgain({ kills: 6, seed: 2, guide: testGuide(), say: () => {}, flags })
  expect(report.doubled).not.toEqual([])
})

test('a server that tells notes, hints and faults to the candidate is found out', { timeout: 200_000 }, async () => {
  const names = ['notes-for-everybody', 'hints-for-everybody', 'faults-before-they-come']
  const flags = names.flatMap(withFault)
  const server = await startServer('auto', {}, flags)
  try {
    const { leaks } = await auditInterview({ url: server.url, guide: testGuide() })
    expect(leaks).toContain('a note came with the socket')
    expect(leaks).toContainEqual(expect.stringMatching(/^what the fault early-cancel is came with GET /))
    expect(leaks).toContainEqual(expect.stringMatching(/^hint 2 came with GET .*exercise\/[a-z-]+$/))
  } finally {
    await server.stop()
  }
})
