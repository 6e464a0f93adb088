import { expect, test } from 'vitest'
import { workerPool } from './testdata/timelines.ts'
import { Timelines } from './timelines.ts'

function office(answers: (() => Promise<ReturnType<typeof workerPool>['timeline']>)[]) {
  const asked: string[] = []
  const timelines = new Timelines({
    timeline: (run) => {
      asked.push(run)
      return (answers.shift() ?? (async () => workerPool().timeline))()
    },
  })
  return { timelines, asked }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

test('a timeline is fetched once, however often it is looked at', async () => {
  const { timelines, asked } = office([])
  const state = timelines.of('run-1')
  expect(state.get()).toEqual({ type: 'loading' })
  await settled()
  expect(state.get().type).toBe('ready')
  expect(timelines.of('run-1')).toBe(state)
  expect(asked).toEqual(['run-1'])
})

test('one that failed says why, and is asked for again only when somebody wants it', async () => {
  const { timelines, asked } = office([() => Promise.reject(new Error('The server cannot be reached.'))])
  const state = timelines.of('run-1')
  await settled()
  expect(state.get()).toEqual({ type: 'failed', sentence: 'The server cannot be reached.' })
  expect(asked).toHaveLength(1)
  timelines.again('run-1')
  await settled()
  expect(state.get().type).toBe('ready')
  timelines.again('run-1')
  expect(asked).toHaveLength(2)
})

test('old ones are let go', async () => {
  const { timelines, asked } = office([])
  for (const run of ['run-1', 'run-2', 'run-3', 'run-4', 'run-1']) timelines.of(run)
  await settled()
  expect(asked).toEqual(['run-1', 'run-2', 'run-3', 'run-4', 'run-1'])
})
