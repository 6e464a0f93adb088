// @vitest-environment happy-dom
import * as monaco from 'monaco-editor/editor/editor.api'
import { afterEach, describe, expect, test } from 'vitest'
import { Doc, encodeStateAsUpdate, Text } from 'yjs'
import { fits } from '../../state/interview/fitting-updates.ts'
import { SharedDocument } from '../../state/interview/shared-document.ts'
import { SharedText } from './shared-text.ts'

const PATH = 'hit-counter/hits.go'

afterEach(() => {
  for (const editor of monaco.editor.getEditors()) editor.dispose()
  for (const model of monaco.editor.getModels()) model.dispose()
})

/** People at one file, each with a real editor. What one does reaches the others when it is delivered. */
function room(names: string, start = '') {
  const seed = new Doc()
  seed.getMap('files').set(PATH, new Text(start))
  const people = [...names].map((name) => new Person(name, encodeStateAsUpdate(seed)))
  const deliver = () => {
    while (people.some((one) => one.outgoing.length > 0)) {
      for (const from of people) {
        for (const update of from.outgoing.splice(0))
          for (const to of people) if (to !== from) to.document.apply(update, 'server')
      }
    }
  }
  return { people, deliver }
}

class Person {
  readonly outgoing: Uint8Array[] = []
  readonly document = new SharedDocument({ changed: () => {}, edited: (update) => this.outgoing.push(update) })
  readonly model = monaco.editor.createModel('', 'plaintext')
  readonly editor: monaco.editor.IStandaloneCodeEditor
  readonly shared: SharedText
  readonly name: string
  tooLong = 0

  constructor(name: string, seed: Uint8Array) {
    this.name = name
    this.document.apply(seed, 'server')
    const host = document.createElement('div')
    document.body.append(host)
    this.editor = monaco.editor.create(host, {
      model: this.model,
      overviewRulerLanes: 0,
      autoClosingBrackets: 'never',
      autoIndent: 'none',
    })
    const [text, undo] = [this.text, this.document.undo(PATH)]
    if (!undo) throw new Error('the file is not there')
    this.shared = new SharedText({
      monaco: monaco as never,
      model: this.model,
      editor: this.editor,
      text,
      undo,
      edit: (change) => this.document.edit(change),
      mend: (one) => this.document.mend(one),
      onTooLong: () => this.tooLong++,
    })
  }

  get text(): Text {
    const text = this.document.text(PATH)
    if (!text) throw new Error('the file is not there')
    return text
  }

  get value(): string {
    expect(this.model.getValue(), `${this.name}'s editor shows the text`).toBe(this.text.toString())
    return this.model.getValue()
  }

  /** Where the cursor stands, as `|` in the text. */
  get seen(): string {
    const position = this.editor.getPosition()
    const at = position ? this.model.getOffsetAt(position) : 0
    return `${this.value.slice(0, at)}|${this.value.slice(at)}`
  }

  at(...offsets: number[]): this {
    this.editor.setSelections(
      offsets.map((offset) => {
        const { lineNumber, column } = this.model.getPositionAt(offset)
        return new monaco.Selection(lineNumber, column, lineNumber, column)
      }),
    )
    return this
  }

  type(text: string): this {
    for (const character of text) this.editor.trigger('keyboard', 'type', { text: character })
    return this
  }

  do(command: string, argument: unknown = null): this {
    this.editor.trigger('keyboard', command, argument)
    return this
  }

  /** A pause, as far as undo is concerned. */
  rest(): this {
    this.document.undo(PATH)?.stopCapturing()
    return this
  }
}

