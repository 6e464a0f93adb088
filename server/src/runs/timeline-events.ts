import type { RunEvent, Timeline, TimelineTotals, WaitCause } from '@sandbox/protocol'
import type { Artifact } from '../reports/artifact.ts'
import type { Sources } from '../reports/sources.ts'
import { type LongestWait, readTimeline } from '../reports/timeline.ts'
import { problemSentence } from '../reports/timeline-words.ts'
import { plural } from './count.ts'
import { atPlace } from './places.ts'

type TimelineEvent = Extract<RunEvent, { type: 'timeline' }>

/** What a trace tells, in one event; the timeline itself goes to `keep`, because it is too large for a run's log. */
export function timelineEvents(
  sources: Sources,
  { bytes, cut, problem }: Artifact,
  keep: (timeline: Timeline) => void,
): TimelineEvent[] {
  if (problem === 'not-a-file') return [unreadable(problemSentence('not-a-trace'))]
  if (problem !== null) return [unreadable(problemSentence('empty'))]
  if (cut) return [unreadable(problemSentence('too-large'))]
  const read = readTimeline(sources, bytes)
  if (read.type === 'unreadable') return [unreadable(read.sentence)]
  keep(read.timeline)
  const sentence = [sentenceOf(read.totals, read.longest), read.timeline.cut].filter(Boolean).join(' ')
  return [{ type: 'timeline', sentence, totals: read.totals }]
}

function unreadable(sentence: string): TimelineEvent {
  return { type: 'timeline', sentence, totals: null }
}

const CAUSE_WORDS: Readonly<Record<WaitCause, string>> = {
  channel: 'for channels',
  select: 'in selects',
  'lock or wait group': 'for locks and wait groups',
  sleep: 'in sleeps',
  network: 'for the network',
  'system call': 'in system calls',
  other: 'for other things',
}
/** Causes that a sentence names. */
const MAX_NAMED = 2

/** `5 goroutines ran on 4 Ps for 2.1 ms. They waited 3.0 ms for locks and wait groups in all; the longest wait was …` */
function sentenceOf(totals: TimelineTotals, longest: LongestWait | null): string {
  const { goroutines, procs, lengthMs, blockedMs } = totals
  const ran = `${plural(goroutines, 'goroutine')} ran on ${plural(procs, 'P')} for ${ms(lengthMs)}.`
  const named = blockedMs
    .filter(({ cause }) => cause !== 'other')
    .slice(0, MAX_NAMED)
    .map((one) => `${ms(one.ms)} ${CAUSE_WORDS[one.cause]}`)
  if (named.length === 0) return `${ran} None of them waited for another.`
  const waited = `${ran} They waited ${named.join(' and ')} in all`
  if (!longest) return `${waited}.`
  const where = longest.site ? ` ${atPlace(longest.site)}` : ''
  return `${waited}; longest, goroutine ${longest.goroutine} waited ${ms(longest.ns / 1e6)} for ${longest.words}${where}.`
}

function ms(value: number): string {
  return value < 1 ? `${Math.round(value * 1000)} µs` : `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`
}
