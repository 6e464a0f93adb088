import type { Evidence } from '@sandbox/protocol'
import { evidenceNow, openLine } from '../../state/interview/evidence.ts'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'

interface EvidenceActs {
  evidenceNow: () => readonly Evidence[]
  onOpenEvidence: (evidence: Evidence) => void
}

/** What a scorecard cites, and the way back to it. */
export function useEvidence(desk: InterviewDesk, showRun: (run: string) => void): EvidenceActs {
  return {
    evidenceNow: () => evidenceNow(desk),
    onOpenEvidence: (evidence) => {
      if (evidence.type === 'run') showRun(evidence.run)
      else if (evidence.type === 'line') openLine(desk, evidence)
    },
  }
}
