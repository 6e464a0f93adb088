import type { SentencePart } from '../state/sentence.ts'
import controls from './controls.module.css'

/** Parts of a sentence: code in its own face, places as links into the editor. */
export function RichText({ parts, onOpen }: { parts: SentencePart[]; onOpen: (file: string, line: number) => void }) {
  return parts.map((part, index) => {
    if (part.type === 'code') return <code key={index}>{part.text}</code>
    if (part.type === 'text') return part.text
    return (
      <button key={index} type="button" className={controls.link} onClick={() => onOpen(part.file, part.line)}>
        {part.text}
      </button>
    )
  })
}
