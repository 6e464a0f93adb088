import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ArtifactKind, type JobFile, Limits, RunRequest, SCRATCH, Verdict } from '@sandbox/protocol'
import { z } from 'zod'
import type { Catalogue } from '../src/exercises/catalogue.ts'
import { jobOf, type Plan, planExercise, planJob, planPackage, planScratch, type TestJob } from '../src/runs/plan.ts'
import { rejected } from '../src/runs/rejection.ts'
import { lowered } from '../src/sandbox/limits.ts'

/** `case.json` of one attack; the Go files beside it are what is submitted. */
const CaseFile = z.strictObject({
  /** The attack in one sentence. */
  what: z.string().min(1),
  /**
   * Test file of judges/ that the submission meets; it says what an honest run would come to. `own`: the person's own
   * tests, in scratch mode. A slug: the tests of that exercise. `package`: the case's own, with its go.mod.
   */
  judge: z.string(),
  /** Any other verdict is a failure of the sandbox. */
  verdicts: z.array(Verdict).min(1),
  limits: Limits.partial().optional(),
  /** False switches off the rules that refuse hiding, to see what holds without them. */
  strict: z.boolean().optional(),
  /** What the candidate's files may import; everything importable by default. */
  imports: z.array(z.string()).optional(),
  /** Files that are collected from the run. */
  collect: z.array(ArtifactKind).optional(),
  /** Texts that no event may hold. */
  forbid: z.array(z.string()).optional(),
  /** Texts that some event must hold. */
  require: z.array(z.string()).optional(),
  /** The hidden tests' text may come out: only where that is the residual risk itself. */
  exposes: z.boolean().optional(),
  /** Why this attack cannot be excluded: its success is among the verdicts, and what became of it is reported. */
  residual: z.string().optional(),
})
type CaseFile = z.infer<typeof CaseFile>

type SourceText = { name: string; text: string }

/** A submission with what must come of it. */
export type Attack = CaseFile & {
  /** `group/name`. */
  name: string
  files: SourceText[]
  goMod: string | null
}

const JUDGES = ['run', 'probe', 'answer', 'race', 'hidden']
/** A file of this name is sent as the candidate's under the name that follows, which would otherwise be the judge's. */
const CANDIDATES_TEST = /^candidate_/

/** Reads every case below `cases/`. Throws where one is malformed: this is our own content. */
export async function loadAttacks(dir: string): Promise<Attack[]> {
  const cases = join(dir, 'cases')
  const groups = await foldersOf(cases)
  const names = await Promise.all(
    groups.map(async (group) => (await foldersOf(join(cases, group))).map((name) => `${group}/${name}`)),
  )
  return Promise.all(names.flat().map((name) => loadAttack(cases, name)))
}

async function loadAttack(cases: string, name: string): Promise<Attack> {
  const read = (file: string) => readFile(join(cases, name, file), 'utf8')
  const file = CaseFile.parse(JSON.parse(await read('case.json')))
  const listed = await readdir(join(cases, name))
  const sources = listed.filter((each) => each.endsWith('.go')).sort()
  const files = await Promise.all(
    sources.map(async (each) => ({ name: each.replace(CANDIDATES_TEST, ''), text: await read(each) })),
  )
  return { ...file, name, files, goMod: listed.includes('go.mod') ? await read('go.mod') : null }
}

/** What the server would make of the submission: a job, or a refusal before anything is built. */
export async function planAttack(
  attack: Attack,
  { dir, catalogue }: { dir: string; catalogue: Catalogue },
): Promise<Plan> {
  if (JUDGES.includes(attack.judge)) return planJob(await plainJob(attack, dir))
  const plan = planRequest(attack, catalogue)
  if (plan.type === 'steps' && attack.limits !== undefined) jobOf(plan).limits = lowered(attack.limits)
  return plan
}

function planRequest(attack: Attack, catalogue: Catalogue): Plan {
  if (attack.judge === 'package') return planPackage(attack)
  const exercise = attack.judge === 'own' ? SCRATCH : attack.judge
  const request = RunRequest.safeParse({ exercise, files: attack.files, snapshot: 'attack' })
  // The edge refuses the message; nobody plans it.
  if (!request.success) return rejected(request.error.issues[0]?.message ?? 'malformed')
  if (attack.judge === 'own') return planScratch(request.data)
  const found = catalogue.exercises.get(attack.judge)
  if (found === undefined) throw new Error(`${attack.name}: there is no exercise ${attack.judge}`)
  return planExercise(found, request.data)
}

/** As a run of an exercise would be planned, with a judge's file of ours and the case's own limits and rules. */
async function plainJob(attack: Attack, dir: string): Promise<TestJob> {
  const candidates: JobFile[] = attack.files.map((file) => ({ ...file, owner: 'candidate' }))
  return {
    type: 'test',
    importPath: 'sandbox/attack',
    goVersion: '1.26',
    files: [...candidates, await judgeFile(dir, attack.judge)],
    rules: { imports: attack.imports ?? null, strict: attack.strict ?? true },
    race: true,
    ...(attack.collect ? { collect: attack.collect } : {}),
    // Findings in tests that nobody sees would be unfair; see steal/vet-quotes for what they could say.
    vetTests: attack.judge === 'hidden',
    limits: lowered(attack.limits ?? {}),
  }
}

/** A judge's test file: `hidden` ones are withheld from the person. */
export async function judgeFile(dir: string, judge: string): Promise<JobFile> {
  const path = join(dir, 'judges', `${judge}_test.go`)
  return { name: basename(path), text: await readFile(path, 'utf8'), owner: judge === 'hidden' ? 'hidden' : 'judge' }
}

async function foldersOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}
