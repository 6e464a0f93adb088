import { Guide } from './guide.ts'

const question = { followUps: [], points: [] }

/** A small guide for tests: 60 minutes, of which the parts plan 45, and all kinds of questions. */
export function testGuide(): Guide {
  return Guide.parse({
    title: 'Small',
    minutes: 60,
    keptMinutes: 5,
    passing: 75,
    parts: [
      { id: 'first', title: 'First', objective: 'o', minutes: 15, section: 'go', ...firstQuestions() },
      { id: 'second', title: 'Second', objective: 'o', minutes: 25, section: 'design', questions: [design()] },
      { id: 'talk', title: 'Talk', objective: 'o', minutes: 5, questions: [] },
    ],
    sections: [
      section('go', 25, 18, [23, 18, 13, 0]),
      section('database', 10, null, [9, 7, 5, 0]),
      section('leadership', 20, 14, [18, 14, 10, 0]),
      section('design', 20, 14, [18, 14, 10, 0]),
      section('architecture', 25, 18, [23, 18, 13, 0]),
    ],
    greenFlags: [{ id: 'clear', title: 'Clear', text: 'Explains well.' }],
    redFlags: [{ id: 'vague', title: 'Vague', text: 'Explains nothing.' }],
    preparation: [{ id: 'board', text: 'Have a board.' }],
    remarks: ['A remark.'],
  })
}

function firstQuestions() {
  return {
    questions: [
      {
        id: 'pool',
        seed: 'Q2',
        title: 'Pool',
        text: 'Build a pool.',
        minutes: [5, 6],
        points: [
          { id: 'queue', text: 'Queue: bounded', probe: 'What grows?' },
          { id: 'gc', text: 'GC pressure: seen' },
          { id: 'deadlock', text: 'Deadlock: no ring', probe: 'Who waits for whom?' },
        ],
        followUps: [
          { id: 'full', text: 'And when it is full?', after: ['queue', 'gc'] },
          { id: 'ring', text: 'Show me a ring.' },
        ],
      },
      { ...question, id: 'profile', seed: 'Q3', title: 'Profile', text: 'Which profile?', minutes: [4, 6] },
      { ...question, id: 'leak', seed: 'Q5', title: 'Leak', text: 'Which leak?', minutes: [2, 3] },
    ],
    alternatives: [
      { ...question, id: 'memory', seed: 'alternative', title: 'Memory', text: 'Whose memory?', minutes: [5, 6] },
    ],
  }
}

function design() {
  return {
    id: 'shop',
    seed: 'Q9',
    title: 'Shop',
    text: 'Design a shop.',
    minutes: [20, 20],
    points: [{ id: 'figures', text: 'Figures: how many', probe: 'Which figures?' }],
    followUps: [{ id: 'weakest', text: 'What is weakest?' }],
    areas: [
      {
        id: 'whole',
        title: 'The whole',
        minutes: [8, 10],
        section: 'architecture',
        points: [
          { id: 'services', text: 'Services: who owns what', probe: 'Which boxes?' },
          { id: 'caches', text: 'Caches: how stale', probe: 'How old may it be?' },
        ],
        asked: [
          { id: 'overview', text: 'Show me the whole.' },
          { id: 'flash', text: 'And at the start of the sale?' },
        ],
      },
      {
        id: 'stock',
        title: 'Stock',
        minutes: [10, 15],
        points: [{ id: 'holds', text: 'Holds: for how long', probe: 'Who decides?' }],
        asked: [{ id: 'last-ten', text: 'Ten are left.' }],
      },
      { id: 'edges', title: 'Edge cases', minutes: null, points: [], asked: [{ id: 'twice', text: 'Pressed twice?' }] },
    ],
  }
}

function section(id: string, points: number, minimum: number | null, from: number[]) {
  const bands = ['exceptional', 'strong', 'adequate', 'weak']
  return {
    id,
    title: id === 'architecture' ? 'System architecture' : `The ${id}`,
    points,
    minimum,
    bands: bands.map((band, index) => ({ band, from: from[index], words: `${band} ${id}` })),
  }
}
