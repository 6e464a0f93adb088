import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase, openMemory } from './database.ts'
import { ProgressTable } from './progress-table.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const run = { person: 'ada', exercise: 'hit-counter', passed: false, raced: false }

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'practice-store-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

describe('progress', () => {
  let table: ProgressTable
  beforeEach(() => {
    table = new ProgressTable(openMemory())
  })

  it('tells what became of each exercise, of this person only', () => {
    table.opened('ada', 'hit-counter', 10)
    table.ran({ ...run, raced: true, at: 20 })
    table.ran({ ...run, passed: true, at: 30 })
    table.ran({ ...run, person: 'bob', at: 40 })
    expect(table.of('ada')).toEqual([
      { exercise: 'hit-counter', openedAt: 10, runs: 2, raced: 1, solvedAt: 30, solvedInRuns: 2, revealedAt: null },
    ])
  })

  it('knows who solved at first try, also where the opening was never told', () => {
    table.ran({ ...run, passed: true, at: 20 })
    expect(table.one('ada', 'hit-counter')).toMatchObject({ openedAt: 20, solvedAt: 20, solvedInRuns: 1 })
  })

  it('keeps the first solving, whatever is run afterwards', () => {
    table.ran({ ...run, passed: true, at: 20 })
    table.ran({ ...run, raced: true, at: 30 })
    table.ran({ ...run, passed: true, at: 40 })
    expect(table.one('ada', 'hit-counter')).toMatchObject({ runs: 3, raced: 1, solvedAt: 20, solvedInRuns: 1 })
  })

  it('remembers that the solutions were asked for before it was solved, and the first time', () => {
    table.revealed('ada', 'hit-counter', 10)
    table.revealed('ada', 'hit-counter', 20)
    table.ran({ ...run, passed: true, at: 30 })
    expect(table.one('ada', 'hit-counter')).toMatchObject({ revealedAt: 10, solvedAt: 30 })
  })

  it('does not count as given up what was solved first', () => {
    table.ran({ ...run, passed: true, at: 10 })
    table.revealed('ada', 'hit-counter', 20)
    expect(table.one('ada', 'hit-counter')).toMatchObject({ revealedAt: null, solvedAt: 10 })
  })

  it('forgets who was not seen for 400 days, and one person on request', () => {
    table.opened('ada', 'hit-counter', 0)
    table.opened('bob', 'hit-counter', DAY_MS)
    table.opened('eve', 'hit-counter', DAY_MS)
    table.tidy(400 * DAY_MS + 1)
    table.forget('eve')
    expect([table.of('ada').length, table.of('bob').length, table.of('eve').length]).toEqual([0, 1, 0])
  })
})

describe('the database', () => {
  it('keeps what it holds when it is opened again, readable by its user alone', async () => {
    const dir = await folder()
    const first = openDatabase(dir)
    new ProgressTable(first).ran({ ...run, passed: true, at: 20 })
    first.close()
    expect(new ProgressTable(openDatabase(dir)).one('ada', 'hit-counter')).toMatchObject({ solvedAt: 20 })
    expect((await stat(join(dir, 'practice.sqlite'))).mode & 0o777).toBe(0o600)
  })

  it('refuses one that a newer version of the server has written', async () => {
    const dir = await folder()
    const newer = new DatabaseSync(join(dir, 'practice.sqlite'))
    newer.exec('PRAGMA user_version = 99')
    newer.close()
    expect(() => openDatabase(dir)).toThrow(/written by a newer version/)
  })

  it('refuses a file that is no database', async () => {
    const dir = await folder()
    await writeFile(join(dir, 'practice.sqlite'), 'this is no database, but it is long enough to be looked at as one')
    expect(() => openDatabase(dir)).toThrow(/not a database/)
  })

  it('has everything that a process wrote before it was killed', async () => {
    const dir = await folder()
    const program = `
      const { openDatabase } = await import(${JSON.stringify(new URL('./database.ts', import.meta.url).href)})
      const { ProgressTable } = await import(${JSON.stringify(new URL('./progress-table.ts', import.meta.url).href)})
      const table = new ProgressTable(openDatabase(${JSON.stringify(dir)}))
      for (let i = 1; ; i++) {
        table.ran({ person: 'ada', exercise: 'hit-counter', passed: false, raced: false, at: i })
        process.stdout.write(i + '\\n')
      }`
    const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program]
    const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
    let told = ''
    for await (const chunk of child.stdout) {
      told += String(chunk)
      if (told.split('\n').length > 200) break
    }
    child.kill('SIGKILL')
    await once(child, 'exit')
    const acknowledged = Number(told.split('\n').at(-2))
    expect(acknowledged).toBeGreaterThanOrEqual(200)
    expect(new ProgressTable(openDatabase(dir)).one('ada', 'hit-counter')?.runs).toBeGreaterThanOrEqual(acknowledged)
  })
})
