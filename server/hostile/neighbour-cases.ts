import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '@sandbox/protocol'
import { DEFAULT_LIMITS } from '../src/sandbox/limits.ts'
import { observe, observeIn, type TestJob } from './observation.ts'
import type { HostileCase, Result, Target } from './target.ts'

/** Long enough to run beside a whole attack, short enough not to be the slowest thing here. */
const BUSY_LIMITS: Partial<Limits> = { runWallMs: 4000 }

/** What an honest neighbour submits; it must pass whatever the other sandbox does. */
const HONEST: Record<string, string> = {
  'work.go': `package work

import "sync"

func Sum(n int) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	sum := 0
	for i := range n {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			sum += i
		})
	}
	wg.Wait()
	return sum
}
`,
  'work_test.go': `package work

import "testing"

func TestSum(t *testing.T) {
	for range 20 {
		if got := Sum(100); got != 4950 {
			t.Fatalf("Sum(100) = %d, want 4950", got)
		}
	}
}
`,
}

/** An honest run. Also what shows after every case that the server still answers others. */
export function honestJob(): TestJob {
  return jobOf('sandbox/work', HONEST, {})
}

function jobOf(importPath: string, files: Record<string, string>, limits: Partial<Limits>): TestJob {
  return {
    type: 'test',
    importPath,
    goVersion: '1.26',
    files: Object.entries(files).map(([name, text]) => ({
      name,
      text,
      owner: name.endsWith('_test.go') ? 'judge' : 'candidate',
    })),
    rules: { imports: null, strict: true },
    race: true,
    vetTests: false,
    limits: { ...DEFAULT_LIMITS, ...limits },
  }
}

/** Go programs that stand beside this file in neighbours/: what one leaves or does, and what the next looks for. */
async function program(target: Target, name: string, limits: Partial<Limits> = {}): Promise<TestJob> {
  const read = (file: string) => readFile(join(target.dir, file), 'utf8')
  const files = {
    'attack.go': await read(`neighbours/${name}.go.txt`),
    'probe_test.go': await read('judges/probe_test.go'),
  }
  return jobOf('sandbox/attack', files, limits)
}

export const NEIGHBOUR_CASES: readonly HostileCase[] = [
  beside('kill-everything', 'Kills every process it may, again and again, while a neighbour runs'),
  beside('fork-bomb', 'A fork bomb and a memory bomb while a neighbour runs'),
  beside('hold-locks', 'Holds exclusive locks on every file of the shared tree while a neighbour builds and runs'),
  {
    name: 'neighbours/next-sandbox',
    what: 'One person leaves files, processes, sockets and shared memory; the next person looks for them',
    residual: undefined,
    run: inNextSandbox,
  },
  {
    name: 'neighbours/next-run-of-a-lease',
    what: "One run leaves what it can; the same person's next run in the same sandbox looks for it",
    residual: undefined,
    run: inSameSandbox,
  },
  {
    name: 'neighbours/poisoned-toolchain',
    what: 'Rewrites archives, tools and caches; the next run, in the same sandbox where it may be used, builds with them',
    residual: undefined,
    run: poisoned,
  },
  {
    name: 'neighbours/lock-channel',
    what: 'Two sandboxes signal to each other by locks on a file of the shared tree',
    residual:
      'Where sandboxes share one read-only tree, a lock on one of its files can be seen from the other: a few bits a second between two people who both want it',
    run: lockChannel,
  },
]

/** The attack must not matter to the neighbour: its verdict is passed, and its run is not the attack's. */
function beside(name: string, what: string): HostileCase {
  const run = async (target: Target): Promise<Result> => {
    const attack = observe(target.driver, await program(target, name, BUSY_LIMITS))
    const honest: string[] = []
    for (let n = 0; n < 3; n += 1) {
      const seen = await observe(target.driver, honestJob())
      if (seen.verdict.verdict !== 'passed')
        honest.push(`A: the neighbour's verdict is ${seen.verdict.verdict}: ${seen.verdict.summary}`)
    }
    return { got: (await attack).verdict.verdict, broken: honest }
  }
  return { name: `neighbours/${name}`, what, residual: undefined, run }
}

async function inNextSandbox(target: Target): Promise<Result> {
  await observe(target.driver, await program(target, 'leave-traces'))
  const seen = await observe(target.driver, await program(target, 'find-traces'))
  return mustPass(seen.verdict)
}

async function inSameSandbox(target: Target): Promise<Result> {
  const sandbox = await target.driver.open(DEFAULT_LIMITS)
  try {
    await observeIn(sandbox, await program(target, 'leave-quietly'))
    if (!sandbox.usable) return { got: 'not used again', broken: [] }
    return mustPass((await observeIn(sandbox, await program(target, 'find-traces'))).verdict)
  } finally {
    await sandbox.destroy()
  }
}

async function poisoned(target: Target): Promise<Result> {
  const sandbox = await target.driver.open(DEFAULT_LIMITS)
  try {
    await observeIn(sandbox, await program(target, 'poison'))
    if (sandbox.usable) {
      const again = await observeIn(sandbox, honestJob())
      if (again.verdict.verdict !== 'passed') return mustPass(again.verdict)
    }
  } finally {
    await sandbox.destroy()
  }
  return mustPass((await observe(target.driver, honestJob())).verdict)
}

/** One holds the lock while the other one tries it; that the second sees it is the channel. */
async function lockChannel(target: Target): Promise<Result> {
  const holding = observe(target.driver, await program(target, 'hold-locks', BUSY_LIMITS))
  const seen = await observe(target.driver, await program(target, 'try-locks', BUSY_LIMITS))
  await holding
  return { got: seen.verdict.verdict === 'passed' ? 'the lock is not seen' : 'the lock is seen', broken: [] }
}

function mustPass({ verdict, summary }: { verdict: string; summary: string }): Result {
  return { got: verdict, broken: verdict === 'passed' ? [] : [`the verdict is ${verdict}: ${summary}`] }
}
