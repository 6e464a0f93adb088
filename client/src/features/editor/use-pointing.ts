import { useEffect } from 'react'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { type CodeEditorInstance, monaco } from './monaco.ts'

/** Alt and a press in the margin, or Alt+L where the cursor stands, point everybody at a line. */
export function usePointing(desk: InterviewDesk, editor: CodeEditorInstance): void {
  useEffect(() => {
    const { GUTTER_GLYPH_MARGIN, GUTTER_LINE_NUMBERS, GUTTER_LINE_DECORATIONS } = monaco.editor.MouseTargetType
    const margins: readonly number[] = [GUTTER_GLYPH_MARGIN, GUTTER_LINE_NUMBERS, GUTTER_LINE_DECORATIONS]
    const pressed = editor.onMouseDown(({ target, event }) => {
      if (event.altKey && target.position && margins.includes(target.type)) desk.pointAt(target.position.lineNumber)
    })
    const action = editor.addAction({
      id: 'point-at-line',
      label: 'Point everybody at this line',
      keybindings: [monaco.KeyMod.Alt | monaco.KeyCode.KeyL],
      contextMenuGroupId: 'navigation',
      run: () => {
        const line = editor.getPosition()?.lineNumber
        if (line) desk.pointAt(line)
      },
    })
    return () => {
      pressed.dispose()
      action.dispose()
    }
  }, [desk, editor])
}
