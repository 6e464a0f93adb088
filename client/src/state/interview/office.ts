import type { CandidateKey, Guide, GuideChoice, InterviewLinks, LinkInfo, OwnInterview } from '@sandbox/protocol'

/** What somebody asks for who makes an interview. */
export interface InterviewRequest {
  title: string
  /** The candidate’s name, or one’s own where it is done alone. */
  candidate: string
  /** A mock interview: one person is both. */
  alone: boolean
  /** The server’s own where there is none. */
  guide?: Guide
}

/** What came of a file that was to become an interview. */
export type Imported = { type: 'made'; key: string } | { type: 'refused'; problems: string[] }

/** Where interviews are made, found, changed and deleted. All fail with a sentence for the page. */
export interface InterviewOffice {
  /** This person's own. */
  mine(): Promise<OwnInterview[]>
  guides(): Promise<GuideChoice[]>
  make(request: InterviewRequest): Promise<InterviewLinks>
  /** Makes an interview of an exported file’s text. */
  bring(text: string): Promise<Imported>
  remove(key: string): Promise<void>
  /** What a link opens; null where it opens nothing. */
  info(key: string): Promise<LinkInfo | null>
  /** Another candidate’s link for so many hours; the one before ends. Null: none any more. */
  renewLink(key: string, hours: number | null): Promise<CandidateKey>
  /** Another interviewers’ link, for its maker only: who came by the one before is sent away. */
  replaceInterviewerLink(key: string): Promise<string>
  saveGuide(key: string, guide: Guide): Promise<void>
}

/** What a browser opens. `key` is a link’s. */
export function interviewPath(key: string): string {
  return `/interview/${key}`
}

export function replayPath(key: string): string {
  return `${interviewPath(key)}/replay`
}

/** What the server makes of an interview, to be opened or kept. */
export function reportPath(key: string): string {
  return `/api/interview/${key}/report.html`
}

export function exportPath(key: string): string {
  return `/api/interview/${key}/export`
}
