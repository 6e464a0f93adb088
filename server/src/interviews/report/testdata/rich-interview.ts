import { type Entry, foldEntries, Guide, type LoggedEntry } from '@sandbox/protocol'
import type { ReportInput } from '../build-report.ts'

const MINUTE = 60_000

/** A guide whose every text is a secret that can be told apart: `secret: …`. */
export const RICH_GUIDE: Guide = Guide.parse({
  title: 'secret: Senior Go guide',
  minutes: 60,
  keptMinutes: 5,
  passing: 75,
  parts: [
    {
      id: 'go',
      title: 'secret: Go mastery',
      objective: 'secret: how deep',
      minutes: 25,
      questions: [
        {
          id: 'pool',
          seed: 'Q2',
          title: 'secret: Worker pools',
          text: 'secret: Build a pool.',
          minutes: [15, 20],
          points: [
            { id: 'bounded', text: 'secret: a bounded queue', probe: 'secret: what grows?' },
            { id: 'closing', text: 'secret: who closes what' },
          ],
          followUps: [{ id: 'full', text: 'secret: and when it is full?' }],
          areas: [
            {
              id: 'edges',
              title: 'secret: edge cases',
              minutes: null,
              points: [{ id: 'zero', text: 'secret: no workers at all' }],
              asked: [{ id: 'twice', text: 'secret: closed twice?' }],
            },
          ],
          code: 'secret: type Pool struct{}',
        },
        { id: 'leaks', seed: 'Q5', title: 'secret: Leaks', text: 'secret: leak?', minutes: [5, 5], points: [], followUps: [] },
      ],
      alternatives: [
        { id: 'memory', seed: 'alternative', title: 'secret: Memory', text: 'secret: mem?', minutes: [5, 9], points: [], followUps: [] },
      ],
    },
    { id: 'end', title: 'secret: the candidate asks', objective: 'secret: to be asked', minutes: 5, questions: [] },
  ],
  sections: [
    section('go', 25, 18),
    section('database', 10, null),
    section('leadership', 20, 14),
    section('design', 20, 14),
    section('architecture', 25, 18),
  ],
  greenFlags: [{ id: 'measures', title: 'secret: measures first', text: 'secret: asks for figures' }],
  redFlags: [{ id: 'guesses', title: 'secret: guesses', text: 'secret: without looking' }],
  preparation: [{ id: 'cv', text: 'secret: read the CV' }],
  remarks: ['secret: a remark'],
})

function section(id: string, points: number, minimum: number | null) {
  const words = (band: string) => `secret: ${band} ${id}`
  return {
    id,
    title: `secret: section ${id}`,
    points,
    minimum,
    bands: [
      { band: 'exceptional', from: Math.round(points * 0.9), words: words('exceptional') },
      { band: 'strong', from: Math.round(points * 0.7), words: words('strong') },
      { band: 'adequate', from: Math.round(points * 0.5), words: words('adequate') },
      { band: 'weak', from: 0, words: words('weak') },
    ],
  }
}

/** What would break out of a page, a table or a fence if it were not escaped. */
export const HOSTILE = '<img src=x onerror=alert(1)> | `tick` **bold** [link](javascript:alert(2)) & "quoted"'

const POOL = `package pool

// </pre><script>alert(3)</script> and a fence: \`\`\`\`
func Close() { /* \u202e reversed */ }
`

type Happening = [minute: number, by: string | null, entry: Entry]

