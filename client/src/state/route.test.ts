import { expect, test } from 'vitest'
import { parseRoute, pathOf } from './route.ts'

test('addresses open what they name', () => {
  expect(parseRoute('/')).toEqual({ type: 'home' })
  expect(parseRoute('/exercise/hit-counter')).toEqual({ type: 'exercise', slug: 'hit-counter' })
  expect(parseRoute('/exercise/hit-counter/')).toEqual({ type: 'exercise', slug: 'hit-counter' })
  expect(parseRoute('/scratch')).toEqual({ type: 'scratch' })
  expect(parseRoute('/exercise/../x').type).toBe('unknown')
  expect(parseRoute('/elsewhere').type).toBe('unknown')
})

test('every exercise has an address that leads back to it', () => {
  expect(parseRoute(pathOf('hit-counter'))).toEqual({ type: 'exercise', slug: 'hit-counter' })
  expect(parseRoute(pathOf('scratch'))).toEqual({ type: 'scratch' })
})
