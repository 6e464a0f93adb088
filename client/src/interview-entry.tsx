import './connection/without-eval.ts'
import type { ReactElement } from 'react'
import { browserClock, openSocket } from './connection/browser.ts'
import { Connection, MAX_RESUMED } from './connection/connection.ts'
import { httpInterview, interviewAddress } from './connection/interview.ts'
import { httpInterviews } from './connection/interviews.ts'
import { newId } from './connection/new-id.ts'
import { openTabs } from './connection/open-tabs.ts'
import { InterviewPage } from './features/interview/interview-page.tsx'
import { InterviewDesk } from './state/interview/interview-desk.ts'
import type { TimelineSource } from './state/ports.ts'
import { resumeList } from './state/session.ts'

/** Why the page was loaded again, in this tab's storage. */
const RELOADED = 'interview-reloaded'

/** A live interview; the key decides what for. `timelinesOf` gets them by the address of its runs. */
export function openInterview(key: string, timelinesOf: (runs: string) => TimelineSource): ReactElement {
  const desk: InterviewDesk = new InterviewDesk({
    source: httpInterview((input) => fetch(input), key),
    timelines: timelinesOf(`${interviewAddress(key)}/runs`),
    storage: localStorage,
    tabs: openTabs(navigator.locks),
    clock: browserClock,
    key,
    newId,
    send: (message) => connection.send(message),
    resync: () => connection.restart(),
    startOver: (why) => {
      sessionStorage.setItem(RELOADED, why)
      location.reload()
    },
  })
  const connection = new Connection({
    open: () => openSocket(location),
    clock: browserClock,
    resume: () => resumeList(desk.session.get(), MAX_RESUMED),
    interview: key,
    onMessage: (message) => desk.receive(message),
    onState: (state) => desk.connectionChanged(state),
  })
  void desk.start()
  sayWhyReloaded(desk)
  connection.connect()
  window.addEventListener('pagehide', () => desk.leave())
  window.addEventListener('online', () => connection.connect())
  const office = httpInterviews((input, init) => fetch(input, init))
  return <InterviewPage desk={desk} office={office} onReconnect={() => connection.connect()} />
}

function sayWhyReloaded(desk: InterviewDesk): void {
  const why = sessionStorage.getItem(RELOADED)
  sessionStorage.removeItem(RELOADED)
  if (why !== null) desk.notice(`${why} What you typed last is not kept; this is how the code stands.`)
}
