import type { SentencePart } from '../state/sentence.ts'
import controls from './controls.module.css'

/** Parts of a sentence: code in its own face, places as links into the editor. */
export function RichText({ parts, onOpen }: { parts: SentencePart[]; onOpen: (file: string, line: number) => void }) {
  return parts.map((part, index) => {
    if (part.type === 'code') return <code key={index}>{part.text}</code>
    if (part.type === 'text') return part.text.slice(endOfPlace(parts, index).length)
    return (
      <span key={index} className={controls.unbroken}>
        <button type="button" className={controls.link} onClick={() => onOpen(part.file, part.line)}>
          {part.text}
        </button>
        {endOfPlace(parts, index + 1)}
      </span>
    )
  })
}

/** The punctuation with which a part begins that follows a place: a line may break behind a button, and must not break there. */
function endOfPlace(parts: SentencePart[], index: number): string {
  const part = parts[index]
  if (part?.type !== 'text' || parts[index - 1]?.type !== 'place') return ''
  return /^[,.;:)]*/.exec(part.text)?.[0] ?? ''
}
