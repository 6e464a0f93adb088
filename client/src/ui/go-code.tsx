import styles from './go-code.module.css'
import { type GoToken, tokenize } from './go-tokens.ts'

/** A block of Go source in colours. */
export function GoBlock({ text }: { text: string }) {
  return (
    <pre className={styles.block} tabIndex={0}>
      <code>
        {numbered(tokenize(text)).map(([key, line]) => (
          <span key={key} className={styles.blockLine}>
            <Tokens tokens={line} />
            {'\n'}
          </span>
        ))}
      </code>
    </pre>
  )
}

/** One line of Go source in colours, for example under a place. */
export function GoLine({ text, className }: { text: string; className?: string | undefined }) {
  return (
    <code className={className ? `${styles.line} ${className}` : styles.line}>
      <Tokens tokens={tokenize(text.trim()).flat()} />
    </code>
  )
}

function Tokens({ tokens }: { tokens: GoToken[] }) {
  return numbered(tokens).map(([key, token]) =>
    token.kind === 'plain' ? (
      token.text
    ) : (
      <span key={key} className={styles[token.kind]}>
        {token.text}
      </span>
    ),
  )
}

/** Lines and tokens have no name but their place, and never move. */
function numbered<T>(items: T[]): [number, T][] {
  return items.map((item, index) => [index, item])
}

/** A file as it stands, while the editor that will hold it is still on its way. */
export function FilePreview({ name, text }: { name: string; text: string }) {
  const lines = name.endsWith('.go') ? tokenize(text) : plainLines(text)
  return (
    <pre className={styles.preview} aria-hidden="true">
      {numbered(lines).map(([key, line]) => (
        <code key={key} className={styles.previewLine}>
          <Tokens tokens={line} />
          {'\n'}
        </code>
      ))}
    </pre>
  )
}

function plainLines(text: string): GoToken[][] {
  return text.split('\n').map((line) => [{ kind: 'plain', text: line }])
}
