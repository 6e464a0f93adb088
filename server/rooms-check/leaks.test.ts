import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { leaksIn } from './leaks.ts'
import { Marks } from './marks.ts'

const LINE = 'if got != "\twant" {'

function piece(value: unknown, isFile = false) {
  return { from: 'somewhere', bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), isFile }
}

function secrets() {
  const marks = new Marks()
  const note = marks.next('a note')
  return {
    note,
    all: { marks, texts: [{ what: 'a line', text: LINE }], words: [{ what: 'a score', text: '"type":"scored"' }] },
  }
}

test('a secret is found as it is, escaped in JSON, and in a change of the document', () => {
  const { note, all } = secrets()
  const doc = new Y.Doc()
  doc.getMap('files').set('a/b.go', new Y.Text(`package a\n${LINE}\n// ${note}\n`))
  const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
  for (const found of [piece(`${note} ${LINE}`), piece({ deep: [{ text: `${note}\n${LINE}` }] }), piece({ update })])
    expect(leaksIn([found], all)).toEqual(['a note came with somewhere', 'a line came with somewhere'])
})

test('one line of many is found, and where none is there is nothing', () => {
  const { note, all } = secrets()
  expect(leaksIn([piece(`{"a":1}\n{"text":"${note}"}\n`)], all)).toHaveLength(1)
  expect(leaksIn([piece({ text: 'nothing' })], all)).toEqual([])
})

test('a word is a secret in what is told to somebody, not in a file of the page', () => {
  const { all } = secrets()
  const told = { entry: { type: 'scored', points: 3 } }
  expect(leaksIn([piece(told)], all)).toEqual(['a score came with somewhere'])
  expect(leaksIn([piece(told, true)], all)).toEqual([])
})
