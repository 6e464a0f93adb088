import { describe, expect, it } from 'vitest'
import { FrameStore } from './frame-store.ts'

describe('a store of frames', () => {
  it('gives back what was put in, whatever its size and script', () => {
    const texts = ['', 'a', 'ü\u2028🦫', 'x'.repeat(7_000), 'y'.repeat(9_000), 'z'.repeat(200_000), 'end']
    const all = Array.from({ length: 50 }, () => texts).flat()
    const store = new FrameStore()
    expect(all.map((text) => store.push(text))).toEqual(all.map((text) => Buffer.byteLength(text)))
    expect(all.map((_, index) => String(store.at(index)))).toEqual(all)
    expect(store.length).toBe(all.length)
    expect(store.at(all.length)).toBeUndefined()
  })

  it('does not share its memory with anything else', () => {
    const store = new FrameStore()
    for (let i = 0; i < 5_000; i++) {
      store.push(`frame ${i}`)
      Buffer.from(`noise ${i}`)
    }
    const slabs = new Set(Array.from({ length: 5_000 }, (_, index) => store.at(index)?.buffer))
    const held = [...slabs].reduce((sum, slab) => sum + (slab?.byteLength ?? 0), 0)
    expect(held).toBeLessThanOrEqual(8 * 1024 + 64 * 1024)
  })
})
