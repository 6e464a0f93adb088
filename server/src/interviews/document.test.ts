import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { SharedDocument } from './document.ts'

/** A page: its own document, whose updates go to the server one by one. */
class Page {
  readonly doc = new Y.Doc()
  readonly files = this.doc.getMap<Y.Text>('files')
  readonly updates: Uint8Array[] = []

  constructor() {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.updates.push(update)
    })
  }

  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'server')
  }

  text(path: string): Y.Text {
    const text = this.files.get(path)
    if (!text) throw new Error(`no ${path}`)
    return text
  }
}

/** A small generator of numbers below `bound`, the same for the same seed. */
function numbers(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

test('what pages do at the same time, whichever comes first, is taken in and is the same everywhere', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const next = numbers(seed)
    const server = new SharedDocument()
    const pages = [new Page(), new Page(), new Page()]
    const seeded = server.seed('pool', [{ name: 'pool.go', text: 'package pool\n' }])
    for (const page of pages) page.hear(seeded)
    const heard = new Map(pages.map((page) => [page, [] as Uint8Array[]]))
    for (let step = 0; step < 200; step++) {
      const page = pages[next(3)] as Page
      if (next(20) === 0) page.files.set(`pool/f${next(3)}.go`, new Y.Text('x'))
      else if (next(30) === 0) page.files.delete(`pool/f${next(3)}.go`)
      else edit(page.text('pool/pool.go'), next)
      if (next(3) > 0) deliver(page, { server, heard })
      if (next(3) > 0) catchUp(pages[next(3)] as Page, heard)
    }
    for (const page of pages) deliver(page, { server, heard })
    for (const page of pages) catchUp(page, heard)
    const expected = new Map([...server.texts])
    for (const page of pages) {
      expect(new Map([...page.files.entries()].map(([path, text]) => [path, text.toString()]))).toEqual(expected)
    }
  }
})

function edit(text: Y.Text, next: (bound: number) => number): void {
  const at = next(text.length + 1)
  if (next(3) === 0) text.delete(at, Math.min(next(4), text.length - at))
  else text.insert(at, 'go\n'.slice(0, 1 + next(3)))
}

type Wires = { server: SharedDocument; heard: Map<Page, Uint8Array[]> }

function deliver(page: Page, { server, heard }: Wires): void {
  for (const update of page.updates.splice(0)) {
    expect(server.apply(update)).toBeNull()
    for (const [other, queue] of heard) if (other !== page) queue.push(update)
  }
}

function catchUp(page: Page, heard: Map<Page, Uint8Array[]>): void {
  for (const update of heard.get(page)?.splice(0) ?? []) page.hear(update)
}

test('a page that was away sends what the server lacks, and it is taken in', () => {
  const server = new SharedDocument()
  const page = new Page()
  page.hear(server.seed('pool', [{ name: 'pool.go', text: 'a\n' }]))
  page.text('pool/pool.go').insert(0, 'while offline ')
  page.text('pool/pool.go').delete(2, 3)
  const lacking = Y.encodeStateAsUpdate(page.doc, Y.encodeStateVectorFromUpdate(server.state))
  expect(server.apply(lacking)).toBeNull()
  expect(server.texts.get('pool/pool.go')).toBe(page.text('pool/pool.go').toString())
})

test('a document that was restored from its log is the same, and goes on', () => {
  const server = new SharedDocument()
  const page = new Page()
  const seeded = server.seed('pool', [{ name: 'pool.go', text: 'a\n' }])
  page.hear(seeded)
  for (let n = 0; n < 50; n++) page.text('pool/pool.go').insert(n, String(n % 10))
  const restored = new SharedDocument()
  restored.restore([seeded, ...page.updates.slice(0, 40)])
  for (const update of page.updates.slice(40)) expect(restored.apply(update)).toBeNull()
  expect(restored.texts.get('pool/pool.go')).toBe(page.text('pool/pool.go').toString())
})

describe('an update of a stranger', () => {
  const updateOf = (act: (doc: Y.Doc) => void): Uint8Array => {
    const doc = new Y.Doc()
    act(doc)
    return Y.encodeStateAsUpdate(doc)
  }
  const cases: [string, Uint8Array][] = [
    ['is junk', new Uint8Array([1, 2, 3, 250])],
    ['is nothing', new Uint8Array()],
    ['has another root', updateOf((doc) => doc.getText('files2').insert(0, 'x'))],
    ['makes the root a text', updateOf((doc) => doc.getText('files').insert(0, 'x'))],
    ['has a value that is no text', updateOf((doc) => doc.getMap('files').set('pool/pool.go', 'x'))],
    ['has a value of many kinds', updateOf((doc) => doc.getMap('files').set('pool/a.go', { a: [1] }))],
    ['has another document in it', updateOf((doc) => doc.getMap('files').set('pool/a.go', new Y.Doc()))],
    ['has a path that leads elsewhere', updateOf((doc) => doc.getMap('files').set('../a.go', new Y.Text('x')))],
    ['has formatting', updateOf((doc) => doc.getMap<Y.Text>('files').set('pool/a.go', formatted()))],
    [
      'is too much text',
      updateOf((doc) => doc.getMap('files').set('pool/a.go', new Y.Text('x'.repeat(1024 * 1024 + 1)))),
    ],
    ['is too many files', updateOf((doc) => manyFiles(doc))],
    ['follows what nobody has seen', lateUpdate()],
  ]

  test.each(cases)('that %s is refused, and nothing is changed', (_, update) => {
    const server = new SharedDocument()
    server.seed('pool', [{ name: 'pool.go', text: 'a\n' }])
    const before = server.state
    expect(server.apply(update)).toEqual(expect.any(String))
    expect(server.state).toEqual(before)
  })

  function formatted(): Y.Text {
    const text = new Y.Text()
    text.insert(0, 'x', { bold: true })
    return text
  }

  function manyFiles(doc: Y.Doc): void {
    for (let n = 0; n < 201; n++) doc.getMap('files').set(`pool/f${n}.go`, new Y.Text())
  }

  function lateUpdate(): Uint8Array {
    const page = new Page()
    page.files.set('pool/a.go', new Y.Text('x'))
    page.text('pool/a.go').insert(1, 'later')
    return page.updates.at(-1) as Uint8Array
  }
})
