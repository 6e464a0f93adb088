/** What `npm run new:exercise` writes where the author has something to write, and what is to be written there. */
export const PLACEHOLDER = 'TODO(author):'

/** A place in a file that is still the template's. */
export interface Unwritten {
  /** 1 is the first line. */
  line: number
  /** What the author is to write there. */
  task: string
}

/** All places of a text that the author has not come to yet. */
export function unwritten(text: string): Unwritten[] {
  return text.split('\n').flatMap((content, index) => {
    const begin = content.indexOf(PLACEHOLDER)
    if (begin < 0) return []
    const task = content.slice(begin + PLACEHOLDER.length).replace(/["*/,\s]+$/, '')
    return [{ line: index + 1, task: task.trim() }]
  })
}
