import type { Frame } from '@sandbox/protocol'
import { placeOf } from '../state/marks.ts'
import controls from './controls.module.css'

/** A place of a stack: a link where the file can be opened, plain words elsewhere. */
export function PlaceLink({ frame, onOpen }: { frame: Frame; onOpen: (file: string, line: number) => void }) {
  const opens = (frame.origin === 'candidate' || frame.origin === 'test') && frame.line > 0
  if (!opens) return <span>{placeOf(frame)}</span>
  return (
    <button type="button" className={controls.link} onClick={() => onOpen(frame.file, frame.line)}>
      {placeOf(frame)}
    </button>
  )
}
