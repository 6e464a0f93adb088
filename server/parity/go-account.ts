import { z } from 'zod'
import {
  type Account,
  type Crash,
  type GoVerdict,
  type Message,
  type RacePair,
  type Stories,
  tell,
  withoutEmpty,
} from './account.ts'
import { type Folders, normalise, normaliseCrash } from './normalise.ts'
import { type OwnFile, readCrash, readRace, takeCrash, takeRaces } from './traceback.ts'

/** One line of `go test -json`; the format is `go doc test2json`. */
const GoEvent = z.object({ Action: z.string(), Test: z.string().optional(), Output: z.string().optional() })
type GoEvent = z.infer<typeof GoEvent>

export interface GoRun {
  stdout: string
  stderr: string
  exitCode: number | null
  folders: Folders
}

const STEPS = ['run', 'pause', 'cont', 'pass', 'fail', 'skip'] as const

/** What a finished `go test -race -json` of one package tells. */
export function readGoRun(run: GoRun): Account<GoVerdict> {
  const events = parseEvents(run.stdout)
  const own: OwnFile = (path) =>
    path.startsWith(`${run.folders.work}/`) ? path.slice(run.folders.work.length + 1) : null
  const { stories, crash, races } = split(tellStories(events), own, run.folders)
  return {
    verdict: goVerdict({ run, events, crash, races }),
    diagnostics: readBuildOutput(events, run),
    stories,
    stderr: '',
    crash,
    races,
  }
}

function parseEvents(stdout: string): GoEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => GoEvent.parse(JSON.parse(line)))
}

/**
 * The tests' own steps. The last event is the package's result, and the last output the go command's own line (`ok  `,
 * `FAIL`); test2json books both on whichever test was running, so they go by position and not by name.
 */
function tellStories(events: readonly GoEvent[]): Stories {
  const stories: Stories = new Map()
  const own = events.filter(({ Action }) => !Action.startsWith('build-')).slice(0, -1)
  const lastOutput = own.findLastIndex(({ Action }) => Action === 'output')
  for (const [index, { Action, Test = '', Output = '' }] of own.entries()) {
    if (index === lastOutput) continue
    const signal = index === lastOutput - 1 && /^signal: .*\n$/.test(Output)
    if (Action === 'output' && !signal) tell(stories, Test, { action: 'output', text: Output })
    const action = STEPS.find((step) => step === Action)
    if (action) tell(stories, Test, { action })
  }
  return stories
}

/** Takes crash and race reports out of the stories, and normalises what remains. */
function split(told: Stories, own: OwnFile, folders: Folders) {
  const races: RacePair[] = []
  let crash: Crash | null = null
  for (const step of [...told.values()].flat()) {
    if (step.action !== 'output') continue
    const withoutRaces = takeRaces(step.text)
    const withoutCrash = takeCrash(withoutRaces.rest)
    races.push(...withoutRaces.reports.map((report) => readRace(report, own)))
    if (withoutCrash.crash) crash = normaliseCrash(readCrash(withoutCrash.crash, own), folders)
    step.text = normalise(withoutCrash.rest, folders)
  }
  return { stories: withoutEmpty(told), crash, races }
}

interface Findings {
  run: GoRun
  events: readonly GoEvent[]
  crash: Crash | null
  races: readonly RacePair[]
}

function goVerdict({ run, events, crash, races }: Findings): GoVerdict {
  const last = events.findLast(({ Action }) => Action === 'output')?.Output ?? ''
  if (events.length === 0) return 'refused'
  if (last.endsWith(' [setup failed]\n')) return 'setup-failed'
  if (last.endsWith(' [build failed]\n')) return 'build-failed'
  if (last.endsWith('\t[no test files]\n')) return 'no-test-files'
  if (run.exitCode === 0) return 'ok'
  if (races.length > 0) return 'race'
  if (crash) return crashVerdict(crash.message)
  return 'failed'
}

function crashVerdict(message: string): GoVerdict {
  if (message.startsWith('test timed out after ')) return 'timeout'
  if (message.startsWith('deadlock: ')) return 'synctest-deadlock'
  return 'panic'
}

/** Compiler, vet and load messages. Lines that begin with `#` name the package; a tab continues the message before. */
function readBuildOutput(events: readonly GoEvent[], { stderr, folders }: GoRun): Message[] {
  const output = events.filter(({ Action }) => Action === 'build-output').map(({ Output = '' }) => Output)
  const lines = [...output.join('').split('\n'), ...stderr.split('\n')].filter(
    (line) => line !== '' && !line.startsWith('#'),
  )
  const messages: string[] = []
  for (const line of lines) {
    if (line.startsWith('\t') && messages.length > 0) messages.push(`${messages.pop()}\n${line}`)
    else messages.push(line)
  }
  // The remark that the list was cut is no message, and we do not show it.
  return messages
    .map((message) => readMessage(normalise(message, folders)))
    .filter(({ text }) => text !== 'too many errors')
}

/** Splits `./file.go:3:5: text` into place and text. */
function readMessage(message: string): Message {
  const placed = /^(?:package \S+\n\t|vet: )?(?:\.\/)?([^\s:]+:\d+(?::\d+)?): ([\s\S]*)$/.exec(message)
  if (!placed) return { place: '', text: message }
  return { place: placed[1] ?? '', text: (placed[2] ?? '').replaceAll('\t./', '\t') }
}
