import { lazy, Suspense } from 'react'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import type { InterviewOffice } from '../../state/interview/office.ts'
import { useStore } from '../../state/store.ts'
import { useTheme } from '../page/use-theme.ts'
import { DoorPage } from './door-page.tsx'

/** Each role has a chunk of its own: a candidate's page holds nothing of what only interviewers see. */
const CandidatePage = lazy(() => import('./candidate-page.tsx'))
const InterviewerPage = lazy(() => import('./interviewer-page.tsx'))

/** A live interview: at its door, or inside, by the role that the link gives. */
export function InterviewPage(props: { desk: InterviewDesk; office: InterviewOffice; onReconnect: () => void }) {
  const { desk, office, onReconnect } = props
  const me = useStore(desk.me)
  const interview = useStore(desk.interview)
  const { connection } = useStore(desk.session)
  useTheme(desk)
  // Who was sent away, or whose link was ended, is not inside any more.
  if (!me || !interview || connection.type === 'refused') return <DoorPage desk={desk} onReconnect={onReconnect} />
  const page = { desk, interview, me, onReconnect }
  return (
    <Suspense fallback={null}>
      {me.role === 'candidate' ? <CandidatePage {...page} /> : <InterviewerPage {...page} office={office} />}
    </Suspense>
  )
}
