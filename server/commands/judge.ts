import { parseArgs } from 'node:util'
import { Answers, Insight, SCRATCH } from '@sandbox/protocol'
import { ensureTree } from '../../sandbox-images/go/build.ts'
import { readConfig } from '../src/config.ts'
import { loadCatalogue } from '../src/exercises/catalogue.ts'
import { LONGER_MS } from '../src/runs/explore-schedules.ts'
import { openLocalJudge } from '../src/runs/local-judge.ts'
import { type Plan, planExercise, planPackage } from '../src/runs/plan.ts'
import { type Rejection, refusalOf } from '../src/runs/rejection.ts'
import { codeOf } from '../src/runs/version-store.ts'
import { filesOfFolder, namedFiles, readGoModFile, readSources, readText } from './tools/handed-in.ts'
import { type JudgeReport, printReport, reportOfNothing, toReport } from './tools/judge-report.ts'
import { printable } from './tools/printable.ts'
import { UsageError } from './tools/usage-error.ts'

const USAGE = `usage: npm run judge -- <exercise-slug> <file.go …> [--answers answers.json] [--json]
       npm run judge -- --package <folder with .go and _test.go files> [--json]
       --driver docker|bubblewrap chooses the sandbox
       --insight profile|timeline|benchmarks looks closer at the code, without the race detector
       --against <folder or file.go …> is an older version of the code for benchmarks to compare with
       --once tries no other schedules after a run that passed, --longer tries them for ${LONGER_MS / 1000} s`

/** Far more than the answers to all questions of an exercise. */
const MAX_ANSWERS_BYTES = 64 * 1024

const say = (sentence: string) => process.stderr.write(`${printable(sentence)}\n`)

async function main(): Promise<JudgeReport> {
  const { values, positionals } = readArguments()
  const prefer = driverOf(values.driver)
  const insight = insightOf(values.insight)
  const { against = [] } = values
  if (against.length > 0 && insight !== 'benchmarks') throw new UsageError('--against goes with --insight benchmarks')
  const plan =
    values.package === undefined
      ? await exercisePlan(positionals, { answersFile: values.answers, insight, against })
      : await packagePlan(values.package, positionals, { insight, against })
  if (plan.type === 'rejected') return toReport(refusalOf(plan))
  const judge = await openLocalJudge({ prefer, tree: (await ensureTree(say)).path, progress: say })
  try {
    // As after a click of somebody who is alone on the server.
    const exploring = { isAwaited: () => false, ...(values.longer ? { budgetMs: LONGER_MS } : {}) }
    return toReport(await judge.judge(plan, values.once ? {} : { exploring }))
  } finally {
    // What cannot be closed now is swept by the next run; it takes no verdict away.
    await judge.close().catch((error: unknown) => say(sentenceOf(error)))
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        package: { type: 'string' },
        answers: { type: 'string' },
        insight: { type: 'string' },
        against: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        once: { type: 'boolean', default: false },
        longer: { type: 'boolean', default: false },
        driver: { type: 'string', default: 'auto' },
      },
    })
  } catch (error) {
    throw new UsageError(`${sentenceOf(error)}\n${USAGE}`, { cause: error })
  }
}

function driverOf(name: string): 'auto' | 'docker' | 'bubblewrap' {
  if (name === 'auto' || name === 'docker' || name === 'bubblewrap') return name
  throw new UsageError(`--driver ${name}: docker or bubblewrap`)
}

function insightOf(name: string | undefined): Insight | undefined {
  if (name === undefined) return undefined
  const insight = Insight.safeParse(name)
  if (insight.success) return insight.data
  throw new UsageError(`--insight ${name}: ${Insight.options.join(' or ')}`)
}

interface Wish {
  insight: Insight | undefined
  /** An older version of the code: its files, or the folder of a package. */
  against: readonly string[]
}

type ExerciseWish = Wish & { answersFile: string | undefined }

async function exercisePlan(
  [slug, ...paths]: string[],
  { answersFile, insight, against }: ExerciseWish,
): Promise<Plan> {
  if (slug === undefined || (paths.length === 0 && answersFile === undefined)) throw new UsageError(USAGE)
  if (slug === SCRATCH)
    throw new UsageError(`${SCRATCH} is no exercise: your own code and tests are judged with --package <folder>.`)
  const { exercises } = await loadCatalogue(readConfig(process.env).exercisesDir)
  const exercise = exercises.get(slug)
  if (!exercise) throw new UsageError(`There is no exercise ${slug}. There are: ${[...exercises.keys()].join(', ')}`)
  const files = await readSources(namedFiles(paths))
  if (isRejection(files)) return files
  const answers = answersFile === undefined ? {} : await readAnswers(answersFile)
  const previous = against.length > 0 ? await readSources(namedFiles([...against])) : null
  if (isRejection(previous)) return previous
  const looking = insight ? { insight } : {}
  return planExercise(exercise, { exercise: slug, files, answers, snapshot: 'command line', ...looking }, previous)
}

/** For example `{"where": [12], "why": [0, 2]}`: lines from 1, options from 0. */
async function readAnswers(path: string): Promise<Answers> {
  const [file] = namedFiles([path])
  const text = file && (await readText(file, MAX_ANSWERS_BYTES))
  if (typeof text !== 'string') throw new UsageError(`--answers ${text?.message ?? path}`)
  const answers = Answers.safeParse(parsed(path, text))
  if (!answers.success) throw new UsageError(`${path}: ${answers.error.issues[0]?.message ?? 'these are no answers'}`)
  return answers.data
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${path}: this is not JSON.`, { cause: error })
  }
}

async function packagePlan(folder: string, rest: string[], { insight, against }: Wish): Promise<Plan> {
  const [extra] = rest
  if (extra !== undefined) throw new UsageError(`${extra}: --package takes one folder and nothing else\n${USAGE}`)
  const listed = await filesOfFolder(folder)
  const goMod = listed.goMod && (await readGoModFile(listed.goMod))
  if (goMod !== null && isRejection(goMod)) return goMod
  const files = await readSources(listed.files)
  if (isRejection(files)) return files
  const [older, ...more] = against
  if (more.length > 0) throw new UsageError('--against takes one folder with --package')
  const previous = older === undefined ? null : await readSources((await filesOfFolder(older)).files)
  return isRejection(previous) ? previous : planPackage({ files, goMod }, insight, previous && codeOf(previous))
}

function isRejection<T>(read: T | Rejection): read is Rejection {
  return typeof read === 'object' && read !== null && 'type' in read
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
  const verdict = error instanceof UsageError ? 'rejected' : 'internal-error'
  if (process.argv.includes('--json')) tell(reportOfNothing(verdict, `Nothing was judged: ${sentenceOf(error)}`))
  process.exitCode = 2
}
