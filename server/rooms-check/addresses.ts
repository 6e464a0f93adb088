/** Something to be asked for by a candidate. */
export type Address = { path: string; method?: string; body?: unknown }

const PRIVATE = ['log', 'report.html', 'report.md', 'report.json', 'report.html?copy=candidate', 'export']
/** What somebody tries who knows how such servers are made. */
const GUESSED = ['guide', 'notes', 'entries', 'members', 'state', 'scorecard', 'document', 'runs', 'link', 'interview']

/** What only interviewers may have, as a candidate would ask for it. None of these may be answered. */
export function privateAddresses(key: string): Address[] {
  const base = `/api/interview/${key}`
  const reads = PRIVATE.flatMap((name) => [
    { path: `${base}/${name}` },
    { path: `${base}/${name}/` },
    { path: `${base}/${name.toUpperCase()}` },
    { path: `${base}/${name}${name.includes('?') ? '&' : '?'}role=interviewer` },
    { path: `${base}/${name.replace(/^./, escaped)}` },
    { path: `${base}/${name}`, method: 'POST', body: {} },
  ])
  return [
    ...reads,
    { path: `${base}/link`, method: 'POST', body: { hours: 1 } },
    { path: `${base}/guide`, method: 'PUT', body: {} },
    { path: base, method: 'DELETE', body: {} },
    { path: '/api/interviews/import', method: 'POST', body: {} },
  ]
}

/** What a candidate may ask for, and what is nothing at all. */
export function openAddresses(key: string, slug: string, runs: readonly string[]): Address[] {
  const base = `/api/interview/${key}`
  return [
    ...[base, `${base}/`, `${base}?role=interviewer`, `/api/interview/${key}%00`, `/api/interview/`, '/api/interview'],
    ...['/api/interviews', '/api/guides', '/healthz', '/readyz', '/api/progress', `/api/drafts/${slug}`],
    ...GUESSED.map((name) => `${base}/${name}`),
    ...[`${base}/exercise/${slug}`, `${base}/exercise/none`, `${base}/exercise/..%2f..%2flog`, `${base}/exercise/`],
    ...['none', '..', '..%2flog', ...runs].flatMap((run) => [`${base}/runs/${run}`, `${base}/runs/${run}/timeline`]),
    ...runs.flatMap((run) => [`/api/runs/${run}`, `/api/runs/${run}/timeline`]),
    ...['/.data/practice.sqlite', '/../.data/practice.sqlite', '/assets/..%2f..%2f.data%2fpractice.sqlite', '/.built'],
  ].map((path) => ({ path }))
}

function escaped(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16)}`
}
