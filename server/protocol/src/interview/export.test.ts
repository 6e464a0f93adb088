import { expect, test } from 'vitest'
import { checkExport, type InterviewExport, MAX_EXPORT_PROBLEMS } from './export.ts'

function good(): InterviewExport {
  return {
    format: 'go-practice-interview',
    version: 1,
    entries: [
      { seq: 1, at: 0, by: null, entry: { type: 'made', title: 't', candidate: 'c', alone: false, madeAt: 1 } },
      { seq: 2, at: 5, by: null, entry: { type: 'joined', member: 'm1', name: 'Jonas', role: 'interviewer' } },
      { seq: 4, at: 5, by: 'm1', entry: { type: 'scored', section: 'go', points: 20 } },
      { seq: 5, at: 6, by: 'm1', entry: { type: 'ran', run: 'r1', exercise: 'scratch' } },
    ],
    runs: [{ id: 'r1', frames: ['{"type":"run","run":{"id":"r1"}}', '{"type":"event","run":"r1","seq":1}'] }],
  }
}

test('of a file that is none, nothing else is said', () => {
  const problems = ['format: this is no exported interview']
  expect(checkExport({ hello: 1 })).toEqual({ type: 'bad', problems })
  expect(checkExport({ ...good(), format: 'x', version: 2 })).toEqual({ type: 'bad', problems })
})

test('a good file is read, also where an interviewer could not see all entries', () => {
  expect(checkExport(JSON.parse(JSON.stringify(good())))).toEqual({ type: 'good', file: good() })
})

const broken: [string, (file: InterviewExport) => unknown, RegExp][] = [
  ['no object', () => 'go-practice-interview', /^the file: /],
  ['another format', (file) => ({ ...file, format: 'x' }), /^format: /],
  ['a newer version', (file) => ({ ...file, version: 2 }), /^version: /],
  ['a field that is not known', (file) => ({ ...file, more: 1 }), /more/],
  ['no entries', (file) => ({ ...file, entries: [] }), /^entries: /],
  [
    'points beyond the scale',
    (file) => withEntry(file, 2, { type: 'scored', section: 'go', points: 101 }),
    /^entries\[2\]\.entry\.points: /,
  ],
  ['an entry of no kind', (file) => withEntry(file, 2, { type: 'hacked' }), /^entries\[2\]\.entry\.type: /],
  [
    'an entry twice',
    (file) => ({ ...file, entries: [...file.entries, file.entries[3]] }),
    /^entries\[4\]\.seq: 5 comes after 5/,
  ],
  ['time that runs back', (file) => changed(file, 3, { at: 1 }), /^entries\[3\]\.at: 1 comes after 5/],
  [
    'no beginning',
    (file) => ({ ...file, entries: file.entries.slice(1), runs: [] }),
    /^entries\[0\]\.entry\.type: an interview begins/,
  ],
  [
    'two beginnings',
    (file) => withEntry(file, 1, file.entries[0]?.entry),
    /^entries\[1\]\.entry\.type: an interview is made once/,
  ],
  ['a run that nobody started', (file) => ({ ...file, runs: [{ id: 'r2', frames: [] }] }), /^runs\[0\]\.id: .*"r2"/],
  ['a run twice', (file) => ({ ...file, runs: [...file.runs, ...file.runs] }), /^runs\[1\]\.id: /],
  [
    'a frame that is no JSON',
    (file) => ({ ...file, runs: [{ id: 'r1', frames: ['{'] }] }),
    /^runs\[0\]\.frames\[0\]: /,
  ],
  [
    'frames of another run',
    (file) => ({ ...file, runs: [{ id: 'r1', frames: ['{"type":"run","run":{"id":"r9"}}'] }] }),
    /^runs\[0\]\.frames\[0\]: /,
  ],
  [
    'events without their run',
    (file) => ({ ...file, runs: [{ id: 'r1', frames: file.runs[0]?.frames.slice(1) }] }),
    /^runs\[0\]\.frames\[0\]: not a message "run"/,
  ],
]

test.each(broken)('%s is refused, with its place', (_, breakIt, problem) => {
  const checked = checkExport(breakIt(good()))
  expect(checked).toEqual({ type: 'bad', problems: [expect.stringMatching(problem)] })
})

test('a file that is broken all over is not complained about for ever', () => {
  const checked = checkExport({ ...good(), entries: Array.from({ length: 10_000 }, () => ({ seq: 0 })) })
  expect(checked.type === 'bad' && checked.problems).toHaveLength(MAX_EXPORT_PROBLEMS + 1)
  expect(checked.type === 'bad' && checked.problems.at(-1)).toBe('and more')
})

function withEntry(file: InterviewExport, index: number, entry: unknown): unknown {
  return changed(file, index, { entry })
}

function changed(file: InterviewExport, index: number, change: object): unknown {
  return { ...file, entries: file.entries.map((one, at) => (at === index ? { ...one, ...change } : one)) }
}
