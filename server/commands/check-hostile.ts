import { mkdtempSync, rmSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureTree } from '../../sandbox-images/go/build.ts'
import { attackCases } from '../hostile/attack-case.ts'
import { loadAttacks } from '../hostile/corpus.ts'
import { madeAttacks } from '../hostile/made-attacks.ts'
import { NEIGHBOUR_CASES } from '../hostile/neighbour-cases.ts'
import { type CaseResult, runCorpus } from '../hostile/run-corpus.ts'
import { ServersUnderAttack, serverCase } from '../hostile/server-case.ts'
import { SOCKET_ATTACKS } from '../hostile/socket-cases.ts'
import { type Bait, type HostileCase, setBait, type Target } from '../hostile/target.ts'
import { loadCatalogue } from '../src/exercises/catalogue.ts'
import { INSTANCE_LABEL } from '../src/sandbox/docker-driver.ts'
import type { SandboxDriver } from '../src/sandbox/driver.ts'
import { thisInstance } from '../src/sandbox/instance.ts'
import { selectDriver } from '../src/sandbox/select-driver.ts'
import { indented, lastLine, tally } from './tools/cases.ts'
import { bringGoToPath, ROOT } from './tools/programs.ts'

const USAGE = 'usage: npm run check:hostile -- [--json] [--only NAME] [--driver docker|bubblewrap]'
const DRIVERS = ['docker', 'bubblewrap'] as const
type DriverName = (typeof DRIVERS)[number]
const ENGINE_SOCKET = '/var/run/docker.sock'

/** A residual risk: an attack that cannot be excluded, with what became of it here. */
type Residual = { name: string; reason: string; got: string }

const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string' }, driver: { type: 'string' } },
  })
  const servers = new ServersUnderAttack()
  const cases = (await allCases(servers)).filter(({ name }) => values.only === undefined || name.includes(values.only))
  const results: CaseResult[] = []
  bringGoToPath()
  const tree = await realpath((await ensureTree(say)).path)
  for (const name of driversOf(values.driver)) results.push(...(await runOn(name, { tree, cases, servers })))
  return tell(results, values.json)
}

function driversOf(named: string | undefined): readonly DriverName[] {
  if (named === undefined) return DRIVERS
  const found = DRIVERS.find((name) => name === named)
  if (found === undefined) throw new Error(USAGE)
  return [found]
}

async function allCases(servers: ServersUnderAttack): Promise<HostileCase[]> {
  const attacks = [...(await loadAttacks(DIR)), ...madeAttacks()]
  return [...attackCases(attacks), ...NEIGHBOUR_CASES, ...SOCKET_ATTACKS.map((attack) => serverCase(attack, servers))]
}

const DIR = join(ROOT, 'server/hostile')

type Round = { tree: string; cases: HostileCase[]; servers: ServersUnderAttack }

/** The whole corpus on one driver; a driver that cannot be had is a failure, not a reason to skip. */
async function runOn(name: DriverName, { tree, cases, servers }: Round): Promise<CaseResult[]> {
  const instance = thisInstance()
  const cpus = availableParallelism()
  const { driver, reasons } = await selectDriver({ prefer: name, tree, instance, cpus, log: QUIET, progress: say })
  if (driver === null) return [failure(name, 'the driver', [`nothing could be tried: ${reasons.join(' ')}`])]
  const bait = await setBait()
  const target = await targetOf(driver, { tree, bait })
  try {
    const results = await runCorpus(target, cases, tellOne)
    const left = await servers.stop(target)
    return left.length === 0 ? results : [...results, failure(name, 'the server', [`B: it left ${left.join(' ')}`])]
  } finally {
    await servers.stop(target)
    await bait.close()
    await driver.close()
  }
}

async function targetOf(driver: SandboxDriver, { tree, bait }: { tree: string; bait: Bait }): Promise<Target> {
  const instance = thisInstance()
  const socketPath = driver.name === 'docker' ? ENGINE_SOCKET : null
  const traces = { instance, label: INSTANCE_LABEL, socketPath }
  const catalogue = await loadCatalogue(join(ROOT, 'exercises'))
  return { driver, tree, traces, dir: DIR, catalogue, bait }
}

const QUIET = { debug: () => {}, warn: () => {} }

function failure(driver: string, name: string, broken: string[]): CaseResult {
  return { name, driver, got: 'nothing', broken, residual: undefined, ms: 0 }
}

function tellOne({ name, driver, got, broken, ms }: CaseResult): void {
  const mark = broken.length === 0 ? 'ok    ' : 'BROKEN'
  say(`${mark} ${driver.padEnd(10)} ${name}: ${got}, ${Math.round(ms)} ms`)
  if (broken.length > 0) process.stderr.write(indented(broken.join('\n')))
}

/** A case counts once, and passes when it does on every driver. */
function tell(results: CaseResult[], json: boolean): number {
  const names = [...new Set(results.map(({ name }) => name))]
  const byName = names.map((name) => ({ name, runs: results.filter((each) => each.name === name) }))
  const result = tally(byName.map(({ name, runs }) => ({ name, reason: reasonOf(runs) })))
  const residual = byName.flatMap(({ name, runs }) => residualOf(name, runs))
  process.stdout.write(json ? `${JSON.stringify({ ...result, residual }, null, 2)}\n` : table(result.failed, residual))
  if (!json) process.stdout.write(`${lastLine(result)}\n`)
  return result.failed.length === 0 ? 0 : 1
}

function reasonOf(runs: CaseResult[]): string | null {
  const reasons = runs.flatMap(({ driver, broken }) => broken.map((each) => `${driver}: ${each}`))
  return reasons.length === 0 ? null : reasons.join('\n')
}

function residualOf(name: string, runs: CaseResult[]): Residual[] {
  const reason = runs[0]?.residual
  return reason === undefined
    ? []
    : [{ name, reason, got: runs.map(({ driver, got }) => `${driver}: ${got}`).join(', ') }]
}

function table(failed: { name: string; reason: string }[], residual: Residual[]): string {
  const risks = residual.map(({ name, reason, got }) => `residual risk ${name} (${got}): ${reason}\n`)
  return [...risks, ...failed.map(({ name, reason }) => `BROKEN ${name}\n${indented(reason)}`)].join('')
}

/** Temporary files get a folder of their own, so that whatever is left in it is ours. */
async function withOwnTemporaryFolder(run: () => Promise<number>): Promise<number> {
  const own = mkdtempSync(join(tmpdir(), 'check-hostile-'))
  process.env.TMPDIR = own
  try {
    return await run()
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

try {
  process.exitCode = await withOwnTemporaryFolder(main)
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 2
}
