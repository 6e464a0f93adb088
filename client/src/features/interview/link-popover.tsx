import type { LinkInfo } from '@sandbox/protocol'
import { useEffect, useState } from 'react'
import type { InterviewOffice } from '../../state/interview/office.ts'
import { CandidateLink } from './candidate-link.tsx'
import { Popover } from './popover.tsx'

/** The candidate's link, a press away. */
export function LinkPopover({ office, interviewKey }: { office: InterviewOffice; interviewKey: string }) {
  return (
    <Popover label="Candidate link">
      <Link office={office} interviewKey={interviewKey} />
    </Popover>
  )
}

type Shown = { info: Pick<LinkInfo, 'candidateKey' | 'candidateExpiresAt'> } | { problem: string } | null

function Link({ office, interviewKey }: { office: InterviewOffice; interviewKey: string }) {
  const [shown, setShown] = useState<Shown>(null)
  useEffect(() => {
    let isGone = false
    office.info(interviewKey).then(
      (info) => !isGone && setShown(info ? { info } : { problem: 'This interview is not kept any more.' }),
      (cause: Error) => !isGone && setShown({ problem: cause.message }),
    )
    return () => {
      isGone = true
    }
  }, [office, interviewKey])
  const renew = async (hours: number | null) => {
    const { candidateKey, expiresAt } = await office.renewLink(interviewKey, hours)
    setShown({ info: { candidateKey, candidateExpiresAt: expiresAt } })
  }
  if (shown === null) return <p>Loading…</p>
  if ('problem' in shown) return <p role="alert">{shown.problem}</p>
  return <CandidateLink info={shown.info} onRenew={renew} onRevoke={() => renew(null)} />
}
