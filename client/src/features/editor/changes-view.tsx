import { useEffect, useRef } from 'react'
import styles from './code-editor.module.css'
import { GO } from './go-language.ts'
import { monaco } from './monaco.ts'
import { type Scheme, THEME_OF } from './themes.ts'

const OPTIONS: monaco.editor.IStandaloneDiffEditorConstructionOptions = {
  readOnly: true,
  originalEditable: false,
  useInlineViewWhenSpaceIsLimited: true,
  automaticLayout: true,
  fontFamily: 'ui-monospace, monospace',
  fontSize: 13,
  lineHeight: 18,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderOverviewRuler: false,
  // Monaco wraps only one of two texts once it has had no room for both: one side is cut, and gaps fill the other.
  wordWrap: 'off',
  bracketPairColorization: { enabled: false },
}

interface ChangesViewProps {
  before: string
  now: string
  scheme: Scheme
  beside?: boolean
}

/**
 * What is different between two texts, from the first change on: one under the other, or beside each other and whole where
 * there is room. The editor is made here and not by a wrapper, because a comparison that is still being made must be called
 * off before its texts go: only who makes its view model can do that.
 */
export function ChangesView({ before, now, scheme, beside = false }: ChangesViewProps) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!host.current) return
    const options = { ...OPTIONS, renderSideBySide: beside, hideUnchangedRegions: { enabled: !beside } }
    const editor = monaco.editor.createDiffEditor(host.current, options)
    const letGo = compare(editor, { original: textModel(before), modified: textModel(now) })
    return () => {
      letGo()
      editor.dispose()
    }
  }, [before, now, beside])
  useEffect(() => monaco.editor.setTheme(THEME_OF[scheme]), [scheme])

  return <div ref={host} className={styles.host} data-testid="changes" />
}

function textModel(text: string): monaco.editor.ITextModel {
  return monaco.editor.createModel(text, GO)
}

/** Shows the comparison when it has been made. The returned function calls it off and lets go of the texts. */
function compare(editor: monaco.editor.IStandaloneDiffEditor, texts: monaco.editor.IDiffEditorModel): () => void {
  const comparison = editor.createViewModel(texts)
  let wanted = true
  void comparison.waitForDiff().then(() => {
    if (!wanted) return
    editor.setModel(comparison)
    editor.revealFirstDiff()
  })
  return () => {
    wanted = false
    // The editor complains of texts that go before it lets go of them.
    editor.setModel(null)
    comparison.dispose()
    texts.original.dispose()
    texts.modified.dispose()
  }
}
