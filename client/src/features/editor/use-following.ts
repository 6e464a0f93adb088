import { useEffect } from 'react'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { useStore } from '../../state/store.ts'
import type { CodeEditorInstance } from './monaco.ts'

/** Goes with somebody's cursor until one types, scrolls or presses something in the editor oneself. */
export function useFollowing(desk: InterviewDesk, editor: CodeEditorInstance, path: string): void {
  const { cursors, following } = useStore(desk.people.presence)
  const cursor = following === null ? undefined : cursors.get(following)
  useEffect(() => {
    if (!cursor) return
    if (cursor.path === path) {
      editor.revealPositionInCenterIfOutsideViewport({ lineNumber: cursor.head[0], column: cursor.head[1] })
      return
    }
    const [exercise, file] = cursor.path.split('/')
    if (file && exercise === path.split('/')[0]) desk.editing.activateFile(file)
  }, [desk, editor, path, cursor])
  useEffect(() => {
    if (following === null) return
    const stop = () => desk.people.follow(null)
    const node = editor.getDomNode()
    const typed = editor.onKeyDown(({ ctrlKey, metaKey }) => {
      if (!ctrlKey && !metaKey) stop()
    })
    node?.addEventListener('wheel', stop, { passive: true })
    node?.addEventListener('pointerdown', stop)
    return () => {
      typed.dispose()
      node?.removeEventListener('wheel', stop)
      node?.removeEventListener('pointerdown', stop)
    }
  }, [desk, editor, following])
}
