// @vitest-environment happy-dom
import type { ClientMessage } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { Practice } from '../../state/practice.ts'
import { anyDraft } from '../../state/testdata/draft-server.ts'
import { memoryStorage } from '../../state/testdata/memory-storage.ts'
import { recordedDetail, recordedRun } from '../../state/testdata/recorded.ts'
import { render } from '../../ui/test-render.ts'
import { Questions } from './questions.tsx'

async function openQuestions() {
  const sent: ClientMessage[] = []
  const detail = recordedDetail('asked')
  const practice = new Practice({
    draftServer: anyDraft,
    timelines: { timeline: async () => Promise.reject(new Error('no timeline')) },
    records: { progress: async () => [], solutions: async () => null, reveal: async () => {} },
    catalogue: { list: async () => [detail], detail: async () => detail },
    storage: memoryStorage(),
    tabStorage: memoryStorage(),
    clock: { now: () => 1000, random: () => 0, after: () => () => {} },
    address: { path: () => '/exercise/asked', go: () => {} },
    newId: () => 'request-run-1',
    send: (message) => sent.push(message) > 0,
    resync: () => {},
  })
  await practice.start()
  practice.connectionChanged({ type: 'connected' })
  const page = await render(<Questions desk={practice} detail={detail} />)
  const standings = () => page.all('answer-standing').map((one) => one.dataset.standing)
  const option = (words: string) => {
    const label = [...page.host.querySelectorAll('label')].find((one) => one.textContent === words)
    return page.act(() => label?.querySelector('input')?.click())
  }
  return { ...page, practice, sent, standings, option }
}

test('answers go with Run, even where there is no code, and come back judged and explained', async () => {
  const { act, all, option, practice, sent, standings } = await openQuestions()
  expect(standings()).toEqual(['open', 'open'])
  await option('a race')
  await act(() => practice.editing.answer('where', [7]))
  expect(standings()).toEqual(['given', 'given'])
  await act(() => practice.run())
  const { description, logged } = recordedRun('asked')
  const { answers } = description
  expect(sent).toMatchObject([{ type: 'run', run: { exercise: 'asked', files: [], answers } }])
  await act(() => {
    practice.receive({ type: 'run', run: description })
    for (const event of logged) practice.receive({ ...event, type: 'event', run: description.id })
  })
  expect(standings()).toEqual(['wrong', 'right'])
  expect(all('explanation').map((one) => one.textContent)).toEqual(['It is the write.'])

  await option('two writes')
  expect(standings()).toEqual(['changed', 'right'])
})

test('a line beyond the end of its file is not taken', async () => {
  const { act, host, practice } = await openQuestions()
  const type = (value: string) =>
    act(() => {
      const field = host.querySelector<HTMLInputElement>('input[type="number"]')
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      set?.call(field, value)
      field?.dispatchEvent(new Event('input', { bubbles: true }))
    })
  await type('7')
  expect(practice.workspace.get()?.answers).toEqual({ where: [7] })
  await type('700')
  expect(practice.workspace.get()?.answers).toEqual({ where: [7] })
  await type('')
  expect(practice.workspace.get()?.answers).toEqual({})
})
