import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../commands/tools/programs.ts'
import type { Subject } from './subject.ts'

const run = promisify(execFile)

/** `go test -race` on the bare host, as somebody with the exercise in a folder would type it. */
export interface Bare {
  /** Edits, runs, and returns the milliseconds of the command. */
  goTest(edit: number, options: { sleepAtExit: boolean }): Promise<number>
  close(): Promise<void>
}

export async function openBare(subject: Subject): Promise<Bare> {
  const root = await mkdtemp(join(tmpdir(), 'practice-bench-'))
  const dir = join(root, subject.folder)
  await mkdir(dir)
  const modules = join(ROOT, 'sandbox-images/go')
  const goMod = await readFile(join(modules, 'go.mod'), 'utf8')
  await writeFile(join(root, 'go.mod'), goMod.replace(/^module .*$/m, 'module sandbox'))
  await writeFile(join(root, 'go.sum'), await readFile(join(modules, 'go.sum'), 'utf8'))
  for (const file of subject.tests) {
    await writeFile(join(dir, file.name), file.text)
  }
  return {
    async goTest(edit, { sleepAtExit }) {
      for (const file of subject.edited(edit)) await writeFile(join(dir, file.name), file.text)
      const env = { ...process.env, ...(sleepAtExit ? {} : { GORACE: 'atexit_sleep_ms=0' }) }
      const begun = performance.now()
      const { stdout } = await run('go', ['test', '-race', '.'], { cwd: dir, env })
      const ms = performance.now() - begun
      if (stdout.includes('(cached)'))
        throw new Error('go test did not run the tests: the edit did not reach the program')
      return ms
    },
    close: () => rm(root, { recursive: true, force: true }),
  }
}
