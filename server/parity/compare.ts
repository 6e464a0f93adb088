import type { Verdict } from '@sandbox/protocol'
import type { Account, Crash, GoVerdict, Message, RacePair, Step } from './account.ts'
import type { ParityCase } from './cases.ts'
import { isCutShort, means } from './mapping.ts'

const MAX_QUOTED_CHARACTERS = 160

/** Every difference between what go and we tell of one package, in words; empty means parity. */
export function compare(expected: ParityCase, go: Account<GoVerdict>, ours: Account<Verdict>): string[] {
  const verdicts = compareVerdicts(expected, go.verdict, ours.verdict)
  // Where the case says that we differ, what follows from it is not compared.
  if (verdicts.length > 0 || expected.because !== undefined) return verdicts
  return [
    ...compareDiagnostics(go, ours),
    ...compareRaces(go.races, ours.races),
    ...(go.verdict === 'panic' ? compareCrashes(go.crash, ours.crash) : []),
    ...compareStories(go, ours),
  ]
}

function compareVerdicts(expected: ParityCase, go: GoVerdict, ours: Verdict): string[] {
  const differences: string[] = []
  if (go !== expected.go) differences.push(`go test says ${go}, recorded is ${expected.go}`)
  if (ours !== expected.ours) differences.push(`we say ${ours}, expected is ${expected.ours}`)
  if (expected.because === undefined && !means(go, ours)) differences.push(`${ours} does not stand for go's ${go}`)
  return differences
}

/** The order in which a compiler and vet's analyzers speak means nothing, so both are sorted. */
function compareDiagnostics(go: Account, ours: Account): string[] {
  // A rejection is in our words; its place must be one that go names too.
  if (ours.verdict === 'rejected') return compareRejection(go.diagnostics, ours.diagnostics)
  const ourMessages = ours.diagnostics.map((message) => writeMessage(likeGo(message, go.diagnostics)))
  return compareLists('diagnostic', go.diagnostics.map(writeMessage), ourMessages)
}

/**
 * Some of go's load errors name no place, or put it after the chain of imports (`package a imports b from c.go: import
 * cycle not allowed`). Ours name the place and the last clause: such a message of go's stands for ours.
 */
function likeGo(message: Message, go: readonly Message[]): Message {
  return (
    go.find(({ place, text }) => place === '' && (text === message.text || text.endsWith(`: ${message.text}`))) ??
    message
  )
}

function writeMessage({ place, text }: Message): string {
  return place ? `${place}: ${text}` : text
}

function compareRejection(go: readonly Message[], ours: readonly Message[]): string[] {
  if (ours.length === 0) return ['rejected without a diagnostic']
  // A go.mod is refused for what it says, before any file is looked at.
  if (ours.every(({ place }) => place.startsWith('go.mod:'))) return []
  const named = go.map(({ place }) => fileAndLine(place)).filter((place) => place !== '')
  if (named.length === 0 || ours.some(({ place }) => named.includes(fileAndLine(place)))) return []
  return [`rejected at ${ours.map(({ place }) => place).join(', ')}, go names ${named.join(', ')}`]
}

function fileAndLine(place: string): string {
  return place.split(':').slice(0, 2).join(':')
}

function compareRaces(go: readonly RacePair[], ours: readonly RacePair[]): string[] {
  const pairs = (races: readonly RacePair[]) => [...new Set(races.map((pair) => pair.join(' against ')))]
  return compareLists('race', pairs(go), pairs(ours))
}

function compareCrashes(go: Crash | null, ours: Crash | null): string[] {
  const lines = (crash: Crash | null) => (crash ? [`message ${crash.message}`, `calls ${crash.calls.join(' < ')}`] : [])
  return compareLists('panic', lines(go), lines(ours))
}

function compareLists(what: string, go: readonly string[], ours: readonly string[]): string[] {
  const missing = without(go, ours).map((one) => `${what} only of go: ${quote(one)}`)
  const added = without(ours, go).map((one) => `${what} only of ours: ${quote(one)}`)
  return [...missing, ...added]
}

/** The members of `all` that `others` lacks, each counted as often as it occurs. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return all.filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function compareStories(go: Account<GoVerdict>, ours: Account): string[] {
  // Where there is no test file go runs nothing; we run the empty test program and say void.
  if (go.verdict === 'no-test-files') return []
  const { stories, unfound } = removeLines(go.stories, ours.stderr)
  const tests = new Set([...stories.keys(), ...ours.stories.keys()])
  const differences = [...tests].flatMap((test) =>
    compareStory(test, {
      go: stories.get(test) ?? [],
      ours: ours.stories.get(test) ?? [],
      cutShort: isCutShort(go.verdict),
    }),
  )
  return [...unfound.map((line) => `stderr only of ours: ${quote(line)}`), ...differences]
}

/** We keep descriptor 2 apart, go mixes it into the tests' output: each of its lines must be there, and is taken out. */
function removeLines(stories: Account['stories'], stderr: string) {
  const left = new Map([...stories].map(([test, story]) => [test, story.map((step) => ({ ...step }))]))
  const unfound = stderr
    .split(/(?<=\n)/)
    .filter((line) => line !== '')
    .filter((line) => !removeLine([...left.values()].flat(), line))
  return { stories: left, unfound }
}

function removeLine(steps: readonly Step[], line: string): boolean {
  const step = steps.find((one) => one.action === 'output' && one.text.includes(line))
  if (step?.action !== 'output') return false
  step.text = step.text.replace(line, () => '')
  return true
}

function compareStory(
  test: string,
  story: { go: readonly Step[]; ours: readonly Step[]; cutShort: boolean },
): string[] {
  const [go, ours] = [story.go.map(writeStep), story.ours.map(writeStep)].map((steps) =>
    steps.filter((step) => step !== ''),
  )
  if (!go || !ours) return []
  // We end a hanging test with an event of its own, go leaves it open.
  if (story.cutShort && ours.at(-1) === 'fail' && go.at(-1) !== 'fail') ours.pop()
  const at = go.findIndex((step, index) => step !== ours[index])
  if (at < 0 && go.length === ours.length) return []
  const where = at < 0 ? go.length : at
  const name = test === '' ? 'the package' : test
  return [`${name}, step ${where + 1}: go ${quote(go[where])}, ours ${quote(ours[where])}`]
}

/** The go command ends the program's last line where the program did not, so a last line's end is not compared. */
function writeStep(step: Step, index: number, steps: readonly Step[]): string {
  if (step.action !== 'output') return step.action
  const text = index === steps.length - 1 ? step.text.replace(/\n$/, '') : step.text
  return text === '' ? '' : `output ${text}`
}

function quote(text: string | undefined): string {
  if (text === undefined) return 'nothing'
  const quoted = JSON.stringify(text)
  return quoted.length > MAX_QUOTED_CHARACTERS ? `${quoted.slice(0, MAX_QUOTED_CHARACTERS)}…` : quoted
}