describe('typing', () => {
  test('of one reaches the others, each with the cursor where it was', () => {
    const { people, deliver } = room('AB', 'func f() {\n}\n')
    const [a, b] = people
    b?.at(12)
    a?.at(10).type('\n\treturn')
    deliver()
    expect(b?.seen).toBe('func f() {\n\treturn\n}|\n')
  })

  test('of two at the same place leaves each behind what they typed themselves', () => {
    const { people, deliver } = room('AB', '()')
    const [a, b] = people
    a?.at(1).type('aa')
    b?.at(1).type('bb')
    deliver()
    a?.type('AA')
    b?.type('BB')
    deliver()
    expect(a?.value).toBe(b?.value)
    expect(['(aaAAbbBB)', '(bbBBaaAA)']).toContain(a?.value)
  })

  test('at the beginning of a line does not push who stands there into it, but whole lines above take them along', () => {
    const { people, deliver } = room('AB', 'one\ntwo\n')
    const [a, b] = people
    b?.at(4)
    a?.at(4).type('x := 1')
    deliver()
    expect(b?.seen).toBe('one\n|x := 1two\n')
    a?.at(4).do('paste', { text: 'new\n', pasteOnNewLine: false, multicursorText: null })
    deliver()
    expect(b?.seen).toBe('one\nnew\n|x := 1two\n')
  })

  test('with several cursors is several changes, and what others have done between them stays', () => {
    const { people, deliver } = room('AB', 'a\na\na\n')
    const [a, b] = people
    a?.at(1, 3, 5).type('bc')
    b?.at(2).type('x')
    deliver()
    expect([a?.value, b?.value]).toEqual(['abc\nxabc\nabc\n', 'abc\nxabc\nabc\n'])
  })

  test('in a selection of somebody else, or at its edges, grows it only from within', () => {
    const { people, deliver } = room('AB', 'one two three')
    const [a, b] = people
    b?.editor.setSelection(new monaco.Selection(1, 8, 1, 5))
    a?.at(4).type('(')
    a?.at(8).type(')')
    a?.at(6).type('-')
    deliver()
    const selection = b?.editor.getSelection()
    expect(b?.value).toBe('one (t-wo) three')
    expect(selection && b?.model.getValueInRange(selection)).toBe('t-wo')
    expect(selection?.getDirection()).toBe(monaco.SelectionDirection.RTL)
  })
})

describe('what is pasted', () => {
  test('with line ends of Windows has line ends as everybody has them', () => {
    const { people, deliver } = room('AB', 'x\n')
    const [a, b] = people
    a?.at(0).do('paste', { text: 'one\r\ntwo\r\n', pasteOnNewLine: false, multicursorText: null })
    b?.at(2).type('end')
    deliver()
    expect([a?.value, b?.value]).toEqual(['one\ntwo\nx\nend', 'one\ntwo\nx\nend'])
  })

  test('does not leave two editors apart where another page lets carriage returns through', () => {
    const { people, deliver } = room('ABC', 'x\n')
    const [a, b] = people
    a?.document.edit(() => a.text.insert(0, 'one\r\ntwo\r\n'))
    deliver()
    b?.at(8).type('!')
    deliver()
    expect(people.map((one) => one.value)).toEqual(Array(3).fill('one\ntwo\n!x\n'))
  })

  test('and is more than a run would take is taken back', () => {
    const { people } = room('A', 'x')
    const [a] = people
    a?.at(1).do('paste', { text: 'y'.repeat(256 * 1024), pasteOnNewLine: false, multicursorText: null })
    expect([a?.value, a?.tooLong]).toEqual(['x', 1])
  })
})

test.each([900, 5000])('%d places that change at once fit into one change, and are one step of undo', (count) => {
  const before = 'x '.repeat(count)
  const { people, deliver } = room('ab', before)
  const [a, b] = people
  const places = a?.model.findMatches('x', false, false, true, null, false, count) ?? []
  expect(places).toHaveLength(count)
  const edits = places.map(({ range }) => ({ range, text: 'yy' }))
  a?.model.pushEditOperations(null, edits, () => null)
  expect(a?.outgoing.map(fits)).toEqual([true])
  deliver()
  expect(b?.value).toBe('yy '.repeat(count))
  a?.do('undo')
  expect(a?.outgoing.map(fits)).toEqual([true])
  deliver()
  expect([a?.value, b?.value]).toEqual([before, before])
})

