import { lexer, type Token, type Tokens } from 'marked'
import type { ReactNode } from 'react'
import { assertNever } from '../state/assert-never.ts'
import { GoBlock } from './go-code.tsx'
import styles from './markdown.module.css'

/** Markdown as elements. Tokens become elements one by one and HTML stays text, so nothing in it can become a script. */
export function Markdown({ text, skipTitle = false }: { text: string; skipTitle?: boolean }) {
  const tokens: Token[] = lexer(text)
  const shown = skipTitle ? withoutTitle(tokens) : tokens
  return <div className={styles.prose}>{render(shown)}</div>
}

/** A statement's first heading repeats the exercise's title, which the page shows by itself. */
function withoutTitle(tokens: Token[]): Token[] {
  const first = tokens.findIndex((token) => token.type !== 'space')
  const token = tokens[first]
  return token?.type === 'heading' && token.depth === 1 ? tokens.toSpliced(first, 1) : tokens
}

/** A hint or question: one line of markdown, without a paragraph around it. */
export function InlineMarkdown({ text }: { text: string }) {
  return render(lexer(text).flatMap((token) => (token.type === 'paragraph' ? (token.tokens ?? []) : [token])))
}

function render(tokens: Token[] | undefined): ReactNode[] {
  return (tokens ?? []).map((token, index) => <Node key={index} token={token as MarkdownToken} />)
}

/** What the lexer gives: its own union also admits any plug-in's token, and so tells nothing apart. */
type MarkdownToken =
  | Tokens.Heading
  | Tokens.Paragraph
  | Tokens.Blockquote
  | Tokens.List
  | Tokens.Code
  | Tokens.Table
  | Tokens.Hr
  | Tokens.Br
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Codespan
  | Tokens.Link
  | Tokens.Text
  | Tokens.Escape
  | Tokens.Space
  | Tokens.Def
  | Tokens.HTML
  | Tokens.Image

function Node({ token }: { token: MarkdownToken }): ReactNode {
  switch (token.type) {
    case 'heading':
      return <Heading depth={token.depth}>{render(token.tokens)}</Heading>
    case 'paragraph':
      return <p>{render(token.tokens)}</p>
    case 'blockquote':
      return <blockquote>{render(token.tokens)}</blockquote>
    case 'list':
      return <List token={token} />
    case 'code':
      return <CodeBlock text={token.text} lang={token.lang ?? ''} />
    case 'table':
      return <Table token={token} />
    case 'hr':
      return <hr />
    case 'br':
      return <br />
    case 'strong':
      return <strong>{render(token.tokens)}</strong>
    case 'em':
      return <em>{render(token.tokens)}</em>
    case 'del':
      return <del>{render(token.tokens)}</del>
    case 'codespan':
      return <code>{plain(token.text)}</code>
    case 'link':
      return <Link href={token.href}>{render(token.tokens)}</Link>
    case 'text':
      return token.tokens ? render(token.tokens) : plain(token.text)
    case 'escape':
      return plain(token.text)
    case 'space':
    case 'def':
      return null
    case 'html':
    case 'image':
      return token.raw
    default:
      return assertNever(token)
  }
}

function Heading({ depth, children }: { depth: number; children: ReactNode }) {
  // The page's own titles are h1 and h2: those of a text come below them.
  return depth <= 2 ? <h3>{children}</h3> : <h4>{children}</h4>
}

function List({ token }: { token: Tokens.List }) {
  const items = token.items.map((item, index) => <li key={index}>{render(item.tokens)}</li>)
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>
}

function CodeBlock({ text, lang }: { text: string; lang: string }) {
  if (lang === '' || lang === 'go') return <GoBlock text={text} />
  return (
    <pre className={styles.plain} tabIndex={0}>
      {text}
    </pre>
  )
}

function Table({ token }: { token: Tokens.Table }) {
  const row = (cells: Tokens.TableCell[], Cell: 'th' | 'td') =>
    cells.map((cell, index) => <Cell key={index}>{render(cell.tokens)}</Cell>)
  return (
    <table>
      <thead>
        <tr>{row(token.header, 'th')}</tr>
      </thead>
      <tbody>
        {token.rows.map((cells, index) => (
          <tr key={index}>{row(cells, 'td')}</tr>
        ))}
      </tbody>
    </table>
  )
}

/** Only web addresses become links; a script address stays text. */
function Link({ href, children }: { href: string; children: ReactNode }) {
  if (!/^https?:\/\//.test(href)) return children
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

/** The lexer escapes for HTML, which React does by itself. */
function plain(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
}
