import { parseArgs } from 'node:util'
import type { Guide } from '@sandbox/protocol'
import { startServer } from '../e2e/practice-server.ts'
import { type AuditReport, auditInterview } from '../rooms-check/audit.ts'
import { firstGuide } from '../rooms-check/guide.ts'
import { type KillsReport, killAgainAndAgain } from '../rooms-check/kills.ts'
import { type Case, indented, lastLine, tally } from './tools/cases.ts'
import { ensureClient } from './tools/client-build.ts'
import { ensureSandboxTree } from './tools/sandbox-preparation.ts'

const USAGE = 'usage: npm run check:rooms -- [--json] [--short] [--kills N] [--seed N]'
const KILLS = 200
const SHORT_KILLS = 10
const MAX_SEED = 2 ** 31

const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      kills: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * MAX_SEED)) },
    },
  })
  const kills = wholeNumber(values.kills ?? String(values.short ? SHORT_KILLS : KILLS))
  const seed = wholeNumber(values.seed)
  const guide = await firstGuide()
  say(`seed ${seed}`)
  const audited = await audit(guide)
  const killed = await killAgainAndAgain({ kills, seed, guide, say })
  const result = tally([...casesOfAudit(audited), ...casesOfKills(killed)])
  const figures = {
    kills: killed.kills,
    kills_while_waiting: killed.kills_while_waiting,
    acknowledged: killed.acknowledged,
    lost: killed.lost.length,
    doubled: killed.doubled.length,
    bytes_audited: audited.bytes,
    leaks: audited.leaks.length,
    seed,
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ ...figures, ...result }, null, 2)}\n`)
  else process.stdout.write(`${table(figures, result.failed)}${lastLine(result)}\n`)
  return result.failed.length === 0 ? 0 : 1
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw new Error(USAGE)
  return number
}

async function audit(guide: Guide): Promise<AuditReport> {
  await Promise.all([ensureClient(say), ensureSandboxTree(say)])
  const server = await startServer('auto', { NEW_PEOPLE_PER_MINUTE: '1000' })
  try {
    say('an interview, every byte of it…')
    return await auditInterview({ url: server.url, guide })
  } finally {
    await server.stop()
  }
}

function casesOfAudit({ leaks, broken }: AuditReport): Case[] {
  return [
    { name: 'nothing private comes to a candidate', reason: reasonOf(leaks) },
    { name: 'the audited interview is a whole one', reason: reasonOf(broken) },
  ]
}

function casesOfKills(report: KillsReport): Case[] {
  const isTesting = report.kills_while_waiting * 2 > report.kills && report.acknowledged > report.kills
  const idle = `something was on its way at ${report.kills_while_waiting} of ${report.kills} kills, ${report.acknowledged} messages were acknowledged`
  return [
    { name: 'what was acknowledged is there after a kill', reason: reasonOf(report.lost) },
    { name: 'what was done once is there once', reason: reasonOf(report.doubled) },
    { name: 'the log has every number once', reason: reasonOf(report.log) },
    { name: 'everybody comes back to the same text', reason: reasonOf(report.diverged) },
    { name: 'nobody is refused or sent away', reason: reasonOf(report.complaints) },
    { name: 'kills come while something is on its way', reason: isTesting ? null : idle },
  ]
}

function reasonOf(sentences: readonly string[]): string | null {
  return sentences.length === 0 ? null : sentences.join('\n')
}

function table(figures: Record<string, number>, failed: readonly { name: string; reason: string }[]): string {
  const rows = Object.entries(figures).map(([name, figure]) => `${name.padEnd(22)} ${figure}\n`)
  return [...rows, ...failed.map(({ name, reason }) => `✗ ${name}\n${indented(reason)}`)].join('')
}

try {
  process.exitCode = await main()
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 2
}
