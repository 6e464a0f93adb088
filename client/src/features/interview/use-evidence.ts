import type { Evidence, Interview } from '@sandbox/protocol'
import { evidenceNow, openLine, placeOf } from '../../state/interview/evidence.ts'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { replayPath } from '../../state/interview/office.ts'
import { hashOf } from '../../state/interview/replay-address.ts'

interface EvidenceActs {
  evidenceNow: () => readonly Evidence[]
  onOpenEvidence: (evidence: Evidence) => void
  /** The replay's address, where the evidence is. */
  replayOf: (evidence: Evidence) => string
}

/** What a scorecard cites, and the way back to it. */
export function useEvidence(desk: InterviewDesk, interview: Interview, showRun: (run: string) => void): EvidenceActs {
  return {
    evidenceNow: () => evidenceNow(desk),
    onOpenEvidence: (evidence) => {
      if (evidence.type === 'run') showRun(evidence.run)
      else if (evidence.type === 'line') openLine(desk, evidence)
    },
    replayOf: (evidence) => `${replayPath(desk.key)}${hashOf(placeOf(interview, evidence))}`,
  }
}
