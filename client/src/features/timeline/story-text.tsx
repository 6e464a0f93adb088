import type { StoryPart } from '../../state/timeline/story.ts'
import { placeWords } from '../../state/timeline/story.ts'
import controls from '../../ui/controls.module.css'
import { PlaceLink } from '../../ui/place-link.tsx'

interface StoryTextProps {
  parts: StoryPart[]
  onOpen: (file: string, line: number) => void
  /** Goes to a span of a goroutine that is spoken of. */
  onGo: (row: number) => void
}

/** A sentence with its places as links into the editor, and its goroutines as links into the lanes. */
export function StoryText({ parts, onOpen, onGo }: StoryTextProps) {
  return parts.map((part, index) => {
    if (part.type === 'text') return part.text
    if (part.type === 'goroutine') {
      return (
        <button key={index} type="button" className={controls.link} onClick={() => onGo(part.row)}>
          {index === 0 ? 'Goroutine' : 'goroutine'} {part.id}
        </button>
      )
    }
    const { frame } = part
    if (frame.origin === 'hidden') return placeWords(frame)
    return <PlaceLink key={index} frame={frame} onOpen={onOpen} />
  })
}
