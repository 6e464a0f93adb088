// @vitest-environment happy-dom
import type { Guide } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { MOCK_GUIDE } from '../../state/interview/testdata/mock-guide.ts'
import { createStore, useStore } from '../../state/store.ts'
import { render } from '../../ui/test-render.ts'
import { GuideEditor } from './guide-editor.tsx'

async function openEditor(save: (guide: Guide) => Promise<void> = async () => {}) {
  const saved: Guide[] = []
  const shown = createStore(MOCK_GUIDE)
  function Shown() {
    return (
      <GuideEditor
        guide={useStore(shown)}
        onSave={(guide) => {
          saved.push(guide)
          return save(guide)
        }}
      />
    )
  }
  const page = await render(<Shown />)
  const press = (name: string) => page.act(() => page.button(name).click())
  const field = (place: string) => {
    const found = page.host.querySelector<HTMLInputElement>(`[data-place="${place}"]`)
    if (!found) throw new Error(`no field of ${place}`)
    return found
  }
  const type = (place: string, text: string) =>
    page.act(() => {
      const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field(place)), 'value')?.set
      set?.call(field(place), text)
      field(place).dispatchEvent(new Event('input', { bubbles: true }))
    })
  const isOff = (name: string) => (page.button(name) as HTMLButtonElement).disabled
  return { ...page, saved, shown, press, field, type, isOff }
}

const Q2 = 'parts/0/questions/1'

test('a text is changed and saved with everything else as it was', async () => {
  const { press, type, saved, host, isOff } = await openEditor()
  expect(isOff('Save')).toBe(true)
  await press('Q2 Concurrency patterns')
  await type(`${Q2}/points/0/text`, 'Pool: queue, workers')
  await press('Save')
  const points = saved[0]?.parts[0]?.questions[1]?.points
  expect(points?.map(({ text }) => text).slice(0, 2)).toEqual([
    'Pool: queue, workers',
    'Backpressure: bounded channel, or shedding',
  ])
  expect(saved[0]?.parts.slice(1)).toEqual(MOCK_GUIDE.parts.slice(1))
  expect(host.querySelector('[role="status"]')?.textContent).toBe('Saved')
})

test('a mistake is said at its field and in the outline, is not saved, and nothing else is lost', async () => {
  const { press, type, field, isOff, host, saved } = await openEditor()
  await press('Q2 Concurrency patterns')
  await type(`${Q2}/text`, 'Build a pool.')
  await type(`${Q2}/title`, '')
  expect(field(`${Q2}/title`).getAttribute('aria-invalid')).toBe('true')
  expect(host.textContent).toContain('has a mistake')
  expect(isOff('Save')).toBe(true)
  await press('The whole guide')
  await press('Q2: Something has to stand here.')
  expect(field(`${Q2}/text`).value).toBe('Build a pool.')
  await type(`${Q2}/title`, 'Pools')
  await press('Save')
  expect(saved[0]?.parts[0]?.questions[1]).toMatchObject({ title: 'Pools', text: 'Build a pool.' })
})

test('a number that is not there yet is a mistake, not a zero', async () => {
  const { press, type, field, host } = await openEditor()
  await press('1 Advanced Go mastery')
  await type('parts/0/minutes', '')
  expect(field('parts/0/minutes').value).toBe('')
  expect(host.textContent).toContain('A whole number is needed.')
})

test('questions and points are moved, added and taken out', async () => {
  const { press, type, saved } = await openEditor()
  await press('Move Concurrency patterns up')
  await press('Q2 Concurrency patterns')
  await press('Take point 1 out')
  await press('Add a point')
  await type('parts/0/questions/0/points/4/text', 'Panics: one job does not end the others')
  await type('parts/0/questions/0/exercises', 'worker-pool, retry')
  await press('Save')
  const [first, second] = saved[0]?.parts[0]?.questions ?? []
  expect([first?.id, second?.id]).toEqual(['concurrency-patterns', 'scheduler'])
  expect(first?.points.map(({ id }) => id)).toEqual([
    'backpressure',
    'shutdown',
    'deadlock',
    'scaling',
    expect.stringMatching(/^point-\w+$/),
  ])
  expect(first?.exercises).toEqual(['worker-pool', 'retry'])
})

test('the words and bounds of a section’s bands are changed, and a bound that fits nowhere is said at its field', async () => {
  const { press, type, field, saved, isOff, host } = await openEditor()
  await press('Advanced Go mastery: bands')
  await type('sections/0/bands/1/words', 'Has made a real program faster.')
  await type('sections/0/bands/1/from', '24')
  expect(field('sections/0/bands/1/from').getAttribute('aria-invalid')).toBe('true')
  expect(host.textContent).toContain('This has to be less than 23, where "exceptional" begins.')
  expect(isOff('Save')).toBe(true)
  await type('sections/0/bands/1/from', '20')
  expect(host.textContent).toContain('Strong, 20–22')
  await type('sections/0/minimum', '')
  await press('Save')
  const [section, ...others] = saved[0]?.sections ?? []
  expect(section?.bands[1]).toEqual({ band: 'strong', from: 20, words: 'Has made a real program faster.' })
  expect(section?.minimum).toBeNull()
  expect(others).toEqual(MOCK_GUIDE.sections.slice(1))
})

test('flags and preparation are changed, added to and taken from, and a flag’s id is no other flag’s', async () => {
  const { press, type, saved, isOff } = await openEditor()
  await press('Red flags')
  await press('Add a red flag')
  expect(isOff('Save')).toBe(true)
  await type('redFlags/1/title', 'Blames others')
  await type('redFlags/1/text', 'Every failure was somebody else’s.')
  await press('Green flags')
  await press('Take green flag 1 out')
  await press('Add a green flag')
  await type('greenFlags/1/title', 'Asks back')
  await type('greenFlags/1/text', 'Settles what is wanted first.')
  await press('Before the start')
  await press('Move step 1 down')
  await type('preparation/0/text', 'Have a trace ready.')
  await press('Save')
  expect(saved[0]).toMatchObject({
    redFlags: [{ id: 'shallow' }, { id: expect.stringMatching(/^red-flag-\w+$/), title: 'Blames others' }],
    greenFlags: [{ id: 'production' }, { id: expect.stringMatching(/^green-flag-\w+$/), title: 'Asks back' }],
    preparation: [{ id: 'profiles', text: 'Have a trace ready.' }, { id: 'experience' }],
  })
})

test('what could not be saved is still there, and why is said', async () => {
  const { press, type, field, host } = await openEditor(() =>
    Promise.reject(new Error('The server cannot be reached.')),
  )
  await type('title', 'Staff engineer')
  await press('Save')
  expect(host.querySelector('[role="alert"]')?.textContent).toBe(
    'The server cannot be reached. Your changes are still here.',
  )
  expect(field('title').value).toBe('Staff engineer')
})

test('a guide that somebody else has saved is told of, and replaces the draft only when asked to', async () => {
  const { type, field, press, act, shown, host } = await openEditor()
  await type('title', 'Mine')
  await act(() => shown.set({ ...MOCK_GUIDE, title: 'Theirs' }))
  expect(field('title').value).toBe('Mine')
  expect(host.textContent).toContain('Somebody else has saved this guide')
  await press('Drop mine and take theirs')
  expect(field('title').value).toBe('Theirs')
  expect(host.textContent).not.toContain('Somebody else')
})
