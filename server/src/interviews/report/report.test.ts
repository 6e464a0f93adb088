import { foldEntries, InterviewReport, NEW_INTERVIEW, type PrivateReport } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { buildReport } from './build-report.ts'
import { REPORT_FORMATS, renderReport } from './render-report.ts'
import { HOSTILE, RICH_ENTRIES, RICH_GUIDE, richInput } from './testdata/rich-interview.ts'

function privately(): PrivateReport {
  const { private: told } = buildReport(richInput('interviewers'))
  if (told === null) throw new Error('the interviewers’ copy tells what is private')
  return told
}

test('a report says who, when and how long, counted from the start of the clock', () => {
  const report = buildReport(richInput('interviewers'))
  expect(InterviewReport.parse(report)).toEqual(report)
  expect(report).toMatchObject({
    interviewers: ['Jonas Weber', 'Priya Nair'],
    startedAt: Date.UTC(2026, 10, 22, 9, 10),
    lengthMs: 30 * 60_000,
    finished: true,
  })
})

test('an exercise has its runs, its files, and how long the first race took', () => {
  const [pool, scratch] = buildReport(richInput('candidate')).exercises
  expect(pool).toMatchObject({
    id: 'worker-pool',
    title: 'Worker pool with backpressure',
    openedAt: 60_000,
    openMs: 20 * 60_000,
    firstRace: { run: 2, at: 8 * 60_000, fixedAfterMs: 5.5 * 60_000 },
  })
  expect(pool?.runs.map(({ number, verdict }) => [number, verdict])).toEqual([
    [1, 'compile-error'],
    [2, 'race'],
    [3, 'passed'],
  ])
  expect(pool?.files.map(({ name }) => name)).toEqual(['pool.go', 'empty.go'])
  expect(scratch).toMatchObject({
    title: 'scratch',
    openMs: 9 * 60_000,
    runs: [{ number: 4, verdict: null }],
    firstRace: null,
  })
})

test('a run under a fault says so, since the code alone did not come to that', () => {
  const input = richInput('candidate')
  const runs = input.interview.runs.map((run, index) => (index === 2 ? { ...run, fault: 'slow-disk' } : run))
  const report = buildReport({ ...input, interview: { ...input.interview, runs } })
  expect(report.exercises[0]?.runs.map(({ fault }) => fault)).toEqual([null, null, 'slow-disk'])
  expect(renderReport(report, 'md').text).toContain('With the fault `slow-disk` on:')
  expect(renderReport(report, 'html').text).toContain('With the fault <code>slow-disk</code> on:')
})

