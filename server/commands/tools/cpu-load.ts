import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism, constants, setPriority } from 'node:os'

/** Keeps every core busy while the work is done, with processes that take what the work leaves and end with it. */
export async function underLoad<Result>(work: () => Promise<Result>): Promise<Result> {
  const burners = Array.from({ length: availableParallelism() }, burn)
  try {
    return await work()
  } finally {
    const gone = burners.map((burner) => once(burner, 'exit'))
    for (const burner of burners) burner.kill('SIGKILL')
    await Promise.all(gone)
  }
}

function burn(): ChildProcess {
  const burner = spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' })
  if (burner.pid !== undefined) setPriority(burner.pid, constants.priority.PRIORITY_LOW)
  return burner
}
