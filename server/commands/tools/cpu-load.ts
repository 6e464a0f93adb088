import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

/** Keeps every core busy while the work is done, with processes that end with it. */
export async function underLoad<Result>(work: () => Promise<Result>): Promise<Result> {
  const burners = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }),
  )
  try {
    return await work()
  } finally {
    const gone = burners.map((burner) => once(burner, 'exit'))
    for (const burner of burners) burner.kill('SIGKILL')
    await Promise.all(gone)
  }
}
