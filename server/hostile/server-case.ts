import { type RealServer, startRealServer } from './real-server.ts'
import { honestPerson, type SocketAttack } from './socket-cases.ts'
import type { HostileCase, Target } from './target.ts'
import { containersLeftBy } from './traces.ts'

/** One running server per driver for all attacks over its port: each finds it as the one before has left it. */
export class ServersUnderAttack {
  readonly #running = new Map<string, Promise<RealServer>>()

  of({ driver, tree }: Target): Promise<RealServer> {
    const running = this.#running.get(driver.name) ?? startRealServer(driver.name, tree)
    this.#running.set(driver.name, running)
    return running
  }

  /** Stops the driver's server, if it ever started, and tells which containers it left. */
  async stop({ driver, traces }: Target): Promise<string[]> {
    const server = await this.#running.get(driver.name)?.catch(() => null)
    this.#running.delete(driver.name)
    if (!server) return []
    await server.stop()
    return containersLeftBy(server.pid, traces)
  }
}

/** An attack over the port as a case of the corpus. */
export function serverCase({ name, what, run }: SocketAttack, servers: ServersUnderAttack): HostileCase {
  return {
    name: `websocket/${name}`,
    what,
    residual: undefined,
    prepare: (target) => servers.of(target),
    stillAnswers: async (target) => honestPerson(await servers.of(target)),
    run: async (target) => {
      const broken = await run(await servers.of(target))
      return { got: broken.length === 0 ? 'held' : 'broken', broken }
    },
  }
}
