import type { ExpectedPoint, GuideQuestion } from './guide.ts'

/** `Q3`; an alternative has its title. */
export function labelOf({ seed, title }: Pick<GuideQuestion, 'seed' | 'title'>): string {
  return seed === 'alternative' ? title : seed
}

/** What a point is about, as it stands within a sentence: `deadlock` of `Deadlock: who sends, who receives`. */
export function topicOf({ text }: Pick<ExpectedPoint, 'text'>): string {
  return lowered(text.split(':', 1)[0] ?? text)
}

/** A title within a sentence. `GC pressure` and `Q9` stay as they are. */
export function lowered(title: string): string {
  return /^.[a-z ]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
}

/** Parts count from 0. */
export function partLabel(index: number): string {
  return `part ${index + 1}`
}

/** `1 minute`, `3 minutes`. */
export function minutesIn(count: number): string {
  return `${count} ${count === 1 ? 'minute' : 'minutes'}`
}
