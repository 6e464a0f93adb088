import { describe, expect, it } from 'vitest'
import { FairQueue, QueueFullError, type Release } from './queue.ts'

/** Records who got a turn and which positions were told. */
function desk(slots: number, maxWaiting = 100) {
  const queue = new FairQueue({ slots, maxWaiting })
  const served: string[] = []
  const releases = new Map<string, Release>()
  const positions = new Map<string, number[]>()
  const enter = (label: string, person: string, address = 'one', signal = new AbortController().signal) => {
    const told: number[] = []
    positions.set(label, told)
    return queue
      .enter({ person, address }, signal, (position) => told.push(position))
      .then((release) => {
        served.push(label)
        releases.set(label, release)
      })
  }
  const finish = async (label: string) => {
    releases.get(label)?.()
    await settled()
  }
  return { queue, served, positions, enter, finish }
}

/** All promise reactions that are due have run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the queue', () => {
  it('gives free slots at once and tells no position', async () => {
    const { enter, served, positions } = desk(2)
    await Promise.all([enter('a1', 'a'), enter('b1', 'b')])
    expect(served).toEqual(['a1', 'b1'])
    expect(positions.get('a1')).toEqual([])
  })

  it('never runs more than its slots', async () => {
    const { enter, queue, finish, served } = desk(2)
    for (const person of ['a', 'b', 'c', 'd']) void enter(person, person)
    await settled()
    expect([queue.running, queue.waiting]).toEqual([2, 2])
    await finish('a')
    expect([queue.running, queue.waiting]).toEqual([2, 1])
    expect(served).toEqual(['a', 'b', 'c'])
  })

  it("puts a person's second claim after the first of everybody else", async () => {
    const { enter, finish, served } = desk(1)
    void enter('x', 'x')
    for (const label of ['a1', 'a2', 'a3']) void enter(label, 'a')
    void enter('b1', 'b')
    void enter('c1', 'c')
    await settled()
    for (const label of ['x', 'a1', 'b1', 'c1', 'a2', 'a3']) await finish(label)
    expect(served).toEqual(['x', 'a1', 'b1', 'c1', 'a2', 'a3'])
  })

  it('never gives one person two turns at once, even where a slot is free', async () => {
    const { enter, finish, served } = desk(2)
    void enter('a1', 'a')
    void enter('a2', 'a')
    await settled()
    expect(served).toEqual(['a1'])
    void enter('b1', 'b')
    await settled()
    expect(served).toEqual(['a1', 'b1'])
    await finish('a1')
    expect(served).toEqual(['a1', 'b1', 'a2'])
  })

  it('lets an address with one person not wait behind twenty accounts of another', async () => {
    const { enter, finish, served } = desk(1)
    for (let account = 1; account <= 20; account++) void enter(`crowd${account}`, `crowd${account}`, 'crowd')
    void enter('alone', 'alone', 'elsewhere')
    await settled()
    await finish('crowd1')
    await finish('crowd2')
    expect(served).toEqual(['crowd1', 'crowd2', 'alone'])
  })

  it('tells a position when it changes, and only then', async () => {
    const { enter, finish, positions } = desk(1)
    for (const person of ['a', 'b', 'c']) void enter(person, person)
    await settled()
    expect([positions.get('b'), positions.get('c')]).toEqual([[1], [2]])
    await finish('a')
    expect([positions.get('b'), positions.get('c')]).toEqual([[1], [2, 1]])
  })

  it('shows the round-robin order as positions', async () => {
    const { enter, positions } = desk(1)
    void enter('x', 'x')
    for (const label of ['a1', 'a2']) void enter(label, 'a')
    void enter('b1', 'b')
    await settled()
    expect([positions.get('a1'), positions.get('b1'), positions.get('a2')]).toEqual([[1], [2], [2, 3]])
  })

  it('drops a claim whose signal is aborted and moves the others up', async () => {
    const { enter, queue, positions } = desk(1)
    const leaving = new AbortController()
    void enter('a', 'a')
    const left = enter('b', 'b', 'one', leaving.signal)
    void enter('c', 'c')
    leaving.abort(new Error('left'))
    await expect(left).rejects.toThrow('left')
    expect(queue.waiting).toBe(1)
    expect(positions.get('c')).toEqual([2, 1])
  })

  it('refuses a claim that is aborted already', async () => {
    const { enter, queue } = desk(1)
    await expect(enter('a', 'a', 'one', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
    expect([queue.running, queue.waiting]).toEqual([0, 0])
  })

  it('is not moved by an abort after the turn was given', async () => {
    const { enter, queue, finish } = desk(1)
    const late = new AbortController()
    await enter('a', 'a', 'one', late.signal)
    late.abort()
    expect(queue.running).toBe(1)
    await finish('a')
    await finish('a')
    expect(queue.running).toBe(0)
  })

  it('can be made wider and narrower while it is in use', async () => {
    const { enter, queue, finish, served } = desk(1)
    for (const person of ['a', 'b', 'c', 'd']) void enter(person, person)
    await settled()
    queue.resize(2)
    await settled()
    expect(served).toEqual(['a', 'b'])
    queue.resize(1)
    await finish('a')
    expect(served).toEqual(['a', 'b'])
    await finish('b')
    expect(served).toEqual(['a', 'b', 'c'])
  })

  it('is bounded', async () => {
    const { enter } = desk(1, 2)
    for (const person of ['a', 'b', 'c']) void enter(person, person)
    await expect(enter('d', 'd')).rejects.toBeInstanceOf(QueueFullError)
  })

  it('serves eight people who always come back equally often', async () => {
    const { enter, finish, served } = desk(2)
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    for (const person of people) void enter(`${person}0`, person)
    await settled()
    for (let turn = 0; turn < 80; turn++) {
      const label = served[turn] ?? ''
      await finish(label)
      void enter(`${label.charAt(0)}${turn + 1}`, label.charAt(0))
      await settled()
    }
    const counts = people.map((person) => served.filter((label) => label.startsWith(person)).length)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  })
})
