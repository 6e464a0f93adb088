import './connection/without-eval.ts'
import type { ReactElement } from 'react'
import { httpInterviews } from './connection/interviews.ts'
import { InterviewHome } from './features/interview/interview-home.tsx'

/** Where interviews are made and found again. */
export function openInterviews(): ReactElement {
  return <InterviewHome source={httpInterviews((input, init) => fetch(input, init))} />
}
