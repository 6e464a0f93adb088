/** `1 test`, `2 tests`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** The verb for so many. */
export function are(count: number): string {
  return count === 1 ? 'is' : 'are'
}
