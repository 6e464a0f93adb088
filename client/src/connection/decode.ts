import { ExerciseDetail, ExerciseSummary, ServerMessage } from '@sandbox/protocol'
import { z } from 'zod'

/** A message of the server; null where it is not one that this page knows. */
export function decodeMessage(text: unknown): ServerMessage | null {
  if (typeof text !== 'string') return null
  try {
    const parsed = ServerMessage.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const SummaryList = z.array(ExerciseSummary)

/** The body of `GET /api/exercises`. Throws where it is anything else. */
export function decodeSummaries(body: unknown): ExerciseSummary[] {
  return SummaryList.parse(body)
}

/** The body of `GET /api/exercises/:slug`. Throws where it is anything else. */
export function decodeDetail(body: unknown): ExerciseDetail {
  return ExerciseDetail.parse(body)
}