describe('undo', () => {
  test('takes back one’s own typing and leaves what others typed since, by key as by command', () => {
    const { people, deliver } = room('AB', 'base\n')
    const [a, b] = people
    a?.at(0).type('mine ')
    deliver()
    b?.at(9).type(' theirs')
    deliver()
    a?.do('undo')
    deliver()
    expect(people.map((one) => one.value)).toEqual(['base theirs\n', 'base theirs\n'])
    a?.do('redo')
    deliver()
    expect(people.map((one) => one.value)).toEqual(['mine base theirs\n', 'mine base theirs\n'])
  })

  test('has nothing to take back where only others have typed', () => {
    const { people, deliver } = room('AB', 'base')
    const [a, b] = people
    b?.at(0).type('theirs ')
    deliver()
    a?.do('undo').do('undo')
    expect(a?.value).toBe('theirs base')
  })

  test('of a line that somebody else has written into takes back no letter of theirs', () => {
    const { people, deliver } = room('AB', '')
    const [a, b] = people
    a?.type('total := 0')
    deliver()
    b?.at(5).type('Hits')
    deliver()
    a?.do('undo')
    deliver()
    expect(people.map((one) => one.value)).toEqual(['Hits', 'Hits'])
  })

  test('puts the cursor where the text has changed, and it is there when it is read', () => {
    const { people, deliver } = room('A', 'one\ntwo\nthree\n')
    const [a] = people
    const told: string[] = []
    a?.at(3).type('!!').rest()
    a?.at(16)
    a?.editor.onDidChangeCursorSelection(() => told.push(a.seen))
    a?.do('undo')
    deliver()
    expect(a?.seen).toBe('one|\ntwo\nthree\n')
    expect(told.at(-1)).toBe('one|\ntwo\nthree\n')
  })

  test('goes in steps: what was typed elsewhere, after a move of the cursor, is another', () => {
    const { people } = room('A', '\n\n')
    const [a] = people
    a?.at(0).type('first')
    a?.do('cursorBottom').type('second').do('undo')
    expect(a?.value).toBe('first\n\n')
  })

  test('of a reset or a format of all is one step, and leaves what others wrote since', () => {
    const { people, deliver } = room('AB', 'x:=1\ny:=2\n')
    const [a, b] = people
    const before = [{ name: 'hits.go', text: 'x:=1\ny:=2\n' }]
    a?.document.write('hit-counter', before, [{ name: 'hits.go', text: 'x := 1\ny := 2\n' }])
    deliver()
    b?.at(0).type('// b\n')
    deliver()
    a?.do('undo')
    deliver()
    expect(people.map((one) => one.value)).toEqual(Array(2).fill('// b\nx:=1\ny:=2\n'))
  })

  test('belongs to the editor again once the text is not shared any more', () => {
    const { people } = room('A', 'x')
    const [a] = people
    a?.shared.dispose()
    a?.at(1).type('y').do('undo')
    expect(a?.model.getValue()).toBe('x')
    expect(a?.text.toString()).toBe('x')
  })
})

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * sides)
  }
}

const WORDS = ['a', 'Bc', '\n', 'x\n\ty', '🙂', '\r\n', '']

describe('three people who type, delete, paste, undo and go offline at random', () => {
  test.each(Array.from({ length: 12 }, (_, seed) => seed + 1))('come to the same text, seed %i', (seed) => {
    const roll = dice(seed)
    const { people } = room('ABC', 'package x\n\nfunc f() {\n\tgo g()\n}\n')
    const waiting = people.map(() => people.map(() => [] as Uint8Array[]))
    const collect = () => {
      for (const [i, from] of people.entries())
        for (const update of from.outgoing.splice(0))
          for (const j of people.keys()) if (i !== j) waiting[i]?.[j]?.push(update)
    }
    for (let step = 0; step < 60; step++) {
      const who = people[roll(3)]
      if (!who) continue
      actAtRandom(who, roll)
      collect()
      const [i, j] = [roll(3), roll(3)]
      const line = waiting[i]?.[j] ?? []
      for (const update of line.splice(0, roll(line.length + 1))) people[j]?.document.apply(update, 'server')
      for (const one of people) expect(one.value).not.toContain('\r')
    }
    collect()
    for (const lines of waiting)
      for (const [j, line] of lines.entries()) for (const update of line) people[j]?.document.apply(update, 'server')
    expect(new Set(people.map((one) => one.value)).size).toBe(1)
  })

  test.each(Array.from({ length: 8 }, (_, seed) => seed + 100))(
    'undo what is theirs and nothing else, seed %i',
    (seed) => {
      const roll = dice(seed)
      const { people, deliver } = room('ABC', '0123456789')
      const [a] = people
      for (let step = 0; step < 30; step++) {
        const index = roll(3)
        const who = people[index]
        // Each types letters of their own, so that one sees whose are left.
        who?.at(roll((who.value.length || 0) + 1)).type('abc'.charAt(index).repeat(1 + roll(3)))
        if (roll(3) === 0) deliver()
      }
      deliver()
      const others = a?.value.replaceAll('a', '')
      for (let step = 0; step < 40; step++) a?.do('undo')
      deliver()
      expect(people.map((one) => one.value)).toEqual(Array(3).fill(others))
    },
  )
})

function actAtRandom(who: Person, roll: (sides: number) => number): void {
  const place = () => roll(who.value.length + 1)
  switch (roll(6)) {
    case 0:
      who.at(place(), place()).type('z')
      return
    case 1:
      who.at(place()).do('deleteLeft')
      return
    case 2: {
      const [from, to] = [who.model.getPositionAt(place()), who.model.getPositionAt(place())]
      who.editor.setSelection(monaco.Range.fromPositions(from, to))
      who.do('paste', { text: WORDS[roll(WORDS.length)], pasteOnNewLine: false, multicursorText: null })
      return
    }
    case 3:
      who.do(roll(3) === 0 ? 'redo' : 'undo')
      return
    default:
      who.at(place()).do('paste', { text: WORDS[roll(WORDS.length)], pasteOnNewLine: false, multicursorText: null })
  }
}
