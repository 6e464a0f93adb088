import styles from './code-editor.module.css'
import type { LineMark } from './line-marks.ts'
import { monaco } from './monaco.ts'
import { type Scheme, tokenReader } from './themes.ts'

const KIND_CLASS = {
  write: { line: styles.lineWrite, margin: styles.marginWrite, glyph: styles.glyphWrite },
  read: { line: styles.lineRead, margin: styles.marginRead, glyph: styles.glyphRead },
  go: { line: styles.lineGo, margin: styles.marginGo, glyph: styles.glyphGo },
  blocked: { line: styles.lineBlocked, margin: styles.marginBlocked, glyph: styles.glyphBlocked },
  panic: { line: styles.linePanic, margin: styles.marginPanic, glyph: styles.glyphPanic },
} as const

const RULER = {
  write: { token: '--race', position: monaco.editor.OverviewRulerLane.Right },
  read: { token: '--race', position: monaco.editor.OverviewRulerLane.Center },
  go: { token: '--lane-b', position: monaco.editor.OverviewRulerLane.Left },
  blocked: { token: '--deadlock', position: monaco.editor.OverviewRulerLane.Right },
  panic: { token: '--panic', position: monaco.editor.OverviewRulerLane.Right },
} as const

/** How the marks of a file's lines are drawn. */
export function markDecorations(marks: readonly LineMark[], scheme: Scheme): monaco.editor.IModelDeltaDecoration[] {
  const read = tokenReader(scheme)
  const decorations = marks.map((mark) => decorationOf(mark, read(RULER[mark.kind].token)))
  read.done()
  return decorations
}

/** From this story on the margin has no room for the number. */
const MANY_STORIES = 10

function decorationOf(mark: LineMark, colour: string): monaco.editor.IModelDeltaDecoration {
  const { line, margin, glyph } = KIND_CLASS[mark.kind]
  const lane = mark.lanes === '' ? '' : styles[`lane${mark.lanes}`]
  const story =
    mark.story === null ? '' : `${styles.otherStory} ${styles[`story${Math.min(mark.story, MANY_STORIES)}`]}`
  const hover = mark.notes.map((value) => ({ value }))
  return {
    range: new monaco.Range(mark.line, 1, mark.line, 1),
    options: {
      isWholeLine: true,
      className: mark.selected ? (line ?? null) : null,
      marginClassName: mark.selected ? (margin ?? null) : null,
      glyphMarginClassName: `${styles.glyph} ${glyph} ${lane} ${story}`,
      glyphMarginHoverMessage: hover,
      overviewRuler: { color: colour, position: RULER[mark.kind].position },
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  }
}
