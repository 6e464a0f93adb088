import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { FormatButton } from '../run/format-button.tsx'
import { InsightMenu } from '../run/insight-menu.tsx'
import { RunButton } from '../run/run-button.tsx'

/** What one does with the code that everybody has. */
export function RunControls({ desk }: { desk: InterviewDesk }) {
  return (
    <>
      <FormatButton practice={desk} />
      <InsightMenu practice={desk} />
      <RunButton practice={desk} />
    </>
  )
}
