import type { Mode } from '@sandbox/protocol'

const MODE_WORDS: Record<Mode, string> = {
  race: 'runs the tests on your code under the race detector',
  measure: 'measures your code',
  questions: 'judges your answers',
  variants: 'tries your tests on right and wrong code',
}

/** What Run does in an exercise with these modes. */
export function runWords(modes: readonly Mode[]): string {
  const words = modes.map((mode) => MODE_WORDS[mode])
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
