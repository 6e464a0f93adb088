import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Desk } from '../../state/desk.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './code-editor.module.css'
import type { CodeEditorInstance } from './monaco.ts'

/** What the note under a line of the editor says, and the place that its button opens. */
export interface Note {
  /** Changes when another note takes its place. */
  key: string
  /** 1-based line of the text now, under which it stands. */
  line: number
  lead: string
  text: string
  target: { file: string; line: number; label: string } | null
}

const WIDGET = 'note'

/** The one inline note: under the access that the other goroutine races with. */
export function PeekNote(props: { editor: CodeEditorInstance; note: Note; desk: Desk }) {
  const { editor, note, desk } = props
  const [node] = useState(() => document.createElement('div'))
  const [margin] = useState(() => document.createElement('div'))
  const [closed, setClosed] = useState<string | null>(null)
  const shown = closed !== note.key
  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const measured = content.current
    if (!shown || !measured) return
    node.className = styles.zone ?? ''
    margin.className = styles.zoneMargin ?? ''
    // Monaco hides view zones from screen readers: the zone is only the room, and the note lies over it.
    const widget = { getId: () => WIDGET, getDomNode: () => node, getPosition: () => null }
    editor.addOverlayWidget(widget)
    keepBesideMargin(editor, node)
    const zone = {
      afterLineNumber: note.line,
      heightInPx: measured.offsetHeight,
      domNode: document.createElement('div'),
      marginDomNode: margin,
      onDomNodeTop: (top: number) => node.style.setProperty('--note-top', `${top}px`),
      onComputedHeight: (height: number) => node.style.setProperty('--note-height', `${height}px`),
    }
    let id = ''
    editor.changeViewZones((zones) => {
      id = zones.addZone(zone)
    })
    const layout = editor.onDidLayoutChange(() => keepBesideMargin(editor, node))
    // How many lines the words take depends on the width, the font and the buttons beside them.
    const resized = new ResizeObserver(() => {
      if (zone.heightInPx === measured.offsetHeight) return
      zone.heightInPx = measured.offsetHeight
      editor.changeViewZones((zones) => zones.layoutZone(id))
    })
    resized.observe(measured)
    return () => {
      resized.disconnect()
      layout.dispose()
      editor.changeViewZones((zones) => zones.removeZone(id))
      editor.removeOverlayWidget(widget)
    }
  }, [editor, node, margin, note.line, shown])
  if (!shown) return null
  const { target } = note
  return createPortal(
    <div className={styles.peek} ref={content}>
      <p>
        <b>{note.lead}</b> {note.text}
      </p>
      <div className={styles.peekActs}>
        {target && (
          <button
            type="button"
            className={`${controls.small} ${styles.peekGo}`}
            onClick={() => desk.openPlace(desk.runs.shown(), target.file, target.line)}
          >
            {target.label}
          </button>
        )}
        <button type="button" className={controls.small} aria-label="Close note" onClick={() => setClosed(note.key)}>
          <Icon name="x" />
        </button>
      </div>
    </div>,
    node,
  )
}

/** The note keeps to what can be seen beside the margin. */
function keepBesideMargin(editor: CodeEditorInstance, node: HTMLElement): void {
  const { contentLeft, contentWidth, verticalScrollbarWidth } = editor.getLayoutInfo()
  node.style.setProperty('--note-left', `${contentLeft}px`)
  node.style.setProperty('--note-width', `${contentWidth - verticalScrollbarWidth}px`)
}