const HAPPENINGS: Happening[] = [
  [0, null, { type: 'made', title: `Second round ${HOSTILE}`, candidate: `Mira Castell ${HOSTILE}`, alone: false, madeAt: Date.UTC(2026, 10, 22, 9, 0) }],
  [0, null, { type: 'guide', guide: RICH_GUIDE }],
  [1, null, { type: 'joined', member: 'm1', name: 'Jonas Weber', role: 'interviewer' }],
  [2, null, { type: 'joined', member: 'm2', name: 'Priya Nair', role: 'interviewer' }],
  [3, null, { type: 'joined', member: 'm3', name: `Mira ${HOSTILE}`, role: 'candidate' }],
  [3, 'm1', { type: 'admitted', member: 'm3' }],
  [4, 'm1', { type: 'noted', note: 'n0', text: 'secret: note before the start' }],
  [5, 'm1', { type: 'recording', recording: { pasting: true, leaving: true } }],
  [10, 'm1', { type: 'clock', action: 'start' }],
  [10, 'm1', { type: 'turned', part: 'go', question: 'pool' }],
  [11, 'm1', { type: 'opened', exercise: 'worker-pool' }],
  [12, 'm1', { type: 'reserve', part: 'go', minutes: 3 }],
  [14, 'm3', { type: 'ran', run: 'r1', exercise: 'worker-pool' }],
  [14.1, null, { type: 'concluded', run: 'r1', verdict: 'compile-error', summary: `Does not compile: \`x\` ${HOSTILE}` }],
  [15, 'm3', { type: 'pasted', path: 'worker-pool/pool.go', line: 14, characters: 987_654 }],
  [16, 'm3', { type: 'away', away: true }],
  [16.7, 'm3', { type: 'away', away: false }],
  [17, 'm1', { type: 'ticked', question: 'pool', point: 'bounded', on: true }],
  [17, 'm2', { type: 'asked', question: 'pool', followUp: 'full', on: true }],
  [17, 'm2', { type: 'asked', question: 'pool', followUp: 'twice', on: true }],
  [18, 'm3', { type: 'ran', run: 'r2', exercise: 'worker-pool' }],
  [18.1, null, { type: 'concluded', run: 'r2', verdict: 'race', summary: 'Race: `Submit` writes `p.closed` at pool.go:41.' }],
  [19, 'm2', { type: 'noted', note: 'n1', text: `secret: reads the report top down ${HOSTILE}\nsecret: second line` }],
  [20, 'm1', { type: 'clock', action: 'pause' }],
  [22, 'm1', { type: 'clock', action: 'resume' }],
  [23.5, 'm3', { type: 'ran', run: 'r3', exercise: 'worker-pool' }],
  [23.6, null, { type: 'concluded', run: 'r3', verdict: 'passed', summary: 'All 9 tests passed.' }],
  [30, 'm1', { type: 'turned', part: 'end', question: null }],
  [31, 'm1', { type: 'opened', exercise: 'scratch', files: [{ name: 'main.go', text: 'package main\n' }] }],
  [32, 'm3', { type: 'ran', run: 'r4', exercise: 'scratch' }],
  [40, 'm1', { type: 'finished' }],
  [41, 'm1', { type: 'scored', section: 'go', points: 22 }],
  [41, 'm1', { type: 'scored', section: 'design', points: 12 }],
  [41, 'm1', { type: 'flagged', flag: 'measures', on: true }],
  [41, 'm1', { type: 'flagged', flag: 'guesses', on: true }],
  [41, 'm1', { type: 'cited', section: 'go', cite: 'c1', evidence: { type: 'run', run: 'r2' } }],
  [41, 'm1', { type: 'cited', section: 'go', cite: 'c2', evidence: { type: 'line', path: 'worker-pool/pool.go', line: 41, text: 'p.closed = true // secret: a line since mended', at: 18.5 * MINUTE } }],
  [41, 'm1', { type: 'cited', section: 'design', cite: 'c3', evidence: { type: 'moment', at: 25 * MINUTE, words: 'secret: drew the boxes' } }],
  [42, 'm1', { type: 'submitted', on: true }],
  [43, 'm2', { type: 'scored', section: 'go', points: 20 }],
  ...(['go', 'database', 'leadership', 'design', 'architecture'] as const).map(
    (id): Happening => [44, 'm1', { type: 'agreed', section: id, points: { go: 21, database: 8, leadership: 16, design: 13, architecture: 20 }[id] }],
  ),
]

export const RICH_ENTRIES: LoggedEntry[] = HAPPENINGS.map(([minute, by, entry], index) => ({
  seq: index + 1,
  at: minute * MINUTE,
  by,
  entry,
}))

/** An interview in which everything happened that a report tells of. */
export function richInput(copy: ReportInput['copy']): ReportInput {
  return {
    interview: foldEntries(RICH_ENTRIES),
    files: [
      { path: 'worker-pool/pool.go', text: POOL },
      { path: 'worker-pool/empty.go', text: '' },
      { path: 'scratch/main.go', text: 'package main\n' },
    ],
    titles: { 'worker-pool': 'Worker pool with backpressure' },
    at: 50 * MINUTE,
    copy,
  }
}
