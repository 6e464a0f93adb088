import type { SolutionsDetail } from '@sandbox/protocol'

export const REFERENCE = 'reference'
export const HIDDEN_TESTS = 'hidden tests'

/** One thing of the solutions that can be looked at. */
export interface SolutionEntry {
  group: 'Reference' | 'Other designs' | 'Mistakes' | 'Hidden tests'
  name: string
  title: string
  files: { name: string; text: string }[]
  /** Markdown: why it is right, or wrong. */
  text: string
  symptom: string | null
}

/** What a text of the solutions can be compared with. */
export type Beside = 'yours' | 'reference'

/** Everything of the solutions, in the order in which it is listed. */
export function entriesOf({ reference, notes, alternatives, wrong, hiddenTests }: SolutionsDetail): SolutionEntry[] {
  const entries: SolutionEntry[] = [
    {
      group: 'Reference',
      name: REFERENCE,
      title: 'The reference',
      files: reference.files,
      text: notes,
      symptom: null,
    },
    ...alternatives.map(
      ({ name, files }): SolutionEntry => ({
        group: 'Other designs',
        name,
        title: wordsOf(name),
        files,
        text: '',
        symptom: null,
      }),
    ),
    ...wrong.map(
      ({ name, files, what, symptom }): SolutionEntry => ({
        group: 'Mistakes',
        name,
        title: wordsOf(name),
        files,
        text: what,
        symptom,
      }),
    ),
  ]
  if (hiddenTests.length === 0) return entries
  const tests = { name: HIDDEN_TESTS, title: 'Hidden tests', files: hiddenTests, text: '', symptom: null }
  return [...entries, { group: 'Hidden tests', ...tests }]
}

/** What an entry is compared with at first: a mistake with what is right, everything else with one's own code. */
export function besideAtFirst({ group }: SolutionEntry): Beside {
  return group === 'Mistakes' ? 'reference' : 'yours'
}

/** A folder's name as words: `wrong/lock-kept-on-return` is "lock kept on return". */
export function wordsOf(name: string): string {
  return (name.split('/').at(-1) ?? name).replaceAll('-', ' ')
}
