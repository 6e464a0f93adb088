import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { FormatButton } from '../run/format-button.tsx'
import { InsightMenu } from '../run/insight-menu.tsx'
import { RunButton } from '../run/run-button.tsx'

/** What one does with the code that everybody has. */
export function RunControls({ desk }: { desk: InterviewDesk }) {
  return (
    <>
      <FormatButton desk={desk} />
      <InsightMenu desk={desk} />
      <RunButton desk={desk} />
    </>
  )
}
