import { useEffect } from 'react'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { isFromOutside } from '../../state/interview/pasting.ts'
import { useStore } from '../../state/store.ts'
import type { CodeEditorInstance } from './monaco.ts'

/** Where a candidate's pasting is recorded, and only there: what came from elsewhere is told, its size and not its text. */
export function usePasteWatch(desk: InterviewDesk, editor: CodeEditorInstance, path: string): void {
  const interview = useStore(desk.interview)
  const me = useStore(desk.me)
  const isWatched = me?.role === 'candidate' && interview?.recording.pasting === true
  useEffect(() => {
    const node = editor.getDomNode()
    if (!isWatched || !node) return
    let taken = ''
    const take = () => {
      const selection = editor.getSelection()
      taken = (selection && editor.getModel()?.getValueInRange(selection)) || taken
    }
    const pasted = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      const line = editor.getPosition()?.lineNumber ?? 1
      if (isFromOutside(text, [taken, ...knownTexts(desk)])) {
        desk.act({ type: 'pasted', path, line, characters: text.length })
      }
    }
    // While capturing: the editor keeps these events to itself.
    node.addEventListener('copy', take, true)
    node.addEventListener('cut', take, true)
    node.addEventListener('paste', pasted, true)
    return () => {
      node.removeEventListener('copy', take, true)
      node.removeEventListener('cut', take, true)
      node.removeEventListener('paste', pasted, true)
    }
  }, [desk, editor, path, isWatched])
}

/** What one can copy on this page itself. */
function knownTexts(desk: InterviewDesk): string[] {
  const page = desk.page.get()
  const files = desk.workspace.get()?.files.map(({ text }) => text) ?? []
  return page.type === 'exercise' ? [...files, page.detail.statement, ...page.detail.hints] : files
}
