import { Markdown } from '../../ui/markdown.tsx'
import styles from './exercise-column.module.css'

const HELP = `
Your own code and your own tests, judged like an exercise: built with \`-race\`, vetted, run in a throwaway sandbox.

### How it works
- Files that end in \`_test.go\` hold the tests; \`TestX\` functions are run.
- All files are one package. Add, rename and delete them by the tabs over the editor.
- Any package of the standard library may be imported, but for cgo; besides it \`golang.org/x/sync\`, \`golang.org/x/time\` and \`go.uber.org/goleak\`.
- A race, a deadlock and a goroutine left behind are verdicts of their own, with the lines that caused them.
`

/** What scratch is for, in the place of a statement. */
export function ScratchHelp() {
  return (
    <article>
      <h2 className={styles.title}>Scratch</h2>
      <Markdown text={HELP} />
    </article>
  )
}
