import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureRooms, type RoomsFigures } from '../bench/rooms.ts'
import { exerciseSubject } from '../bench/subject.ts'
import { startServer } from '../e2e/practice-server.ts'
import { firstGuide } from '../rooms-check/guide.ts'
import { ROOT } from './tools/programs.ts'
import { ensureSandboxTree } from './tools/sandbox-preparation.ts'

const PAIRS = '100'
const SECONDS = '30'
const EXERCISE = 'hit-counter'
const MAX_ECHO_P99_MS = 60
const MAX_SERVER_MIB = 350
const MIN_RUNS_PER_SECOND = 1

const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      pairs: { type: 'string', default: PAIRS },
      seconds: { type: 'string', default: SECONDS },
      exercise: { type: 'string', default: EXERCISE },
    },
  })
  await ensureSandboxTree(say)
  const guide = await firstGuide()
  const subject = await exerciseSubject(join(ROOT, 'exercises'), values.exercise)
  const server = await startServer('bubblewrap', { NEW_PEOPLE_PER_MINUTE: '10000' })
  try {
    const pairs = Number(values.pairs)
    const figures = await measureRooms({ server, guide, subject, pairs, seconds: Number(values.seconds) })
    const missed = missedBy(figures)
    process.stdout.write(values.json ? `${JSON.stringify({ ...figures, missed }, null, 2)}\n` : table(figures, missed))
    return missed.length === 0 ? 0 : 1
  } finally {
    await server.stop()
  }
}

/** The targets that were not reached. */
function missedBy({ echo_p99_ms, server_mib, runs_per_second, keys_missing }: RoomsFigures): string[] {
  const targets: [boolean, string][] = [
    [echo_p99_ms <= MAX_ECHO_P99_MS, `99 of 100 keystrokes arrive within ${MAX_ECHO_P99_MS} ms`],
    [server_mib <= MAX_SERVER_MIB, `the server takes at most ${MAX_SERVER_MIB} MiB`],
    [runs_per_second >= MIN_RUNS_PER_SECOND, `at least ${MIN_RUNS_PER_SECOND} run ends in a second`],
    [keys_missing === 0, 'every keystroke arrives'],
  ]
  return targets.flatMap(([reached, target]) => (reached ? [] : [target]))
}

function table(figures: RoomsFigures, missed: readonly string[]): string {
  const rows = Object.entries(figures).map(([name, figure]) => `${name.padEnd(18)} ${figure}\n`)
  return [...rows, ...missed.map((target) => `✗ ${target}\n`)].join('')
}

process.exitCode = await main()
