import { DiffEditor } from '@monaco-editor/react'
import { useEffect, useRef } from 'react'
import styles from './code-editor.module.css'
import { GO } from './go-language.ts'
import type { monaco } from './monaco.ts'
import { type Scheme, THEME_OF } from './themes.ts'

/** What is different between two texts, from the first change on: one under the other, or beside each other and whole where there is room. */
export function ChangesView(props: { before: string; now: string; scheme: Scheme; beside?: boolean }) {
  const { before, now, scheme, beside = false } = props
  const editor = useRef<monaco.editor.IDiffEditor | null>(null)
  // The editor complains of texts that go before it lets go of them.
  useEffect(() => () => letGo(editor.current), [])
  return (
    <div className={styles.host} data-testid="changes">
      <DiffEditor
        original={before}
        modified={now}
        language={GO}
        theme={THEME_OF[scheme]}
        loading={null}
        onMount={(mounted) => {
          editor.current = mounted
          mounted.revealFirstDiff()
        }}
        options={{
          readOnly: true,
          originalEditable: false,
          renderSideBySide: beside,
          useInlineViewWhenSpaceIsLimited: true,
          automaticLayout: true,
          fontFamily: 'ui-monospace, monospace',
          fontSize: 13,
          lineHeight: 18,
          minimap: { enabled: false },
          scrollBeyondLastLine: false,
          renderOverviewRuler: false,
          hideUnchangedRegions: { enabled: !beside },
          // Monaco wraps only one of two texts once it has had no room for both: one side is cut, and gaps fill the other.
          wordWrap: 'off',
          bracketPairColorization: { enabled: false },
        }}
      />
    </div>
  )
}

function letGo(editor: monaco.editor.IDiffEditor | null): void {
  const texts = editor?.getModel()
  editor?.setModel(null)
  texts?.original.dispose()
  texts?.modified.dispose()
}
