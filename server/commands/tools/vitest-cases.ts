import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'
import type { Case } from './cases.ts'
import { ROOT, runTool } from './programs.ts'

/** The part of vitest's `json` report that is read here. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().optional(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})
type FileReport = z.infer<typeof Report>['testResults'][number]

/** Runs one vitest project; every test is a case. A skipped test counts as failed: it has shown nothing. */
export async function vitestCases(project: 'unit' | 'engine', onOutput: (text: string) => void): Promise<Case[]> {
  const folder = await mkdtemp(join(tmpdir(), 'practice-vitest-'))
  try {
    const file = join(folder, 'report.json')
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
    const finished = await runTool('vitest/vitest.mjs', ['run', '--project', project, ...reporters], {
      env: { CI: '1', NO_COLOR: '1' },
      onOutput,
    })
    return await casesOf(file, project, finished.code, `${finished.stdout}${finished.stderr}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function casesOf(file: string, project: string, code: number | null, output: string): Promise<Case[]> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return [{ name: `${project} tests`, reason: `vitest wrote no report:\n${output.slice(-4000)}` }]
  const cases = Report.parse(JSON.parse(text)).testResults.flatMap(casesOfFile)
  const explained = cases.some((one) => one.reason !== null)
  // An error outside any test (an unhandled rejection, for example) shows in the exit code alone.
  if (code !== 0 && !explained) cases.push({ name: `${project} tests`, reason: output.slice(-4000) })
  return cases
}

function casesOfFile(report: FileReport): Case[] {
  const file = relative(ROOT, report.name)
  const cases = report.assertionResults.map((test) => ({
    name: `${file}: ${test.fullName}`,
    reason: test.status === 'passed' ? null : test.failureMessages?.join('\n') || `the test was ${test.status}`,
  }))
  const broken = report.status === 'failed' && cases.every((test) => test.reason === null)
  return broken ? [...cases, { name: file, reason: report.message || 'the file could not be run' }] : cases
}
