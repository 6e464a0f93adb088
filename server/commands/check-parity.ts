import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureTree } from '../../sandbox-images/go/build.ts'
import { type ParityCase, readCases } from '../parity/cases.ts'
import { compare } from '../parity/compare.ts'
import { readGoRun } from '../parity/go-account.ts'
import { findGoRoot, goTest } from '../parity/go-test.ts'
import { readOurRun } from '../parity/our-account.ts'
import { withCopy } from '../parity/workspace.ts'
import { type LocalJudge, openLocalJudge } from '../src/runs/local-judge.ts'
import { planPackage } from '../src/runs/plan.ts'

/** How many packages are tested at the same time. */
const AT_ONCE = 2

interface Outcome {
  name: string
  go: string
  ours: string
  differences: string[]
  /** Why both may differ here, where cases.json says so. */
  because: string | undefined
}

interface Setting {
  judge: LocalJudge
  goroot: string
  report(outcome: Outcome): void
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      driver: { type: 'string', default: 'auto' },
    },
  })
  const cases = chosen(await readCases(), values.only)
  const say = (text: string) => void process.stderr.write(`${text}\n`)
  const judge = await openLocalJudge({
    prefer: driverOf(values.driver),
    tree: (await ensureTree(say)).path,
    progress: say,
  })
  try {
    const report = (outcome: Outcome) => (values.json ? say : print)(row(outcome))
    const outcomes = await checkAll(cases, { judge, goroot: await findGoRoot(), report })
    const failed = outcomes.filter(({ differences }) => differences.length > 0)
    const passed = outcomes.length - failed.length
    const reasons = failed.map(({ name, differences }) => ({ name, reason: differences.join('; ') }))
    const outside = outcomes.flatMap(({ name, because }) => (because === undefined ? [] : [{ name, reason: because }]))
    if (values.json) print(JSON.stringify({ cases: outcomes.length, passed, failed: reasons, outside }))
    else print(`${outcomes.length} cases on ${judge.driver.name}: ${passed} passed, ${failed.length} failed`)
    return failed.length === 0 ? 0 : 1
  } finally {
    await judge.close()
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function driverOf(name: string): 'auto' | 'docker' | 'bubblewrap' {
  if (name === 'auto' || name === 'docker' || name === 'bubblewrap') return name
  throw new Error(`--driver ${name}: docker or bubblewrap`)
}

function chosen(cases: Record<string, ParityCase>, only: string | undefined): [string, ParityCase][] {
  if (only === undefined) return Object.entries(cases)
  const found = cases[only]
  if (!found) throw new Error(`There is no case ${only}.`)
  return [[only, found]]
}

/** Takes the cases one after the other, AT_ONCE at a time. */
async function checkAll(cases: readonly [string, ParityCase][], setting: Setting): Promise<Outcome[]> {
  const waiting = [...cases]
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await check(...next, setting)
      setting.report(outcome)
      outcomes.push(outcome)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return outcomes
}

/** Runs one package through both sides. Whatever goes wrong with one package is that package's difference. */
async function check(name: string, expected: ParityCase, { judge, goroot }: Setting): Promise<Outcome> {
  try {
    return await withCopy(name, async (folder) => {
      const go = readGoRun(await goTest(folder, goroot))
      const { events, verdict } = await judge.judge(planPackage(await readPackage(folder)))
      const ours = readOurRun([...events, verdict], { work: folder, goroot })
      const differences = compare(expected, go, ours)
      return { name, go: go.verdict, ours: ours.verdict, differences, because: expected.because }
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { name, go: '?', ours: '?', differences: [reason], because: undefined }
  }
}

async function readPackage(folder: string) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.go')).sort()
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  )
  return { files, goMod: await readFile(join(folder, 'go.mod'), 'utf8') }
}

function row({ name, go, ours, differences, because }: Outcome): string {
  const head = `${differences.length === 0 ? 'same   ' : 'DIFFERS'} ${name.padEnd(32)} ${go.padEnd(18)} ${ours}${because === undefined ? '' : ` (${because})`}`
  return [head, ...differences.map((difference) => `        ${difference}`)].join('\n')
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
