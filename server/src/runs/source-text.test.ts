import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkWellFormed, decodeSource } from './source-text.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

/** Where the compiler itself finds the first byte that is no UTF-8. */
async function compilersPlace(source: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'source-text-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'a.go'), source)
  const output = await new Promise<string>((resolve) => {
    const args = ['tool', 'compile', '-p', 'a', '-o', join(folder, 'a.o'), 'a.go']
    execFile('go', args, { cwd: folder }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
  return /^(?:.*\/)?(a\.go:\d+:\d+): invalid UTF-8/m.exec(output)?.[1] ?? output
}

test.each([
  { label: 'a byte that begins nothing', text: 'package a\n\nvar s = "a\xff"\n' },
  { label: 'a second one after it', text: 'package a\n// \xfe\n// \xfe\n' },
  { label: 'Latin-1 after UTF-8', text: 'package a\n\nvar s = "\xc3\xa9 caf\xe9"\n' },
  { label: 'a character that is not ended', text: 'package a\n\nvar s = "\xef\xbf" + ""\n' },
  { label: 'a character cut off by the end of the line', text: 'package a\n// \xe2\x82\nvar s = 1\n' },
  { label: 'a surrogate', text: 'package a\n// \xed\xa0\x80\n' },
  { label: 'a byte order mark before it', text: '\xef\xbb\xbfpackage a\n// \xff\n' },
])('$label is refused where the compiler refuses it', async ({ text }) => {
  const refused = decodeSource('a.go', bytes(text))
  if (typeof refused === 'string') throw new Error('this is taken for UTF-8')
  const [{ file, line, column }] = refused.diagnostics
  expect(`${file}:${line}:${column}`).toBe(await compilersPlace(bytes(text)))
  expect(refused.message).toBe(`a.go:${line}: this is not UTF-8 text.`)
})

test('a character cut off by the end of the file is refused there', () => {
  expect(decodeSource('a.go', bytes('package a\n// \xe2\x82'))).toMatchObject({ diagnostics: [{ line: 2, column: 4 }] })
})

test('UTF-8 is taken as it is, with a byte order mark and a real U+FFFD', () => {
  const text = '\ufeffpackage a\r\n// é 世界 🂡 \ufffd\n'
  expect(decodeSource('a.go', Buffer.from(text))).toBe(text)
})

test('half of a surrogate pair, which JSON can carry, is refused with its line', () => {
  const text: string = JSON.parse('"package a\\n// \\ud83c\\n"')
  expect(checkWellFormed({ name: 'a.go', text })).toMatchObject({ message: 'a.go:2: this is not UTF-8 text.' })
  expect(checkWellFormed({ name: 'a.go', text: 'package a // 🂡\n' })).toBeNull()
})
