import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { InterviewRecord } from '../store/interview-table.ts'

const SECRET_BYTES = 32

/**
 * What stands in the address of a report instead of the interviewers' key. Browsers print a page's address under the page,
 * and write it into what is saved: whoever gets such a file may not come into the interview by it. A pass is good for one
 * person, while the interviewers' link stays the same and the server runs.
 */
export class ReportPasses {
  readonly #secret = randomBytes(SECRET_BYTES)

  /** The pass of a person who came by the interviewers' link. */
  of(record: InterviewRecord, person: string): string {
    return this.#signed(record, person).toString('base64url')
  }

  /** Whether a pass is this person's. */
  opens(pass: string, record: InterviewRecord, person: string): boolean {
    const given = Buffer.from(pass, 'base64url')
    const right = this.#signed(record, person)
    return given.length === right.length && timingSafeEqual(given, right)
  }

  #signed({ id, interviewerKey }: InterviewRecord, person: string): Buffer {
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify([id, interviewerKey, person]))
      .digest()
  }
}
