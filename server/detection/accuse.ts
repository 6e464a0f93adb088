import type { Frame, RunEvent } from '@sandbox/protocol'
import type { Judged } from '../src/runs/local-judge.ts'
import type { Bug } from './corpus.ts'

/** How long a person waits for a bug to be named, in ms. */
export const MAX_MS = 5000

/** What is wrong with what was said of a bug, or null. `ms` is from the click to the verdict. */
export function missOf(bug: Bug, { events, verdict }: Pick<Judged, 'events' | 'verdict'>, ms: number): string | null {
  const said = `${verdict.verdict}: ${verdict.summary}`
  if (!bug.verdicts.includes(verdict.verdict)) return `not ${bug.verdicts.join(' or ')}, but ${said}`
  if (ms > MAX_MS) return `it took ${Math.round(ms)} ms: ${said}`
  const named = namedLines(verdict.verdict === 'deadlock' ? [] : events, verdict.summary)
  return bug.lines.some((line) => named.has(line)) ? null : `none of ${bug.lines.join(', ')} is named, but ${said}`
}

/** The lines that the sentence names and those that the editor marks. Of a deadlock it marks all who wait: there the sentence alone counts. */
function namedLines(events: readonly RunEvent[], summary: string): Set<string> {
  const lines = new Set(summary.match(/[\w.-]+\.go:\d+/g))
  const name = (frame: Frame | null | undefined) => {
    if (frame) lines.add(`${frame.file}:${frame.line}`)
  }
  for (const event of events) {
    if (event.type === 'race') for (const { site } of event.race.accesses) name(site)
    if (event.type === 'panic') name(event.panic.goroutine?.site)
    if (event.type !== 'goroutines') continue
    for (const { site, created, leaked } of event.goroutines) if (leaked) for (const at of [site, created]) name(at)
  }
  return lines
}

/** What was said of a right program in place of a pass, or null. */
export function accusationOf({ verdict }: Pick<Judged, 'verdict'>): string | null {
  return verdict.verdict === 'passed' ? null : `${verdict.verdict}: ${verdict.summary}`
}
