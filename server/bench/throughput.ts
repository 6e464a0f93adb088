import { meet } from './person.ts'
import { median, round } from './statistics.ts'
import type { Subject } from './subject.ts'

/** Runs of each person. */
const RUNS = 20

export interface Throughput {
  /** Runs per second with two and with eight people who click again as soon as they have their verdict. */
  two: number
  eight: number
  /** `eight` divided by what the machine could do if only compile, vet, link and run cost anything. */
  ratio_eight: number
  /** Among eight: the longest median wait of a person divided by the shortest. */
  longest_wait_ratio: number
}

export async function measureThroughput(url: string, subject: Subject, limit: number): Promise<Throughput> {
  const two = await crowd(url, subject, 2)
  const eight = await crowd(url, subject, 8)
  const waits = eight.waits.map(median)
  return {
    two: round(two.perSecond, 2),
    eight: round(eight.perSecond, 2),
    ratio_eight: round(eight.perSecond / limit, 3),
    longest_wait_ratio: round(Math.max(...waits) / Math.min(...waits), 2),
  }
}

/** Runs per second, and for each person how long each run waited for its turn and its sandbox, in ms. */
async function crowd(url: string, subject: Subject, size: number): Promise<{ perSecond: number; waits: number[][] }> {
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
