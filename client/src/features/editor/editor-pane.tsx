import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import type { Desk } from '../../state/desk.ts'
import type { Version } from '../../state/drafts.ts'
import type { FormatProblem } from '../../state/editing.ts'
import { snapshotText } from '../../state/file-marks.ts'
import { type LineMap, mapLines } from '../../state/line-map.ts'
import { lanesOf, marksOf, placeOf } from '../../state/marks.ts'
import { costHints } from '../../state/profile.ts'
import type { RunState } from '../../state/run.ts'
import { useStore } from '../../state/store.ts'
import type { Comparison } from '../../state/view.ts'
import { fileNamed, type WorkFile, type Workspace } from '../../state/workspace.ts'
import { FilePreview } from '../../ui/go-code.tsx'
import { useRunHere } from '../run/use-shown-run.ts'
import type { CodeEditorProps } from './code-editor.tsx'
import { EditorNotices } from './editor-notices.tsx'
import styles from './editor-pane.module.css'
import { FileTabs } from './file-tabs.tsx'
import { useScheme } from './use-scheme.ts'

const CodeEditor = lazy(() => import('./code-editor.tsx'))
const ChangesView = lazy(async () => ({ default: (await import('./code-editor.tsx')).ChangesView }))

interface EditorPaneProps {
  desk: Desk
  /** Another version of the files, which they can be compared with. */
  other?: Version | null
  /** What a reset to the starter brings back beside the person's own files. */
  resetsToo?: string
  /** Above the code, before the other notices. */
  notices?: ReactNode
  /** Who else is in the code, beside the files. */
  people?: ReactNode
  /** The editor of the open file, where it is not the usual one. */
  editor?: (props: CodeEditorProps) => ReactNode
}

const usualEditor = (props: CodeEditorProps) => <CodeEditor {...props} />

/** The files of the exercise, with the marks of the shown run. */
export function EditorPane(props: EditorPaneProps) {
  const { desk, other = null, resetsToo = '', notices, people, editor = usualEditor } = props
  const workspace = useStore(desk.workspace)
  const page = useStore(desk.page)
  if (!workspace) {
    return <p className={styles.empty}>{page.type === 'loading' ? 'Loading…' : ''}</p>
  }
  return (
    <>
      <FileTabs desk={desk} workspace={workspace} resetsToo={resetsToo} people={people} />
      <EditorNotices desk={desk}>{notices}</EditorNotices>
      <div className={styles.code}>
        <Files desk={desk} workspace={workspace} other={other} editor={editor} />
      </div>
    </>
  )
}

function Files(props: {
  desk: Desk
  workspace: Workspace
  other: Version | null
  editor: (props: CodeEditorProps) => ReactNode
}) {
  const { desk, workspace, other, editor } = props
  const shown = useRunHere(desk)
  const view = useStore(desk.view)
  const problem = useStore(desk.editing.formatProblem)
  const scheme = useScheme(desk)
  const file = fileNamed(workspace, workspace.active)
  const before = shown && file ? snapshotText(shown, file) : null
  const map = useMemo(() => mapLines(before ?? '', before === null ? '' : (file?.text ?? '')), [before, file?.text])
  const marks = useMemo(() => (shown ? marksOf(shown, view.race) : []), [shown, view.race])
  const hints = useMemo(() => (shown ? costHints(shown, view.profile) : []), [shown, view.profile])
  const problems = useMemo(() => problemsOf(shown, problem), [shown, problem])
  if (!file) return null
  const compared = comparedText(view.changes, before, other, file)
  const note = shown ? noteOf(shown, view.race, file, map) : null
  return (
    <Suspense fallback={<FilePreview name={file.name} text={file.text} />}>
      {editor({
        desk,
        exercise: workspace.exercise,
        file,
        names: workspace.files.map(({ name }) => name),
        scheme,
        marks,
        hints,
        problems,
        map: before === null ? unmapped : map,
        note,
      })}
      {compared !== null && <ChangesView before={compared} now={file.text} scheme={scheme} />}
    </Suspense>
  )
}

/** The text that the open file is compared with; null where nothing is. */
function comparedText(changes: Comparison | null, before: string | null, other: Version | null, file: WorkFile) {
  if (changes === 'snapshot') return before
  if (changes === null || !other || file.role !== 'editable') return null
  return other.draft.files.find((one) => one.name === file.name)?.text ?? ''
}

const unmapped: LineMap = () => null

function problemsOf(run: RunState | null, problem: FormatProblem | null) {
  const ofRun = run?.diagnostics.map((diagnostic) => ({ diagnostic, fresh: false })) ?? []
  const ofFormat = problem?.diagnostics.map((diagnostic) => ({ diagnostic, fresh: true })) ?? []
  return [...ofRun, ...ofFormat]
}

/** The note stands under the read, where the reader wonders what is wrong with it; under the later write where both write. */
function noteOf(run: RunState, index: number, file: WorkFile, map: LineMap) {
  const race = run.races[index]
  if (!race) return null
  const [a, b] = lanesOf(race)
  const line = b.site?.file === file.name ? map(b.site.line) : null
  if (line === null || !b.site) return null
  const started = b.created?.site ? `, started at ${placeOf(b.created.site)}` : ''
  const other = a.site ? ` at ${placeOf(a.site)}` : ''
  const sameLine = a.site?.file === b.site.file && a.site.line === b.site.line
  return {
    key: `${run.description.id} ${race.id}`,
    line,
    lead: b.kind === 'read' ? 'Unordered read' : 'Unordered write',
    text: sameLine
      ? `by goroutine B${started}. Goroutine A stands on the same line, and nothing orders the two.`
      : `by goroutine B${started}. Goroutine A ${a.kind === 'write' ? 'writes' : 'reads'}${other}, and nothing orders the two.`,
    target:
      a.site && !sameLine && a.site.line > 0 && (a.site.origin === 'candidate' || a.site.origin === 'test')
        ? { file: a.site.file, line: a.site.line, label: goToLabel(a.site.file, a.site.line, file.name) }
        : null,
  }
}

function goToLabel(target: string, line: number, current: string): string {
  return target === current ? `Go to line ${line}` : `Go to ${target}:${line}`
}
