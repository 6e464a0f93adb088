// @vitest-environment happy-dom
import type { Benchmark, BenchmarkComparison } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import type { BenchmarkNews } from '../../state/run.ts'
import { render } from '../../ui/test-render.ts'
import { BenchmarksPanel } from './benchmarks-panel.tsx'

const always = (value: number) => ({ median: value, low: value, high: value })
const figures = { nanoseconds: { median: 412, low: 405, high: 460 }, bytes: always(48), allocations: always(1) }

const faster: BenchmarkComparison = {
  version: 'previous',
  figures: { ...figures, allocations: always(3) },
  speed: { factor: 1.9, low: 1.7, high: 2.1 },
  outcome: 'faster',
  sentence: '1.9 times as fast as your previous version (95 %: 1.7–2.1)',
}
const unknown: BenchmarkComparison = {
  version: 'reference',
  figures,
  speed: null,
  outcome: 'unknown',
  sentence: 'too few rounds to say how it compares with the reference',
}

function panel(benchmarks: Benchmark[], sentence: string, notes: string[] = []) {
  const news: BenchmarkNews = { sentence, benchmarks, notes }
  return render(<BenchmarksPanel news={news} onOpen={() => {}} />)
}

test('each benchmark has its figures, a sentence for each version, and an interval where there is one', async () => {
  const benchmark = { name: 'BenchmarkGet', rounds: 12, figures, comparisons: [faster, unknown] }
  const { one, all } = await panel([benchmark], '`BenchmarkGet` is faster.', ['A note.'])
  expect(one('benchmarks-sentence').textContent).toBe('BenchmarkGet is faster.')
  expect(one('benchmark').textContent).toContain('412 ns · 48 B · 1 allocation for each operation')
  const rows = all('benchmark-comparison')
  expect(rows.map((row) => row.querySelector('p')?.textContent)).toEqual([faster.sentence, unknown.sentence])
  expect(rows.map((row) => row.querySelector('svg')?.getAttribute('aria-hidden') ?? null)).toEqual(['true', null])
  expect(one('benchmark-figures').textContent).toContain('412 ns (405 ns–460 ns)')
  expect(one('benchmark-figures').textContent).toContain('your previous version')
  expect(one('benchmarks').textContent).toContain('A note.')
})

test('without a benchmark there is the sentence that says what to write, and nothing else', async () => {
  const { one, host } = await panel([], 'There is no benchmark: `func BenchmarkGet(b *testing.B)`.')
  expect(one('benchmarks').textContent).toBe('There is no benchmark: func BenchmarkGet(b *testing.B).')
  expect(host.querySelector('svg, ul, details')).toBeNull()
})
