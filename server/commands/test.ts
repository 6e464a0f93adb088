import { join } from 'node:path'
import { z } from 'zod'
import { indented, lastLine, type Tally, tally } from './tools/cases.ts'
import { ensureEngine } from './tools/docker-engine.ts'
import { ROOT, run } from './tools/programs.ts'
import { prepareTests } from './tools/test-preparation.ts'
import { vitestCases } from './tools/vitest-cases.ts'

/** One part of the whole; each is a command of its own too. */
interface Part {
  name: string
  run: () => Promise<Tally>
}

/** A part that takes longer hangs. The parts together stay under half an hour on two cores. */
const PART_DEADLINE_MS = 15 * 60_000

const PARTS: readonly Part[] = [
  { name: 'check', run: () => command('check') },
  { name: 'engine and browser tests', run: async () => tally(await vitestCases('engine', progress)) },
  { name: 'check:exercises', run: () => command('check-exercises', '--short') },
  { name: 'check:parity', run: () => command('check-parity') },
  { name: 'check:hostile', run: () => command('check-hostile') },
  { name: 'check:rooms', run: () => command('check-rooms', '--short') },
]

/** What every command prints with `--json`, besides what is its own. */
const Printed = z.object({
  cases: z.number(),
  passed: z.number(),
  failed: z.array(z.object({ name: z.string(), reason: z.string() })),
})

async function command(name: string, ...args: string[]): Promise<Tally> {
  const file = join(ROOT, 'server/commands', `${name}.ts`)
  const finished = await run(process.execPath, ['--disable-warning=ExperimentalWarning', file, '--json', ...args], {
    onError: progress,
    signal: AbortSignal.timeout(PART_DEADLINE_MS),
  })
  const printed = Printed.safeParse(parse(finished.stdout))
  if (!printed.success) return broken(name, `it printed no result:\n${finished.stderr.slice(-4000)}`)
  const silent = finished.code !== 0 && printed.data.failed.length === 0
  return silent ? broken(name, `it ended with code ${finished.code} and named no failure`) : printed.data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function broken(name: string, reason: string): Tally {
  return tally([{ name, reason }])
}

function progress(text: string): void {
  process.stderr.write(text)
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

async function runPart(part: Part): Promise<Tally> {
  say(`${part.name}…`)
  const result = await part.run().catch((error: unknown) => broken(part.name, String(error)))
  say(`${result.failed.length === 0 ? '✓' : '✗'} ${part.name}: ${lastLine(result)}`)
  sayFailures(result)
  return result
}

function sayFailures({ failed }: Tally): void {
  for (const { name, reason } of failed) say(`  ✗ ${name}\n${indented(reason)}`)
}

async function runParts(): Promise<Tally> {
  const total: Tally = { cases: 0, passed: 0, failed: [] }
  for (const part of PARTS) {
    const result = await runPart(part)
    total.cases += result.cases
    total.passed += result.passed
    total.failed.push(...result.failed)
  }
  return total
}

/** The tests need a machine that can run them: what cannot be had is a failed case, never a skipped one. */
async function test(): Promise<Tally> {
  await prepareTests(say)
  const engine = await ensureEngine(say)
  try {
    return await runParts()
  } finally {
    await engine.stop()
  }
}

function unprepared(error: unknown): Tally {
  return broken('preparation', error instanceof Error ? error.message : String(error))
}

const result = await test().catch(unprepared)
// Once more at the end: of a long output often only the end is kept.
sayFailures(result)
say(lastLine(result))
process.exitCode = result.failed.length === 0 ? 0 : 1
