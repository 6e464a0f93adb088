import type { Interview } from '@sandbox/protocol'
import { lazy } from 'react'
import type { InterviewDesk, Me } from '../../state/interview/interview-desk.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { EditorPane } from '../editor/editor-pane.tsx'
import page from '../page/practice-page.module.css'
import { PeopleChips } from './people-chips.tsx'
import { PointedNotice } from './pointed-notice.tsx'

const SharedEditor = lazy(() => import('../editor/shared-editor.tsx'))

/** The code that everybody edits, and who else is in it. */
export function InterviewEditor(props: { desk: InterviewDesk; interview: Interview; me: Me }) {
  const { desk, interview, me } = props
  const shown = useStore(desk.page)
  if (interview.exercise === null) return <NothingOpen role={interview.alone ? 'alone' : me.role} />
  if (shown.type === 'missing' || shown.type === 'failed') return <Trouble desk={desk} />
  return (
    <EditorPane
      desk={desk}
      resetsToo=", for everybody in the interview"
      notices={<PointedNotice desk={desk} interview={interview} me={me} />}
      people={<PeopleChips desk={desk} interview={interview} me={me} />}
      editor={(editor) => <SharedEditor {...editor} desk={desk} />}
    />
  )
}

const NOTHING_OPEN = {
  candidate: 'Your interviewers will open one when it is time for it. It shows here by itself.',
  interviewer:
    'Hand one over from the guide: every question links to some, and there is a search for the others. Everybody sees it then.',
  alone: 'Open one from the guide: every question links to some, and there is a search for the others.',
} as const

function NothingOpen({ role }: { role: keyof typeof NOTHING_OPEN }) {
  return (
    <div className={page.trouble} data-testid="nothing-open">
      <h2>No exercise is open</h2>
      <p>{NOTHING_OPEN[role]}</p>
    </div>
  )
}

function Trouble({ desk }: { desk: InterviewDesk }) {
  const shown = useStore(desk.page)
  return (
    <div className={page.trouble} data-testid="failed">
      <h2>The exercise could not be loaded</h2>
      <p>{shown.type === 'failed' ? shown.sentence : 'The server has no such exercise any more.'}</p>
      <button type="button" className={controls.button} onClick={() => desk.retry()}>
        Try again
      </button>
    </div>
  )
}