test('evidence, notes and runs lead to their moment of the replay, in the interviewers’ copy alone', () => {
  const whole = renderReport(buildReport(richInput('interviewers')), 'html').text
  const links = [...whole.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
  expect(links).toContain('replay#run=2')
  expect(links.every((href) => /^replay#(run=\d+|at=-?[\d.]+)$/.test(href ?? ''))).toBe(true)
  expect(renderReport(buildReport(richInput('candidate')), 'html').text).not.toContain('href')
})

test('alone there are no interviewers, and nobody was watched', () => {
  const input = richInput('interviewers')
  const report = buildReport({ ...input, interview: { ...input.interview, alone: true } })
  for (const format of ['html', 'md'] as const) {
    const { text } = renderReport(report, format)
    expect(text).toMatch(/mock interview, alone/i)
    expect(text).not.toMatch(/Interviewers|candidate’s knowledge/)
  }
})

test('a question says what was said, what was not, what was asked, and its time against the plan', () => {
  const [part, end] = privately().parts
  expect(part).toMatchObject({ minutes: 28, spentMs: 18 * 60_000, notAsked: ['secret: Leaks'] })
  expect(part?.questions).toEqual([
    {
      title: 'secret: Worker pools',
      seed: 'Q2',
      spentMs: 18 * 60_000,
      minutes: [15, 20],
      said: ['secret: a bounded queue'],
      notSaid: ['secret: who closes what', 'secret: no workers at all'],
      asked: ['secret: and when it is full?', 'secret: closed twice?'],
    },
  ])
  expect(end).toMatchObject({ spentMs: 10 * 60_000, questions: [], notAsked: [] })
  expect(privately()).toMatchObject({ runningMs: 28 * 60_000, pausedMs: 2 * 60_000 })
})

test('what was agreed comes first, then each card, with bands, flags and evidence', () => {
  const [agreed, jonas, priya, ...rest] = privately().cards
  expect(rest).toEqual([])
  expect(agreed).toMatchObject({ by: null, total: 78, of: 100, passing: 75, verdict: 'fail' })
  expect(agreed?.reasons.join(' ')).toContain('secret: section design')
  expect(jonas).toMatchObject({
    by: 'Jonas Weber',
    submitted: true,
    verdict: 'incomplete',
    greenFlags: ['secret: measures first'],
  })
  expect(jonas?.sections[0]).toMatchObject({
    points: 22,
    of: 25,
    minimum: 18,
    band: 'strong',
    words: 'secret: strong go',
  })
  expect(jonas?.sections[0]?.evidence).toEqual([
    { type: 'run', at: 8 * 60_000, number: 2, summary: 'Race: `Submit` writes `p.closed` at pool.go:41.' },
    {
      type: 'line',
      at: 8.5 * 60_000,
      path: 'worker-pool/pool.go',
      line: 41,
      text: 'p.closed = true // secret: a line since mended',
    },
  ])
  expect(priya).toMatchObject({ by: 'Priya Nair', submitted: false })
})

test('notes have their moments, and what was recorded is told only where it was', () => {
  const told = privately()
  expect(told.notes.map(({ at, by }) => [at, by])).toEqual([
    [-6 * 60_000, 'Jonas Weber'],
    [9 * 60_000, 'Priya Nair'],
  ])
  expect(told.pastes).toEqual([{ at: 5 * 60_000, path: 'worker-pool/pool.go', line: 14, characters: 987_654 }])
  expect(told.absences).toEqual([{ at: 6 * 60_000, ms: 42_000 }])
  const unrecorded = RICH_ENTRIES.filter(({ entry }) => !['recording', 'pasted', 'away'].includes(entry.type))
  const report = buildReport({ ...richInput('interviewers'), interview: foldEntries(unrecorded) })
  expect(report.private).toMatchObject({ pastes: null, absences: null })
})

test('an interview in which nothing happened has a report in every format', () => {
  const input = { interview: NEW_INTERVIEW, files: [], titles: {}, at: 0, copy: 'interviewers' } as const
  for (const format of REPORT_FORMATS) expect(renderReport(buildReport(input), format).text).not.toBe('')
})

test.each(REPORT_FORMATS)(
  'the candidate’s copy as %s has nothing that is private, and all that is theirs',
  (format) => {
    const { text } = renderReport(buildReport(richInput('candidate')), format)
    // Undone, so that no escaping hides a secret; the style is the same for everybody.
    const bare = text
      .replace(/<style>.*<\/style>/s, '')
      .replaceAll('\\', '')
      .toLowerCase()
    expect(secrets().filter((secret) => bare.includes(secret.toLowerCase()))).toEqual([])
    for (const theirs of ['Worker pool with backpressure', 'All 9 tests passed.', 'package pool', 'Jonas Weber'])
      expect(bare).toContain(theirs.toLowerCase())
  },
)

test.each(REPORT_FORMATS)('the interviewers’ copy as %s tells every secret that it is made of', (format) => {
  const bare = renderReport(buildReport(richInput('interviewers')), format).text.replaceAll('\\', '')
  const told = ['a bounded queue', 'who closes what', 'and when it is full?', 'measures first', 'guesses', 'strong go']
  for (const secret of [...told, 'note before the start', 'second line', 'a line since mended', 'drew the boxes'])
    expect(bare).toContain(`secret: ${secret}`)
  expect(bare).toContain('987654')
})

/** Every text of the guide, and what the interviewers wrote, scored or learned of the candidate. */
function secrets(): string[] {
  const written = RICH_ENTRIES.flatMap(({ entry }) => textsIn(entry)).filter((text) => text.includes('secret:'))
  return [
    ...textsIn(RICH_GUIDE).filter((text) => text.includes('secret:')),
    ...written,
    '987',
    'secret',
    'Exceptional',
    'agreed',
    '78',
  ]
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n')
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

const TAGS = new Set(
  'html head meta title style body main header section article div h1 h2 h3 h4 h5 p a dl dt dd table thead tbody tr th td ul li b span code pre time svg rect line path'.split(
    ' ',
  ),
)

test('the page has no tag but its own, no script, and nothing to load; its links lead to the replay', () => {
  for (const copy of ['interviewers', 'candidate'] as const) {
    const { text } = renderReport(buildReport(richInput(copy)), 'html')
    const tags = [...text.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag?.toLowerCase() ?? '')
    expect(tags.filter((tag) => !TAGS.has(tag))).toEqual([])
    expect(text).not.toMatch(/ on\w+="|src="|href="(?!replay#)/)
    expect(text).toContain('Mira Castell &lt;img src=x onerror=alert(1)&gt;')
    expect(text).toContain('⟨U+202E⟩ reversed')
  }
})

test('Markdown keeps hostile text in its cell, and code in its fence', () => {
  const { text } = renderReport(buildReport(richInput('interviewers')), 'md')
  const row = text.split('\n').find((line) => line.startsWith('| 1 |')) ?? ''
  expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7)
  expect(row).toContain('\\<img src=x onerror=alert(1)\\>')
  expect(text).toContain('\\[link\\](javascript:alert(2))')
  expect(text).toMatch(/\n`{5}go\npackage pool\n[\s\S]*?\n`{5}\n/)
  expect(text).not.toContain(HOSTILE)
})
