import type { Benchmark, BenchmarkComparison, BenchmarkFigures, BesideVersion } from '@sandbox/protocol'
import { type Forest, forestOf, formatCount, formatFigure, formatOperation } from '../../state/forest.ts'
import type { BenchmarkNews } from '../../state/run.ts'
import { splitText } from '../../state/sentence.ts'
import { RichText } from '../../ui/rich-text.tsx'
import styles from './benchmarks-panel.module.css'
import { ForestAxis, ForestBar } from './forest-bar.tsx'

/** Who a row of figures belongs to. */
const WHO: Record<BesideVersion | 'own', string> = {
  own: 'your code',
  previous: 'your previous version',
  starter: 'the starter',
  reference: 'the reference',
}

interface Opening {
  onOpen: (file: string, line: number) => void
}

/** How fast the code is beside other versions of it: words first, then an interval around 1 for each comparison. */
export function BenchmarksPanel({ news, onOpen }: Opening & { news: BenchmarkNews }) {
  const { sentence, benchmarks, notes } = news
  const isCompared = benchmarks.some(({ comparisons }) => comparisons.length > 0)
  const forest = forestOf(benchmarks)
  return (
    <div className={styles.panel} data-testid="benchmarks">
      <p className={styles.sentence} data-testid="benchmarks-sentence">
        <Words text={sentence} onOpen={onOpen} />
      </p>
      {benchmarks.length > 0 && (
        <>
          {isCompared && <ForestAxis forest={forest} />}
          <ul className={styles.list} aria-label="Benchmarks">
            {benchmarks.map((benchmark) => (
              <Row key={benchmark.name} benchmark={benchmark} forest={forest} />
            ))}
          </ul>
          <Figures benchmarks={benchmarks} />
        </>
      )}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          <Words text={note} onOpen={onOpen} />
        </p>
      ))}
      {benchmarks.length > 0 && (
        <p className={styles.note}>
          All versions ran in turn, in many short rounds, in one sandbox: what slows the machine slows each of them.
          Times are of this machine; how they compare is what lasts.
        </p>
      )}
    </div>
  )
}

function Words({ text, onOpen }: Opening & { text: string }) {
  return <RichText parts={splitText(text, () => false)} onOpen={onOpen} />
}

function Row({ benchmark, forest }: { benchmark: Benchmark; forest: Forest }) {
  const { name, figures, comparisons } = benchmark
  return (
    <li data-testid="benchmark" data-benchmark={name}>
      <h4 className={styles.name}>
        <code>{name}</code>
        <span>{shortFigures(figures)}</span>
      </h4>
      {comparisons.map((comparison) => (
        <Comparison key={comparison.version} comparison={comparison} forest={forest} />
      ))}
    </li>
  )
}

function Comparison({ comparison, forest }: { comparison: BenchmarkComparison; forest: Forest }) {
  const { version, speed, outcome, sentence } = comparison
  return (
    <div className={styles.comparison} data-testid="benchmark-comparison" data-version={version} data-outcome={outcome}>
      {speed ? <ForestBar forest={forest} speed={speed} outcome={outcome} /> : <span />}
      <p>{sentence}</p>
    </div>
  )
}

/** `412 ns · 48 B · 1 allocation an operation`. */
function shortFigures({ nanoseconds, bytes, allocations }: BenchmarkFigures): string {
  const count = formatCount(allocations.median)
  const memory = `${formatCount(bytes.median)} B · ${count} ${count === '1' ? 'allocation' : 'allocations'}`
  return `${formatOperation(nanoseconds.median)} · ${memory} for each operation`
}

/** Every version's own figures, for whoever wants them. */
function Figures({ benchmarks }: { benchmarks: Benchmark[] }) {
  return (
    <details className={styles.figures} data-testid="benchmark-figures">
      <summary>All figures: the median of the rounds, and what they were at least and at most</summary>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">benchmark</th>
              <th scope="col">of</th>
              <th scope="col">time/op</th>
              <th scope="col">B/op</th>
              <th scope="col">allocs/op</th>
            </tr>
          </thead>
          <tbody>
            {benchmarks.flatMap(({ name, figures, comparisons }) => [
              <FigureRow key={name} name={name} who="own" figures={figures} />,
              ...comparisons.map((one) => (
                <FigureRow key={`${name} ${one.version}`} name={name} who={one.version} figures={one.figures} />
              )),
            ])}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function FigureRow(props: { name: string; who: BesideVersion | 'own'; figures: BenchmarkFigures }) {
  const { name, who, figures } = props
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td>{WHO[who]}</td>
      <td>{formatFigure(figures.nanoseconds, formatOperation)}</td>
      <td>{formatFigure(figures.bytes, formatCount)}</td>
      <td>{formatFigure(figures.allocations, formatCount)}</td>
    </tr>
  )
}
