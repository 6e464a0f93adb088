import { splitText } from '../../state/sentence.ts'
import { RichText } from '../../ui/rich-text.tsx'

/** A text of the guide or of a note: what stands between backticks is code. */
export function Words({ text }: { text: string }) {
  return <RichText parts={splitText(text, noFile)} onOpen={nothing} />
}

function noFile(): boolean {
  return false
}

function nothing(): void {}
