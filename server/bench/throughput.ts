import { meet } from './person.ts'
import { median, round } from './statistics.ts'
import type { Subject } from './subject.ts'

/** Runs of each person. */
const RUNS = 20

export interface Throughput {
  /** What the machine could do at that time, in runs per second, if only compile, vet, link and run cost anything. */
  limit: number
  /** Runs per second with two and with eight people who click again as soon as they have their verdict. */
  two: number
  eight: number
  /** `eight` divided by `limit`. */
  ratio_eight: number
  /** Among eight: the longest median wait of a person divided by the shortest. */
  longest_wait_ratio: number
}

interface Crowd {
  perSecond: number
  /** For each person how long each run waited for its turn and its sandbox, in ms. */
  waits: number[][]
}

export interface Crowds {
  two: Crowd
  eight: Crowd
}

export async function measureCrowds(url: string, subject: Subject): Promise<Crowds> {
  return { two: await crowd(url, subject, 2), eight: await crowd(url, subject, 8) }
}

/** `limit` is in runs per second, of about the same time. */
export function throughputOf({ two, eight }: Crowds, limit: number): Throughput {
  const waits = eight.waits.map(median)
  return {
    limit: round(limit, 2),
    two: round(two.perSecond, 2),
    eight: round(eight.perSecond, 2),
    ratio_eight: round(eight.perSecond / limit, 3),
    longest_wait_ratio: round(Math.max(...waits) / Math.min(...waits), 2),
  }
}

async function crowd(url: string, subject: Subject, size: number): Promise<Crowd> {
  const people = await Promise.all(Array.from({ length: size }, () => meet(url)))
  try {
    const begun = performance.now()
    const waits = await Promise.all(
      people.map(async (person, which) => {
        const own: number[] = []
        for (let n = 0; n < RUNS; n++) {
          const { verdict } = await person.click(subject.request(1_000_000 + which * 1000 + n))
          if (verdict.verdict !== 'passed') throw new Error(`under load: ${verdict.summary}`)
          own.push(verdict.timings.queue + verdict.timings.sandbox)
        }
        return own
      }),
    )
    return { perSecond: (size * RUNS * 1000) / (performance.now() - begun), waits }
  } finally {
    for (const person of people) person.close()
  }
}
