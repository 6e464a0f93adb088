import { MAX_ARTIFACT_BYTES } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { ArtifactCollector } from './artifact.ts'

const WHOLE = { cut: false, problem: null } as const

test('a collected file is what came, whatever the pieces', () => {
  const bytes = Buffer.from('a profile')
  for (const size of [1, 7, 64]) {
    const collector = new ArtifactCollector('cpu')
    for (let at = 0; at < bytes.length; at += size) collector.push(bytes.subarray(at, at + size))
    expect(collector.end(WHOLE)).toEqual({ kind: 'cpu', bytes, ...WHOLE })
  }
})

test('more than the cap is cut and told, even where the supervisor says that it is whole', () => {
  const collector = new ArtifactCollector('heap')
  const most = MAX_ARTIFACT_BYTES.heap
  for (let sent = 0; sent <= most; sent += 2 ** 16) collector.push(Buffer.alloc(2 ** 16))
  const { bytes, cut } = collector.end(WHOLE)
  expect([bytes.length, cut]).toEqual([most, true])
})

test('a file that is none is told with its reason', () => {
  expect(new ArtifactCollector('trace').end({ cut: false, problem: 'missing' })).toMatchObject({ problem: 'missing' })
})
