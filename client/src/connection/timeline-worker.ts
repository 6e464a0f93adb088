import './without-eval.ts'
import { httpTimelines } from './timelines.ts'
import type { TimelineAnswer } from './worker-timelines.ts'

const source = httpTimelines((input) => fetch(input))

/** Fetches and checks one timeline, away from the page: of a full one that takes several frames. */
addEventListener('message', ({ data }: MessageEvent<string>) => {
  const answer = (value: TimelineAnswer) => postMessage(value)
  source.timeline(data).then(
    (timeline) => answer({ timeline }),
    (error: unknown) => answer({ sentence: error instanceof Error ? error.message : String(error) }),
  )
})
