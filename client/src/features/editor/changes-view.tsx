import { DiffEditor } from '@monaco-editor/react'
import { useEffect, useRef } from 'react'
import styles from './code-editor.module.css'
import { GO } from './go-language.ts'
import type { monaco } from './monaco.ts'
import { type Scheme, THEME_OF } from './themes.ts'

/** What has changed in a file since a run took its snapshot. */
export function ChangesView({ before, now, scheme }: { before: string; now: string; scheme: Scheme }) {
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
        }}
        options={{
          readOnly: true,
          originalEditable: false,
          renderSideBySide: false,
          automaticLayout: true,
          fontFamily: 'ui-monospace, monospace',
          fontSize: 13,
          lineHeight: 18,
          minimap: { enabled: false },
          scrollBeyondLastLine: false,
          renderOverviewRuler: false,
          hideUnchangedRegions: { enabled: true },
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
