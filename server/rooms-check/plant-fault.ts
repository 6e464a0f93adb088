// Given to the server's Node with --import, puts a fault into the server's source as it is loaded: what the checks of
// rooms must find. `?fault=` names it.
import { registerHooks } from 'node:module'

type Fault = { file: string; find: string; put: string }

const FAULTS: Readonly<Record<string, Fault>> = {
  'acknowledged-before-written': {
    file: 'server/src/interviews/journal.ts',
    find: 'this.#waiting.push({ entries, settled })',
    put: 'settled(null); this.#waiting.push({ entries, settled: () => {} })',
  },
  'acts-forgotten': {
    file: 'server/src/store/interview-table.ts',
    find: 'entry: JSON.stringify(entry), edit, act }',
    put: 'entry: JSON.stringify(entry), edit, act: null }',
  },
  'notes-for-everybody': {
    file: 'server/protocol/src/interview/entry.ts',
    find: "noted: 'interviewers'",
    put: "noted: 'all'",
  },
  'hints-for-everybody': {
    file: 'server/src/edge/interviews.ts',
    find: 'detail.hints.slice(0, interview.sharing.hints)',
    put: 'detail.hints',
  },
  'faults-before-they-come': {
    file: 'server/src/edge/interviews.ts',
    find: 'detail.faults.filter(({ id }) => id === interview.fault)',
    put: 'detail.faults',
  },
}

const name = new URL(import.meta.url).searchParams.get('fault') ?? ''
const fault = FAULTS[name]
if (fault === undefined) throw new Error(`There is no fault "${name}".`)

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context)
    if (!url.endsWith(fault.file)) return loaded
    // As it stands in the file, or with another fault in it already.
    const source = String(loaded.source)
    if (!source.includes(fault.find)) throw new Error(`The fault "${name}" fits nowhere in ${fault.file}.`)
    return { ...loaded, source: source.replace(fault.find, fault.put) }
  },
})
