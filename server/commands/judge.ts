import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { Answers } from '@sandbox/protocol'
import { ensureTree } from '../../sandbox-images/go/build.ts'
import { readConfig } from '../src/config.ts'
import { loadCatalogue } from '../src/exercises/catalogue.ts'
import { openLocalJudge } from '../src/runs/local-judge.ts'
import { type Plan, planExercise, planPackage } from '../src/runs/plan.ts'
import { failedReport, type JudgeReport, printReport, toReport } from './tools/judge-report.ts'

const USAGE = `usage: npm run judge -- <exercise-slug> <file.go …> [--answers answers.json] [--json]
       npm run judge -- --package <folder with .go and _test.go files> [--json]
       --driver docker|bubblewrap chooses the sandbox
       --once tries no other schedules after a run that passed`

/** As after a click of somebody who is alone on the server. */
const EXPLORING = { budgetMs: 3000, isAwaited: () => false }

/** A mistake in how the command was called. */
class UsageError extends Error {}

const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

async function main(): Promise<JudgeReport> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      package: { type: 'string' },
      answers: { type: 'string' },
      json: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      driver: { type: 'string', default: 'auto' },
    },
  })
  const prefer = driverOf(values.driver)
  const plan =
    values.package === undefined
      ? await exercisePlan(positionals, values.answers)
      : await packagePlan(values.package, positionals)
  const judge = await openLocalJudge({ prefer, tree: (await ensureTree(say)).path, progress: say })
  try {
    return toReport(await judge.judge(plan, values.once ? {} : { exploring: EXPLORING }))
  } finally {
    // What cannot be closed now is swept by the next run; it takes no verdict away.
    await judge.close().catch((error: unknown) => say(sentenceOf(error)))
  }
}

function driverOf(name: string): 'auto' | 'docker' | 'bubblewrap' {
  if (name === 'auto' || name === 'docker' || name === 'bubblewrap') return name
  throw new UsageError(`--driver ${name}: docker or bubblewrap`)
}

async function exercisePlan([slug, ...paths]: string[], answersFile: string | undefined): Promise<Plan> {
  if (slug === undefined || (paths.length === 0 && answersFile === undefined)) throw new UsageError(USAGE)
  const { exercises } = await loadCatalogue(readConfig(process.env).exercisesDir)
  const exercise = exercises.get(slug)
  if (!exercise) throw new UsageError(`There is no exercise ${slug}. There are: ${[...exercises.keys()].join(', ')}`)
  const files = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), text: await readFile(path, 'utf8') })),
  )
  const answers = answersFile === undefined ? {} : await readAnswers(answersFile)
  return planExercise(exercise, { exercise: slug, files, answers, snapshot: 'command line' })
}

/** For example `{"where": [12], "why": [0, 2]}`: lines from 1, options from 0. */
async function readAnswers(path: string): Promise<Answers> {
  const answers = Answers.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (!answers.success) throw new UsageError(`${path}: ${answers.error.issues[0]?.message ?? 'these are no answers'}`)
  return answers.data
}

async function packagePlan(folder: string, rest: string[]): Promise<Plan> {
  const [extra] = rest
  if (extra !== undefined) throw new UsageError(`${extra}: --package takes one folder and nothing else\n${USAGE}`)
  if (!(await stat(folder)).isDirectory()) throw new UsageError(`${folder} is not a folder`)
  const names = (await readdir(folder)).sort()
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.go'))
      .map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  )
  const goMod = names.includes('go.mod') ? await readFile(join(folder, 'go.mod'), 'utf8') : null
  return planPackage({ files, goMod })
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.trim()
}

/** The report is the only thing on standard output, whatever goes wrong: a caller that reads JSON always gets one object. */
function tell(report: JudgeReport): void {
  // Not from parseArgs: its own complaint is told in the same way.
  const json = process.argv.includes('--json')
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report))
}

try {
  const report = await main()
  tell(report)
  process.exitCode = report.verdict === 'passed' ? 0 : 1
} catch (error) {
  say(sentenceOf(error))
  if (process.argv.includes('--json')) tell(failedReport(`Nothing was judged: ${sentenceOf(error)}`))
  process.exitCode = 2
}
