import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { SharedDocument } from './document.ts'

/** A page: its own document, whose updates go to the server one by one. */
class Page {
  readonly doc = new Y.Doc()
  readonly files = this.doc.getMap<Y.Text>('files')
  readonly updates: Uint8Array[] = []
  readonly member: string

  constructor(member = 'm2') {
    this.member = member
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

/** Puts the first file there, as an interviewer's hand-over does. */
function seedOf(server: SharedDocument, text: string): Uint8Array {
  const update = server.seed('pool', [{ name: 'pool.go', text }], 'm1')
  if (update === null) throw new Error('it was there already')
  return update
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
    const pages = [new Page('m1'), new Page('m2'), new Page('m3')]
    const seeded = seedOf(server, 'package pool\n')
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
    expect(server.apply(update, page.member)).toBeNull()
    for (const [other, queue] of heard) if (other !== page) queue.push(update)
  }
}

function catchUp(page: Page, heard: Map<Page, Uint8Array[]>): void {
  for (const update of heard.get(page)?.splice(0) ?? []) page.hear(update)
}

test('a page that was away sends what the server lacks, and it is taken in', () => {
  const server = new SharedDocument()
  const page = new Page()
  page.hear(seedOf(server, 'a\n'))
  page.text('pool/pool.go').insert(0, 'while offline ')
  page.text('pool/pool.go').delete(2, 3)
  const lacking = Y.encodeStateAsUpdate(page.doc, Y.encodeStateVectorFromUpdate(server.state))
  expect(server.apply(lacking, 'm2')).toBeNull()
  expect(server.texts.get('pool/pool.go')).toBe(page.text('pool/pool.go').toString())
})

test('a document that was restored from its log is the same, and goes on', () => {
  const server = new SharedDocument()
  const page = new Page()
  const seeded = seedOf(server, 'a\n')
  page.hear(seeded)
  for (let n = 0; n < 50; n++) page.text('pool/pool.go').insert(n, String(n % 10))
  const restored = new SharedDocument()
  restored.restore([
    { by: 'm1', update: seeded },
    ...page.updates.slice(0, 40).map((update) => ({ by: page.member, update })),
  ])
  for (const update of page.updates.slice(40)) expect(restored.apply(update, page.member)).toBeNull()
  expect(restored.texts.get('pool/pool.go')).toBe(page.text('pool/pool.go').toString())
})

test('what is typed in a run is one piece, so that an interview takes more characters than it keeps pieces', () => {
  const server = new SharedDocument()
  const page = new Page()
  page.hear(seedOf(server, ''))
  for (let n = 0; n < 51_000; n++) page.text('pool/pool.go').insert(n, 'x')
  for (let from = 0; from < 51_000; from += 1000) {
    const together = Y.mergeUpdates(page.updates.slice(from, from + 1000))
    expect(server.apply(together, page.member)).toBeNull()
  }
  expect(server.texts.get('pool/pool.go')).toHaveLength(51_000)
})

test('an interview that has been edited as often as is kept still takes what makes room', () => {
  const server = new SharedDocument()
  const page = new Page()
  page.hear(seedOf(server, 'x'.repeat(60_000)))
  const text = page.text('pool/pool.go')
  // Every other character goes, so that what was one piece becomes thousands.
  for (let from = 59_998; from > 0; from -= 10_000) {
    page.doc.transact(() => {
      for (let at = from; at > Math.max(0, from - 10_000); at -= 2) text.delete(at, 1)
    })
  }
  for (const update of page.updates.splice(0)) expect(server.apply(update, 'm2')).toBeNull()
  text.insert(0, 'y')
  expect(server.apply(page.updates.splice(0)[0] as Uint8Array, 'm2')).toMatch('as often as is kept')
  text.delete(0, 1)
  text.delete(0, 5000)
  const deletions = page.updates.at(-1) as Uint8Array
  expect(server.apply(deletions, 'm2')).toBeNull()
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
    ['has another kind of text', updateOf((doc) => doc.getMap('files').set('pool/a.go', new Y.XmlText()))],
    ['is thousands of pieces', updateOf((doc) => pieces(doc, 3000))],
  ]

  test.each(cases)('that %s is refused, and nothing is changed', (_, update) => {
    const server = new SharedDocument()
    seedOf(server, 'a\n')
    const before = server.state
    expect(server.apply(update, 'm2')).toEqual(expect.any(String))
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

  function pieces(doc: Y.Doc, count: number): void {
    const text = new Y.Text('x'.repeat(10))
    doc.getMap('files').set('pool/a.go', text)
    // At the same place each time, so that nothing can be merged.
    for (let n = 0; n < count; n++) text.insert(5, 'y')
  }
})

describe('a member', () => {
  const begun = () => {
    const server = new SharedDocument()
    const page = new Page('m1')
    page.hear(seedOf(server, 'package pool\n'))
    page.text('pool/pool.go').insert(0, '// mine\n')
    for (const update of page.updates.splice(0)) expect(server.apply(update, 'm1')).toBeNull()
    return { server, page }
  }

  test('cannot go on in the name of another, whose own edits would then be lost', () => {
    const { server, page } = begun()
    const forger = new Y.Doc()
    Y.applyUpdate(forger, server.state)
    forger.clientID = page.doc.clientID
    const before = Y.encodeStateVector(forger)
    forger.getMap<Y.Text>('files').get('pool/pool.go')?.insert(0, 'forged ')
    expect(server.apply(Y.encodeStateAsUpdate(forger, before), 'm2')).toBe('This goes on in the name of somebody else.')
    page.text('pool/pool.go').insert(0, 'IMPORTANT ')
    for (const update of page.updates) expect(server.apply(update, 'm1')).toBeNull()
    expect(server.texts.get('pool/pool.go')).toBe('IMPORTANT // mine\npackage pool\n')
  })

  test('may send again what the server has, in whatever pieces', () => {
    const { server, page } = begun()
    expect(server.apply(Y.encodeStateAsUpdate(page.doc), 'm2')).toBeNull()
  })

  test('cannot put characters where a file stands, or a file among characters', () => {
    const { server } = begun()
    const slot = hostile(server, (text) => ({ left: text._item as Y.Item, content: new Y.ContentString('x') }))
    const inside = hostile(server, (text) => ({
      left: text._start as Y.Item,
      content: new Y.ContentType(new Y.Text()),
    }))
    for (const update of [slot, inside]) {
      expect(server.apply(update, 'm2')).toBe('This is no change that our pages make.')
    }
    expect(server.texts.get('pool/pool.go')).toBe('// mine\npackage pool\n')
  })

  /** An update with an item of our making beside one that is there. */
  function hostile(
    server: SharedDocument,
    make: (text: Y.Text) => { left: Y.Item; content: Y.Item['content'] },
  ): Uint8Array {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, server.state)
    const before = Y.encodeStateVector(doc)
    const { left, content } = make(doc.getMap<Y.Text>('files').get('pool/pool.go') as Y.Text)
    const id = Y.createID(doc.clientID, 0)
    doc.transact((transaction) => {
      new Y.Item(id, left, left.lastId, null, null, left.parent, left.parentSub, content).integrate(transaction, 0)
    })
    return Y.encodeStateAsUpdate(doc, before)
  }

  test('may delete when nothing more fits', () => {
    const { server, page } = begun()
    page.text('pool/pool.go').insert(0, 'x'.repeat(1024 * 1024 - 100))
    for (const update of page.updates.splice(0)) expect(server.apply(update, 'm1')).toBeNull()
    page.text('pool/pool.go').insert(0, 'y'.repeat(200))
    expect(server.apply(page.updates.splice(0)[0] as Uint8Array, 'm1')).toMatch(/at most 1024 KiB/)
    const other = new Page('m2')
    other.hear(server.state)
    other.text('pool/pool.go').delete(0, 1000)
    expect(server.apply(other.updates[0] as Uint8Array, 'm2')).toBeNull()
  })

  test('brings a file back that was deleted, by opening the exercise again', () => {
    const { server, page } = begun()
    page.files.delete('pool/pool.go')
    for (const update of page.updates.splice(0)) expect(server.apply(update, 'm1')).toBeNull()
    seedOf(server, 'again\n')
    expect(server.texts.get('pool/pool.go')).toBe('again\n')
  })
})
