import { expect, test } from 'vitest'
import { parseRoute, pathOf, pathOfRun } from './route.ts'

test('addresses open what they name', () => {
  expect(parseRoute('/')).toEqual({ type: 'home' })
  expect(parseRoute('/exercise/hit-counter')).toEqual({ type: 'exercise', slug: 'hit-counter' })
  expect(parseRoute('/exercise/hit-counter/')).toEqual({ type: 'exercise', slug: 'hit-counter' })
  expect(parseRoute('/scratch')).toEqual({ type: 'scratch' })
  const key = 'AAAAaaaa0000____----BBBBbbbb1111'
  expect(parseRoute(`/interview/${key}`)).toEqual({ type: 'interview', key })
  expect(parseRoute(`/interview/${key}/replay`)).toEqual({ type: 'replay', key })
  expect(parseRoute('/interview')).toEqual({ type: 'interviews' })
  expect(parseRoute('/interview/too-short').type).toBe('unknown')
  expect(parseRoute('/exercise/../x').type).toBe('unknown')
  expect(parseRoute('/elsewhere').type).toBe('unknown')
})

test('every exercise has an address that leads back to it', () => {
  expect(parseRoute(pathOf('hit-counter'))).toEqual({ type: 'exercise', slug: 'hit-counter' })
  expect(parseRoute(pathOf('scratch'))).toEqual({ type: 'scratch' })
})

test('a kept run has an address that leads back to it, and nothing else has one like it', () => {
  expect(parseRoute(pathOfRun('AbCdEfGhIjKlMnOpQrSt_-'))).toEqual({ type: 'run', id: 'AbCdEfGhIjKlMnOpQrSt_-' })
  expect(parseRoute('/run/short').type).toBe('unknown')
  expect(parseRoute('/run/AbCdEfGhIjKlMnOpQrSt../x').type).toBe('unknown')
})
