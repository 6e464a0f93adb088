import type { Diagnostic } from '@sandbox/protocol'
import { MAX_OUTPUT_CHARS, type OutputChunk, type RunState } from '../../state/run.ts'
import { splitText } from '../../state/sentence.ts'
import controls from '../../ui/controls.module.css'
import { RichText } from '../../ui/rich-text.tsx'
import styles from './output-panel.module.css'
import type { SourceLine } from './source.ts'

type Open = (file: string, line: number) => void

/** What the compiler and vet say, then what the program printed. */
export function OutputPanel({ run, source, onOpen }: { run: RunState; source: SourceLine; onOpen: Open }) {
  const errors = run.diagnostics.filter((one) => one.severity === 'error')
  const advice = run.diagnostics.filter((one) => one.severity === 'advice')
  return (
    <>
      {errors.length > 0 && <Messages list={errors} source={source} onOpen={onOpen} />}
      {ADVICE.map(({ from, title }) => (
        <Advice
          key={from}
          title={title}
          list={advice.filter((one) => one.source === from)}
          source={source}
          onOpen={onOpen}
        />
      ))}
      {run.output.length > 0 && <Output output={run.output} source={source} onOpen={onOpen} />}
      {run.outputCut && (
        <p className={styles.words}>The page shows the first {MAX_OUTPUT_CHARS / 1024} KiB of what was printed.</p>
      )}
      {run.output.length === 0 && <AuthorWords source={errors[0]?.source} />}
    </>
  )
}

/** What decides no verdict, by who says it. */
const ADVICE = [
  { from: 'load', title: 'About the files' },
  { from: 'compile', title: 'Advice of the compiler' },
  { from: 'vet', title: 'Advice of vet, which decides no verdict' },
] as const satisfies { from: Diagnostic['source']; title: string }[]

function Advice(props: { title: string; list: Diagnostic[]; source: SourceLine; onOpen: Open }) {
  const { title, ...messages } = props
  if (messages.list.length === 0) return null
  return (
    <>
      <h4 className={styles.title}>{title}</h4>
      <Messages {...messages} />
    </>
  )
}

/** Who speaks, where it is a tool of Go's; what we reject we say ourselves. */
function AuthorWords({ source }: { source: Diagnostic['source'] | undefined }) {
  if (source !== 'compile' && source !== 'vet') return null
  return <p className={styles.words}>Messages are {source === 'vet' ? 'those of vet' : 'the compiler’s own'}.</p>
}

function Messages({ list, source, onOpen }: { list: Diagnostic[]; source: SourceLine; onOpen: Open }) {
  return (
    <ul className={styles.messages}>
      {list.map((one, index) => (
        <li key={index} data-testid="diagnostic" data-severity={one.severity}>
          <Place diagnostic={one} opens={source.opens(one.file)} onOpen={onOpen} />
          <code>
            {one.message}
            {one.analyzer && <span className={styles.dim}> ({one.analyzer})</span>}
          </code>
        </li>
      ))}
    </ul>
  )
}

function Place({ diagnostic, opens, onOpen }: { diagnostic: Diagnostic; opens: boolean; onOpen: Open }) {
  const { file, line, column } = diagnostic
  const text = [file, line, column].filter((part) => part !== 0).join(':')
  if (!opens || line === 0) return <span className={styles.place}>{text}</span>
  return (
    <button type="button" className={`${controls.link} ${styles.place}`} onClick={() => onOpen(file, line)}>
      {text}
    </button>
  )
}

function Output({ output, source, onOpen }: { output: OutputChunk[]; source: SourceLine; onOpen: Open }) {
  return (
    <section tabIndex={0} aria-label="What the program printed" data-testid="output">
      <pre className={styles.output}>
        {output.map((chunk, index) => (
          <span key={index} className={chunk.stream === 'stderr' ? styles.stderr : undefined}>
            <RichText parts={splitText(chunk.text, source.opens)} onOpen={onOpen} />
          </span>
        ))}
      </pre>
    </section>
  )
}
