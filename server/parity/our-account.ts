import { type Diagnostic, type Frame, type Panic, type Race, RunEvent, type Verdict } from '@sandbox/protocol'
import { type Account, type Crash, type Message, type RacePair, type Stories, tell, withoutEmpty } from './account.ts'
import { type Folders, normalise, normaliseCrash } from './normalise.ts'
import { bareFunction, bareMessage, takeCrash, takeRaces } from './traceback.ts'

/** What one of our runs tells, by the events that a client gets. Throws where the last event is not the verdict. */
export function readOurRun(events: readonly RunEvent[], folders: Folders): Account<Verdict> {
  const last = RunEvent.parse(events.at(-1))
  if (last.type !== 'verdict') throw new Error(`a run's last event is its verdict, not ${last.type}`)
  return {
    verdict: last.verdict,
    diagnostics: readDiagnostics(events, folders),
    stories: readStories(events, folders),
    stderr: readStderr(events, folders),
    crash: pick(events, 'panic').map(({ panic }) => normaliseCrash(readPanic(panic), folders))[0] ?? null,
    races: pick(events, 'race').flatMap(({ race }) => readRaces(race)),
  }
}

function pick<T extends RunEvent['type']>(events: readonly RunEvent[], type: T) {
  return events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type)
}

function readDiagnostics(events: readonly RunEvent[], folders: Folders): Message[] {
  const told = pick(events, 'diagnostics').flatMap((event) => event.diagnostics)
  return deciding(told).map((diagnostic) => readDiagnostic(diagnostic, folders))
}

/**
 * What decided the verdict, as go test shows no more: no advice, which it does not ask for, and none of vet's findings
 * beside a compiler's message, after which it does not vet.
 */
function deciding(diagnostics: Diagnostic[]): Diagnostic[] {
  // The go command passes over files that are left out in silence.
  const errors = diagnostics.filter(
    ({ severity, message }) => severity === 'error' && !message.startsWith('left out: '),
  )
  const compiler = errors.filter(({ source }) => source !== 'vet')
  return compiler.length > 0 ? compiler : errors
}

function readDiagnostic(diagnostic: Diagnostic, folders: Folders): Message {
  const { file, line, column, message } = diagnostic
  const column_ = column > 0 ? `:${column}` : ''
  return { place: line > 0 ? `${file}:${line}${column_}` : '', text: normalise(message, folders) }
}

function readStories(events: readonly RunEvent[], folders: Folders): Stories {
  const stories: Stories = new Map()
  for (const event of events) {
    if (event.type === 'test') tell(stories, event.name, { action: event.action })
    if (event.type === 'output' && event.stream === 'stdout') {
      tell(stories, event.test ?? '', { action: 'output', text: event.text })
    }
  }
  for (const step of [...stories.values()].flat()) {
    if (step.action === 'output') step.text = normalise(step.text, folders)
  }
  return withoutEmpty(stories)
}

function readStderr(events: readonly RunEvent[], folders: Folders): string {
  const text = pick(events, 'output')
    .filter(({ stream }) => stream === 'stderr')
    .map((event) => event.text)
    .join('')
  return normalise(takeCrash(takeRaces(text).rest).rest, folders)
}

function readPanic({ message, goroutine }: Panic): Crash {
  const own = (goroutine?.stack ?? []).filter(isOwn)
  return {
    message: bareMessage(inOrderOfGo(message)),
    calls: own.map((frame) => `${bareFunction(frame.function)} ${place(frame)}`),
  }
}

/** We tell the panic that ended the program first, with the lines of those before it; go prints the oldest first. */
function inOrderOfGo(message: string): string {
  const panics = message.split(/\nwhile handling the panic(?: at \S+:\d+| in a hidden test)?: /)
  const values = panics.map((text) => text.replace(/\nraised again (?:at \S+:\d+|in a hidden test)$/, ''))
  return values.toReversed().join('\n\tpanic: ')
}

/** A race is told once for each pair of sites, however often it was reported. */
function readRaces({ accesses }: Race): RacePair[] {
  const [one = '', two = ''] = accesses
    .map(({ kind, stack }) => {
      const site = stack.find(isOwn)
      return site ? `${kind} ${place(site)}` : kind
    })
    .sort()
  return [[one, two]]
}

function isOwn({ origin }: Frame): boolean {
  return origin !== 'go'
}

function place({ file, line }: Frame): string {
  return `${file}:${line}`
}
