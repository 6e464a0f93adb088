// @vitest-environment happy-dom
import { MAX_EXPORT_BYTES, type OwnInterview } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import type { InterviewOffice, InterviewRequest } from '../../state/interview/office.ts'
import { MOCK_GUIDE } from '../../state/interview/testdata/mock-guide.ts'
import { render } from '../../ui/test-render.ts'
import { InterviewHome } from './interview-home.tsx'

const KEY = 'k'.repeat(32)
const OTHER = 'c'.repeat(32)

const MINE: OwnInterview = {
  key: KEY,
  title: 'Senior Go developer',
  candidate: 'Mira Castell',
  alone: false,
  madeAt: Date.UTC(2026, 10, 22, 12),
  finishedAt: null,
  deletesAt: Date.UTC(2027, 1, 20, 12),
}

async function openHome(parts: Partial<InterviewOffice> = {}) {
  const made: InterviewRequest[] = []
  const removed: string[] = []
  const replaced: string[] = []
  const source: InterviewOffice = {
    mine: async () => (removed.includes(KEY) ? [] : [{ ...MINE, key: replaced.includes(KEY) ? OTHER : KEY }]),
    guides: async () => [{ id: 'senior-go', guide: MOCK_GUIDE }],
    make: async (request) => {
      made.push(request)
      return { interviewer: KEY, candidate: request.alone ? null : OTHER }
    },
    bring: async () => ({ type: 'made', key: KEY }),
    remove: async (key) => void removed.push(key),
    info: async () => null,
    renewLink: async () => ({ candidateKey: null, expiresAt: null }),
    replaceInterviewerLink: async (key) => {
      replaced.push(key)
      return OTHER
    },
    saveGuide: async () => {},
    ...parts,
  }
  const page = await render(<InterviewHome source={source} />)
  const press = (name: string) => page.act(() => page.button(name).click())
  const name = (text: string) =>
    page.act(() => {
      const field = page.host.querySelector('input[autocomplete="off"]')
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      set?.call(field, text)
      field?.dispatchEvent(new Event('input', { bubbles: true }))
    })
  const fileOf = (text: string) =>
    page.act(() => {
      const field = page.host.querySelector<HTMLInputElement>('input[type="file"]')
      Object.defineProperty(field, 'files', { value: [new File([text], 'interview.json')] })
      field?.dispatchEvent(new Event('change', { bubbles: true }))
    })
  return { ...page, made, removed, replaced, press, name, fileOf }
}

test('an interview that is made gives two links, one to send and one to keep', async () => {
  const { made, name, press, host } = await openHome()
  await name('  Ada Lovelace ')
  await press('Make the interview')
  expect(made).toEqual([{ title: 'Senior Go developer', candidate: 'Ada Lovelace', alone: false, guide: MOCK_GUIDE }])
  const links = [...host.querySelectorAll<HTMLInputElement>('input[readonly]')].map(
    ({ value }) => new URL(value).pathname,
  )
  expect(links).toEqual([`/interview/${OTHER}`, `/interview/${KEY}`])
  expect(host.textContent).toContain('never gets the guide, notes or points')
})

test('a mock interview alone has one link, which is one’s own', async () => {
  const { made, name, press, act, host } = await openHome()
  await act(() => host.querySelectorAll<HTMLInputElement>('input[type="radio"]')[1]?.click())
  await name('Ada')
  await press('Start a mock interview')
  expect(made[0]).toMatchObject({ candidate: 'Ada', alone: true })
  expect(host.querySelectorAll('input[readonly]')).toHaveLength(1)
})

test('a name that is missing is said, and nothing is made', async () => {
  const { made, press, host } = await openHome()
  await press('Make the interview')
  expect(host.querySelector('[role="alert"]')?.textContent).toBe('A name is needed.')
  expect(made).toEqual([])
})

test('what the server refuses is said in its words, and what was typed stays', async () => {
  const { name, press, host } = await openHome({
    make: () => Promise.reject(new Error('You have too many interviews.')),
  })
  await name('Ada')
  await press('Make the interview')
  expect(host.querySelector('[role="alert"]')?.textContent).toBe('You have too many interviews.')
  expect(host.querySelector<HTMLInputElement>('input[autocomplete="off"]')?.value).toBe('Ada')
})

test('my interviews lead to the room, the replay, the report and the export, and say when they go', async () => {
  const { one } = await openHome()
  const item = one('own-interview')
  expect(item.textContent).toContain('It will be deleted on 20 February 2027.')
  expect([...item.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    `/interview/${KEY}`,
    `/interview/${KEY}/replay`,
    `/api/interview/${KEY}/report.html`,
    `/api/interview/${KEY}/export`,
  ])
})

test('an interview is deleted after a question, and is gone from the list', async () => {
  const { press, removed, host, act, one } = await openHome()
  await press('Delete the interview with Mira Castell')
  expect(removed).toEqual([])
  await act(() => one('confirm').click())
  expect(removed).toEqual([KEY])
  expect(host.textContent).toContain('None yet.')
})

test('the interviewers’ link is replaced after a question; the new one is there to be copied, and in the list', async () => {
  const { press, replaced, host, act, one } = await openHome()
  await press('Replace the interviewers’ link: Mira Castell')
  expect(replaced).toEqual([])
  expect(host.textContent).toContain('Whoever has the old one is sent away')
  await act(() => one('confirm').click())
  expect(replaced).toEqual([KEY])
  const shown = host.querySelector<HTMLInputElement>('input[aria-label="The interviewers’ link"]')?.value
  expect(shown).toBe(new URL(`/interview/${OTHER}`, location.href).href)
  expect(one('own-interview').querySelector('a')?.getAttribute('href')).toBe(`/interview/${OTHER}`)
})

test('a link that is not replaced says why, and the old one stays', async () => {
  const { press, host, act, one } = await openHome({
    replaceInterviewerLink: () => Promise.reject(new Error('Only who made the interview may do this.')),
  })
  await press('Replace the interviewers’ link: Mira Castell')
  await act(() => one('confirm').click())
  expect(host.querySelector('[role="alert"]')?.textContent).toBe('Only who made the interview may do this.')
  expect(host.querySelector('input[aria-label="The interviewers’ link"]')).toBeNull()
})

test('a file that is too large is refused before it is read', async () => {
  const sent: string[] = []
  const bring = async (text: string) => {
    sent.push(text)
    return { type: 'made' as const, key: KEY }
  }
  const { fileOf, host } = await openHome({ bring })
  await fileOf(' '.repeat(MAX_EXPORT_BYTES + 1))
  expect(host.querySelector('[role="alert"]')?.textContent).toContain('It has more than 24 MiB.')
  expect(sent).toEqual([])
})

test('a file that cannot be imported says what is wrong and where', async () => {
  const problems = ['entries[17].entry.points: Too big', 'runs[0].id: the entries know no run "r"']
  const { fileOf, host } = await openHome({ bring: async () => ({ type: 'refused', problems }) })
  await fileOf('{}')
  expect(host.textContent).toContain('entries[17].entry.points: Too big')
  expect(host.textContent).toContain('runs[0].id')
})

test('a list that did not come says why and can be asked for again', async () => {
  let tries = 0
  const { host, press, all } = await openHome({
    mine: () => (tries++ === 0 ? Promise.reject(new Error('The server cannot be reached.')) : Promise.resolve([MINE])),
  })
  expect(host.textContent).toContain('The server cannot be reached.')
  await press('Try again')
  expect(all('own-interview')).toHaveLength(1)
})
