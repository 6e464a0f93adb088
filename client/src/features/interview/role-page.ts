import type { Interview } from '@sandbox/protocol'
import type { InterviewDesk, Me } from '../../state/interview/interview-desk.ts'

/** What the page of either role is given. */
export interface RolePageProps {
  desk: InterviewDesk
  interview: Interview
  me: Me
  onReconnect: () => void
}
