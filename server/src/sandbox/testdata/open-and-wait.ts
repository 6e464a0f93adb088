/** Opens a sandbox, says what exists of it outside, and waits to be killed: `open-and-wait.ts TREE docker|bubblewrap [watched]`. */
import { createBubblewrapDriver } from '../bubblewrap-driver.ts'
import { createDockerDriver } from '../docker-driver.ts'
import { formatInstance, thisInstance } from '../instance.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { tracesOf } from './traces.ts'

const [, , tree = '', kind, watched] = process.argv
const instance = thisInstance()
const silent = { debug: () => {}, warn: () => {} }
const options = { tree, instance, cpus: 1, log: silent, progress: () => {}, cgroups: watched === undefined }
const driver = kind === 'docker' ? await createDockerDriver(options) : await createBubblewrapDriver(options)
await driver.open(DEFAULT_LIMITS)
console.log(JSON.stringify(await tracesOf(driver.name, formatInstance(instance))))
setInterval(() => {}, 1_000_000)
