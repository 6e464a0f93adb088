import type { Access, Race } from '@sandbox/protocol'
import { plural } from './count.ts'
import type { Findings } from './findings.ts'
import { atPlace, functionOf, isMadeByItsLine, racedVariable } from './places.ts'

const GOROUTINE_OF = 'a goroutine of '

/** `` `Hit` writes `c.hits` at counter.go:31 while `Total` reads it at counter.go:40 … ``: the most telling race of a run. */
export function raceSentence(findings: Findings): string {
  const first = mostTelling(findings.races)
  if (!first) {
    const count = Math.max(findings.raceReports, findings.finished?.races ?? 0)
    return `Race: the race detector counted ${plural(count, 'race')}, but the report itself was lost.`
  }
  const more = findings.races.length - 1
  return `Race: ${raceStory(findings, first)}${more > 0 ? ` (and ${more} more)` : ''}.`
}

/** The race with the most lines of the candidate's own: the first of those. */
function mostTelling(races: readonly Race[]): Race | undefined {
  const own = ({ accesses }: Race) => accesses.filter(({ site }) => site?.origin === 'candidate').length
  return races.toSorted((a, b) => own(b) - own(a))[0]
}

function raceStory(findings: Findings, { accesses }: Race): string {
  const [later, earlier] = accesses
  const [write, other] = later.kind === 'write' ? [later, earlier] : [earlier, later]
  if (!write.site || !other.site) return lostSite(write, other)
  const variable = isMadeByItsLine(write) ? racedVariable(findings.sources, write.site, other.site) : null
  const name = variable ? ` \`${variable}\`` : ''
  const same = write.site.function === other.site.function && write.site.line === other.site.line && write.site.line > 0
  if (same) return `${changesTogether(write, name)} ${atPlace(write.site)}, and nothing orders the two`
  const verb = other.kind === 'write' ? 'writes' : 'reads'
  const what = variable ? ' it' : ''
  return `${actor(write)} writes${name} ${atPlace(write.site)} while ${actor(other)} ${verb}${what} ${atPlace(other.site)}, and nothing orders the two`
}

/** Both accesses stand in one line: the same code, run by two goroutines. */
function changesTogether(access: Access, name: string): string {
  const who = actor(access)
  const what = name || ' the same variable'
  const literal = who.startsWith(GOROUTINE_OF)
  return literal
    ? `two goroutines of ${who.slice(GOROUTINE_OF.length)} change${what} at once`
    : `${who} changes${what} in two goroutines at once`
}

function lostSite(write: Access, other: Access): string {
  const known = write.site ? write : other
  const verb = known.kind === 'write' ? 'writes' : 'reads'
  if (!known.site)
    return 'two goroutines access the same memory and nothing orders the two; neither shows a line of yours'
  return `${actor(known)} ${verb} ${atPlace(known.site)} while another goroutine, whose line is not known, accesses the same memory`
}

function actor({ site, goroutine, stack }: Access): string {
  if (!site) return 'a goroutine'
  const outermost = stack.findLast(({ origin }) => origin !== 'go')
  const text = functionOf(site)
  // The literal that a goroutine was started with is better known as that goroutine.
  const isStart = goroutine !== 'main' && outermost === site && text.startsWith('a function literal in ')
  return isStart ? text.replace('a function literal in ', GOROUTINE_OF) : text
}
