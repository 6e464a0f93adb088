import { Guide } from '@sandbox/protocol'

const BANDS = (from: readonly [number, number, number]) => [
  { band: 'exceptional', from: from[0], words: 'Knows it from running it, with reasons and figures.' },
  { band: 'strong', from: from[1], words: 'Solid, with good awareness of what can go wrong.' },
  { band: 'adequate', from: from[2], words: 'Good basics, few advanced concepts.' },
  { band: 'weak', from: 0, words: 'Not enough for a senior role.' },
]

const SECTIONS = [
  { id: 'go', title: 'Advanced Go mastery', points: 25, minimum: 18, bands: BANDS([23, 18, 13]) },
  { id: 'database', title: 'Database architecture', points: 10, minimum: null, bands: BANDS([9, 7, 5]) },
  { id: 'leadership', title: 'Leadership and decisions', points: 20, minimum: 14, bands: BANDS([18, 14, 10]) },
  { id: 'design', title: 'System design', points: 20, minimum: 14, bands: BANDS([18, 14, 10]) },
  { id: 'architecture', title: 'System architecture', points: 25, minimum: 18, bands: BANDS([23, 18, 13]) },
]

const Q2 = {
  id: 'concurrency-patterns',
  seed: 'Q2',
  title: 'Concurrency patterns',
  text: 'Design a robust worker pool that handles backpressure, graceful shutdown, and dynamic scaling. How would you prevent deadlocks in complex channel operations?',
  minutes: [5, 6],
  points: [
    { id: 'structure', text: 'Pool structure: job queue, workers, context' },
    { id: 'backpressure', text: 'Backpressure: bounded channel, or shedding', probe: 'What happens to the 1001st caller?' },
    { id: 'shutdown', text: 'Shutdown: who closes which channel, and when', probe: 'Who closes `jobs`, and how do the workers learn of it?' },
    { id: 'deadlock', text: 'Deadlock: who sends, who receives, who may stop', probe: 'Which goroutine closes `jobs`?' },
    { id: 'scaling', text: 'Scaling: grow on load, shrink when idle' },
  ],
  followUps: [
    { id: 'select', text: 'Show a `select` that can deadlock.' },
    { id: 'drain', text: 'Who drains the queue after a cancel?', after: ['shutdown'] },
    { id: 'idle', text: 'How does an idle worker leave?', after: ['scaling'] },
  ],
  exercises: ['worker-pool', 'select-deadlock', 'bank-transfer'],
  code: 'type WorkerPool struct {\n\tworkers  int\n\tjobQueue chan Job\n\tquit     chan bool\n}\n',
}

const question = (id: string, seed: string, title: string, minutes: [number, number], exercises: string[] = []) => ({
  id,
  seed,
  title,
  text: `${title}: walk me through how you would go about it in production.`,
  minutes,
  points: [
    { id: 'first', text: 'First: looks before guessing' },
    { id: 'second', text: 'Second: names what it costs' },
  ],
  followUps: [{ id: 'why', text: 'Why not the other way round?' }],
  exercises,
})

const Q9 = {
  ...question('ticket-booking', 'Q9', 'Ticket booking system', [25, 25], ['oversell', 'seat-holds']),
  points: [],
  areas: [
    {
      id: 'scalability',
      title: 'Architecture and scalability',
      minutes: [8, 10],
      points: [{ id: 'services', text: 'Services: event, inventory, booking, payment' }, { id: 'gateway', text: 'Gateway: limits, authentication' }],
      asked: [{ id: 'overall', text: 'Walk me through your overall system architecture.' }, { id: 'flash-sale', text: 'One million users at the same moment: what happens?' }],
    },
    {
      id: 'inventory',
      title: 'Inventory and concurrency',
      minutes: [10, 12],
      points: [{ id: 'holds', text: 'Holds: temporary, expire, atomic' }],
      asked: [{ id: 'last-ten', text: 'How do you prevent overselling when 100,000 users want the last 10 tickets?' }],
    },
    { id: 'edges', title: 'Edge cases', minutes: null, points: [], asked: [{ id: 'payment-down', text: 'The payment service is down and seats are held: what now?' }] },
  ],
}

/** A small guide of the senior interview's shape: 70 of 90 minutes are planned, the last 5 are kept. */
export const MOCK_GUIDE: Guide = Guide.parse({
  title: 'Senior Go developer',
  minutes: 90,
  keptMinutes: 5,
  passing: 75,
  parts: [
    {
      id: 'go',
      title: 'Advanced Go mastery',
      objective: 'Expert understanding of Go’s insides, of performance and of advanced patterns.',
      minutes: 15,
      questions: [
        question('scheduler', 'Q1', 'Scheduler, memory model', [6, 8], ['hit-counter', 'lazy-config']),
        Q2,
        question('performance', 'Q3', 'Performance debugging', [3, 4], ['heap-retention']),
        question('errors', 'Q4', 'Error handling', [5, 6], ['rich-errors']),
        question('leaks', 'Q5', 'Goroutine leaks', [3, 4], ['goroutine-leak']),
      ],
      alternatives: [question('memory-debugging', 'alternative', 'Memory debugging', [4, 5], ['heap-retention'])],
    },
    { id: 'database', title: 'Database architecture', objective: 'Performance and data architecture.', minutes: 10, questions: [question('database', 'Q6', 'Database performance', [10, 10], ['connection-pool'])] },
    { id: 'leadership', title: 'Leadership and decisions', objective: 'Leading, mentoring, deciding.', minutes: 15, questions: [question('disagreement', 'Q7', 'Two seniors disagree', [7, 8]), question('mentoring', 'Q8', 'Mentoring', [7, 8], ['review-the-junior'])] },
    { id: 'design', title: 'System design', objective: 'Scalability, concurrency and architecture.', minutes: 25, questions: [Q9] },
    { id: 'discussion', title: 'Discussion', objective: 'Answers made clear, and the candidate’s questions.', minutes: 5, questions: [] },
  ],
  sections: SECTIONS,
  greenFlags: [
    { id: 'clear', title: 'Clear explanation', text: 'Explains complex things simply.' },
    { id: 'production', title: 'Production experience', text: 'Has scaled and debugged real systems.' },
  ],
  redFlags: [{ id: 'shallow', title: 'Shallow knowledge', text: 'Cannot explain what the code does.' }],
  preparation: [
    { id: 'experience', text: 'Review the candidate’s leadership experience and the size of teams' },
    { id: 'profiles', text: 'Have profiles ready to be read together' },
  ],
  remarks: ['The parts sum to 70 of 90 minutes; the rest is the reserve.', 'The last 5 minutes are kept for the candidate’s questions.'],
})
