import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { type Case, indented, lastLine, tally } from './tools/cases.ts'
import { type Break, findBreaks } from './tools/import-direction.ts'
import { PLANTS } from './tools/planted-breaks.ts'
import { bringGoToPath, type Finished, ROOT, run, runTool } from './tools/programs.ts'
import { vitestCases } from './tools/vitest-cases.ts'

/** One kind of check; it says what it is before it starts, because some take a while. */
interface Step {
  name: string
  run: () => Promise<Case[]>
}

const GO_MODULE = join(ROOT, 'sandbox-images/go')
const BIOME = '@biomejs/biome/bin/biome'
const EVERYTHING = ['--max-diagnostics=none', '--colors=off']

const STEPS: readonly Step[] = [
  { name: 'format', run: async () => [judged('format', await runTool(BIOME, ['format', ...EVERYTHING, '.']))] },
  { name: 'lint', run: async () => [judged('lint', await runTool(BIOME, lintArguments()))] },
  { name: 'no rule is silenced', run: async () => [silencedRules()] },
  { name: 'types', run: async () => [judged('types', await runTool('typescript/bin/tsc', ['-p', '.']))] },
  { name: 'import direction', run: async () => [importDirection(), ...plantedBreaks()] },
  { name: 'dead code', run: async () => [judged('dead code', await runTool('knip/bin/knip.js', ['--no-progress']))] },
  { name: 'go', run: goChecks },
  { name: 'unit tests', run: () => vitestCases('unit', () => {}) },
]

function lintArguments(): string[] {
  return ['check', '--formatter-enabled=false', '--error-on-warnings', ...EVERYTHING, '.']
}

function judged(name: string, finished: Finished): Case {
  return { name, reason: finished.code === 0 ? null : `${finished.stdout}${finished.stderr}`.trim() || 'it failed' }
}

function sourceFiles(): string[] {
  const found = globSync('{client/src,server,sandbox-images}/**/*.{ts,tsx}', {
    cwd: ROOT,
    exclude: ['**/node_modules', '**/testdata'],
  })
  return found.map((file) => file.split(sep).join('/')).sort()
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** Comments that switch a rule off hide what the rule is for. */
function silencedRules(): Case {
  const silencer = /(\/\/|\/\*).*(biome-ignore|@ts-(ignore|expect-error|nocheck)|eslint-disable)/
  const found = sourceFiles().filter((file) => silencer.test(read(file)))
  return { name: 'no rule is silenced', reason: found.length === 0 ? null : found.join('\n') }
}

function importDirection(): Case {
  const files = sourceFiles()
  const breaks = files.flatMap((file) => findBreaks(file, read(file)))
  const reason = breaks.length === 0 ? null : breaks.map(describe).join('\n')
  return { name: 'import direction', reason: files.length === 0 ? 'no source was found' : reason }
}

function describe({ file, line, specifier, reason }: Break): string {
  return `${file}:${line}: ${specifier}: ${reason}`
}

function plantedBreaks(): Case[] {
  return PLANTS.map(({ file, source, verdict }) => {
    const caught = findBreaks(file, source).length > 0
    const name = `import direction, planted in ${file}: ${source}`
    if (caught === (verdict === 'break')) return { name, reason: null }
    return { name, reason: caught ? 'an allowed import was refused' : 'a forbidden import was not caught' }
  })
}

/** Where there is no Go, the tree's sources cannot be checked; that is said and is no failure. */
async function goChecks(): Promise<Case[]> {
  if (!bringGoToPath()) {
    process.stderr.write('  There is no Go here: gofmt and go vet were not run.\n')
    return []
  }
  const format = await run('gofmt', ['-l', '.'], { cwd: GO_MODULE })
  const unformatted = `${format.stdout}${format.stderr}`.trim()
  const vet = await run('go', ['vet', './...'], { cwd: GO_MODULE })
  return [{ name: 'gofmt', reason: unformatted === '' ? null : unformatted }, judged('go vet', vet)]
}

async function check(json: boolean): Promise<number> {
  const cases: Case[] = []
  for (const step of STEPS) {
    process.stderr.write(`${step.name}…\n`)
    const found = await step.run()
    cases.push(...found)
    if (!json) process.stdout.write(row(step.name, found))
  }
  const result = tally(cases)
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${lastLine(result)}\n`)
  return result.failed.length === 0 ? 0 : 1
}

function row(name: string, cases: readonly Case[]): string {
  const failed = cases.filter(({ reason }) => reason !== null)
  const count = `${cases.length - failed.length}/${cases.length}`
  const reasons = failed.map((one) => `  ✗ ${one.name}\n${indented(one.reason ?? '')}`)
  return `${failed.length === 0 ? '✓' : '✗'} ${name.padEnd(22)} ${count}\n${reasons.join('')}`
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
process.exitCode = await check(values.json)
