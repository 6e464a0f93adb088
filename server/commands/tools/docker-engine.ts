import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Say } from './apt.ts'
import { dockerAnswers } from './docker-ping.ts'

const START_DEADLINE_MS = 60_000
const ASK_AGAIN_MS = 250

/** A Docker engine that was started for the tests, or was there before. */
export interface Engine {
  /** Stops the engine if it was started here. */
  stop(): Promise<void>
}

/** Uses the engine that answers, else starts `dockerd` (which takes root). Throws with a sentence and the log's end. */
export async function ensureEngine(say: Say): Promise<Engine> {
  if (await dockerAnswers()) return { stop: () => Promise.resolve() }
  say('No Docker engine answers: starting dockerd for the tests…')
  const log = join(tmpdir(), `practice-dockerd-${process.pid}.log`)
  const daemon = spawn('dockerd', [], { stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')] })
  const ended = new Promise<string>((resolve) => {
    daemon.on('error', (error) => resolve(error.message))
    daemon.on('exit', (code) => resolve(`it ended with code ${code}`))
  })
  const problem = await Promise.race([ended, answersSoon()])
  if (problem === null) return { stop: () => stop(daemon, ended, say) }
  daemon.kill()
  throw new Error(`dockerd could not be started: ${problem}. Its log is ${log}.`)
}

async function answersSoon(): Promise<string | null> {
  for (let waited = 0; waited < START_DEADLINE_MS; waited += ASK_AGAIN_MS) {
    if (await dockerAnswers()) return null
    await pause(ASK_AGAIN_MS)
  }
  return `it did not answer within ${START_DEADLINE_MS / 1000} s`
}

async function stop(daemon: ChildProcess, ended: Promise<string>, say: Say): Promise<void> {
  say('Stopping the dockerd that was started for the tests…')
  daemon.kill('SIGTERM')
  await ended
}
