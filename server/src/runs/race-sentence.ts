import { type Access, type Frame, mostTellingFirst, type Race } from '@sandbox/protocol'
import { plural } from './count.ts'
import type { Findings } from './findings.ts'
import {
  appendedAt,
  atomicOf,
  atPlace,
  codeAt,
  functionOf,
  isMadeByItsLine,
  plainVariable,
  racedVariable,
} from './places.ts'
import { type Operation, operationOf } from './raced-operation.ts'

const GOROUTINE_OF = 'a goroutine of '

/** `` `Hit` writes `c.hits` at counter.go:31 while `Total` reads it at counter.go:40 … ``: the most telling race of a run. */
export function raceSentence(findings: Findings): string {
  const [first] = mostTellingFirst(findings.races)
  if (!first) {
    const count = Math.max(findings.raceReports, findings.finished?.races ?? 0)
    return `Race: the race detector counted ${plural(count, 'race')}, but the report itself was lost.`
  }
  const more = findings.races.length - 1
  return `Race: ${raceStory(findings, first)}${more > 0 ? ` (and ${more} more ${more === 1 ? 'race' : 'races'})` : ''}.`
}

function raceStory(findings: Findings, { accesses }: Race): string {
  const [later, earlier] = accesses
  const [write, other] = later.kind === 'write' ? [later, earlier] : [earlier, later]
  if (!write.site || !other.site) return lostSite(findings, write, other)
  const operations = [write, other].map((access) => operationOf(findings.sources, access))
  const [first, second] = operations
  if (first && second) return operationsTold({ access: write, ...first }, { access: other, ...second })
  const variable = variableOf(findings, write, other)
  const name = variable ? ` \`${variable}\`` : ''
  const same = write.site.function === other.site.function && write.site.line === other.site.line && write.site.line > 0
  if (same)
    return `${changesTogether(write, name || appendedName(findings, write.site))} ${atPlace(write.site)}, and nothing orders the two`
  const what = variable ? ' it' : ''
  return `${actor(write)} writes${name}${how(write)} ${placeOf(findings, write, write.site)} while ${actor(other)} ${verbOf(other)}${what}${how(other)} ${placeOf(findings, other, other.site)}, and nothing orders the two`
}

type Told = Operation & { access: Access }

/** Both are operations of a channel or a wait group: the memory that they access means nothing to a reader. */
function operationsTold(first: Told, second: Told): string {
  const told = ({ access, may, does, name }: Told, isSecond: boolean) => {
    const what =
      name && name !== (isSecond ? first.name : null) ? ` \`${name}\`` : isSecond && name ? ' it' : ` ${first.what}`
    return `${actor(access)} ${isSecond ? may : does}${what}${access.site ? ` ${atPlace(access.site)}` : ''}`
  }
  const danger = first.does === second.does ? 'closed twice, it panics' : first.danger
  return `${told(first, false)} while ${told(second, true)}, and nothing orders the two: ${danger}`
}

/** Where the write is an atomic one, the plain access names what both mean. */
function variableOf({ sources }: Findings, write: Access, other: Access): string | null {
  if (!write.site || !other.site) return null
  if (atomicOf(write)) return plainVariable(sources, other)
  if (atomicOf(other)) return plainVariable(sources, write)
  return isMadeByItsLine(write) ? racedVariable(sources, write.site, other.site) : null
}

/** The detector leaves out who called the atomic operation: then the innermost line that it knows is that one's caller. */
function placeOf({ sources }: Pick<Findings, 'sources'>, access: Access, site: Frame): string {
  const operation = atomicOf(access)?.split('.').at(-1)
  const missed = operation !== undefined && !codeAt(sources, site)?.includes(`${operation}(`)
  return missed ? `in a call ${atPlace(site)}` : atPlace(site)
}

/** An atomic access orders nothing for a plain one beside it: that is the mistake, so it is named. */
function how(access: Access): string {
  const atomic = atomicOf(access)
  return atomic === null ? '' : ` with \`${atomic}\``
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

/** What an `append` may write beside what it is assigned to: the array that other slices share. */
function appendedName({ sources }: Findings, site: Frame): string {
  const appended = appendedAt(sources, site)
  return appended ? ` \`${appended.target}\` or the array behind \`${appended.array}\`` : ''
}

function lostSite({ sources }: Findings, write: Access, other: Access): string {
  const [known, lost] = write.site ? [write, other] : [other, write]
  if (!known.site)
    return 'two goroutines access the same memory and nothing orders the two; neither shows a line of yours'
  const variable = atomicOf(lost) === null ? null : plainVariable(sources, known)
  const name = variable ? ` \`${variable}\`` : ''
  const does = `${actor(known)} ${verbOf(known)}${name}${how(known)} ${placeOf({ sources }, known, known.site)}`
  return atomicOf(lost) === null
    ? `${does} while another goroutine, whose line is not known, accesses the same memory`
    : `${does} while another goroutine ${verbOf(lost)} ${variable ? 'it' : 'the same memory'}${how(lost)}, and nothing orders the two`
}

function verbOf({ kind }: Access): string {
  return kind === 'write' ? 'writes' : 'reads'
}

function actor({ site, goroutine, stack }: Access): string {
  if (!site) return 'a goroutine'
  const outermost = stack.findLast(({ origin }) => origin !== 'go')
  const text = functionOf(site)
  // The literal that a goroutine was started with is better known as that goroutine.
  const isStart = goroutine !== 'main' && outermost === site && text.startsWith('a function literal in ')
  return isStart ? text.replace('a function literal in ', GOROUTINE_OF) : text
}
