/** A paste that is shorter says nothing, in characters. */
const LEAST_PASTE_CHARS = 20

/** Whether a text that is pasted came from elsewhere: it is long enough to tell, and none of what is known here has it. */
export function isFromOutside(pasted: string, known: readonly string[]): boolean {
  const text = normalised(pasted)
  return text.length >= LEAST_PASTE_CHARS && !known.some((one) => normalised(one).includes(text))
}

/** Copying changes the white space around and between lines: what is left is compared. */
function normalised(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
