import { meet } from './person.ts'
import { median, round } from './statistics.ts'
import { stolenShare } from './stolen.ts'
import type { Subject } from './subject.ts'

/** Runs of each person. */
const RUNS = 20

/** Of a mode: medians of its rounds. */
export interface Throughput {
  /** What the machine could do meanwhile, in runs per second, if only compile, vet, link and run cost anything. */
  limit: number
  /** Runs per second with two and with eight people who click again as soon as they have their verdict. */
  two: number
  eight: number
  /** Runs per second with eight, divided by the limit of the same round. */
  ratio_eight: number
  /** The same of each round, the smallest first. */
  ratio_eight_rounds: number[]
  /** Of the machine's time with eight people, the share that its host gave to others. The limit knows nothing of it. */
  stolen: number
  /** Among eight: the longest median wait of a person divided by the shortest; of the worst round. */
  longest_wait_ratio: number
}

/** One round of one mode; `limit` is in runs per second, of about the same time. */
export interface Round {
  crowds: Crowds
  limit: number
}

interface Crowd {
  perSecond: number
  /** From 0 to 1. */
  stolen: number
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

export function throughputOf(rounds: readonly Round[]): Throughput {
  const medianOf = (figure: (one: Round) => number, digits = 2) => round(median(rounds.map(figure)), digits)
  const ratios = rounds.map(ratioOf).sort((a, b) => a - b)
  return {
    limit: medianOf(({ limit }) => limit),
    two: medianOf(({ crowds }) => crowds.two.perSecond),
    eight: medianOf(({ crowds }) => crowds.eight.perSecond),
    ratio_eight: round(median(ratios), 3),
    ratio_eight_rounds: ratios.map((ratio) => round(ratio, 3)),
    stolen: medianOf(({ crowds }) => crowds.eight.stolen, 3),
    longest_wait_ratio: round(Math.max(...rounds.map(({ crowds }) => waitRatioOf(crowds.eight))), 2),
  }
}

function ratioOf({ crowds, limit }: Round): number {
  return crowds.eight.perSecond / limit
}

function waitRatioOf({ waits }: Crowd): number {
  const medians = waits.map(median)
  return Math.max(...medians) / Math.min(...medians)
}

async function crowd(url: string, subject: Subject, size: number): Promise<Crowd> {
  const people = await Promise.all(Array.from({ length: size }, () => meet(url)))
  try {
    const stolen = await stolenShare()
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
    const seconds = (performance.now() - begun) / 1000
    return { perSecond: (size * RUNS) / seconds, stolen: await stolen(), waits }
  } finally {
    for (const person of people) person.close()
  }
}
