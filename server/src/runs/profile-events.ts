import type { ProfileKind, RunEvent } from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import type { Artifact } from '../reports/artifact.ts'
import { readPprof } from '../reports/pprof.ts'
import { toProfile } from '../reports/profile.ts'
import type { Sources } from '../reports/sources.ts'
import { nothingSentence, profileSentences } from './profile-sentence.ts'
import { unpack } from './unpack.ts'

type ProfileEvent = Extract<RunEvent, { type: 'profile' }>

const WORDS: Record<ProfileKind, string> = {
  cpu: 'CPU profile',
  heap: 'heap profile',
  block: 'block profile',
  mutex: 'mutex profile',
  goroutine: 'goroutine profile',
}

/** What a collected profile says, or why it says nothing. */
export function profileEvent(sources: Sources, artifact: Artifact & { kind: ProfileKind }, runs: number): ProfileEvent {
  const { kind } = artifact
  const without = (sentence: string): ProfileEvent => ({ type: 'profile', kind, sentence, profile: null, runs })
  const missing = whyMissing(artifact)
  if (missing) return without(`No ${WORDS[kind]}: ${missing}.`)
  const unpacked = unpack(artifact.bytes)
  const read = unpacked.type === 'unpacked' ? readPprof(unpacked.bytes) : unpacked
  if (read.type === 'unreadable') return without(`No ${WORDS[kind]}: ${whyUnreadable(read.why)}.`)
  const raw = toProfile(sources, kind, read.profile)
  if (!raw) return without(`No ${WORDS[kind]}: its file holds another kind of profile.`)
  if (raw.stacks.length === 0) return without(nothingSentence(kind, runs))
  const sentences = profileSentences(sources, raw, runs)
  const measures = raw.measures.map((measure, index) => ({ ...measure, sentence: sentences[index] ?? '' }))
  return { type: 'profile', kind, sentence: sentences[0] ?? '', profile: { ...raw, measures }, runs }
}

function whyMissing({ problem, cut, bytes }: Artifact): string | null {
  if (problem === 'missing') return 'the tests did not come to the end at which it is written'
  if (problem === 'not-a-file') return 'the program put something else in the place of its file'
  if (cut) return 'its file is larger than a profile can be'
  return bytes.length === 0 ? 'its file is empty' : null
}

function whyUnreadable(why: 'junk' | 'too-large'): string {
  switch (why) {
    case 'junk':
      return 'its file is not a profile'
    case 'too-large':
      return 'it holds more than can be shown'
    default:
      return assertNever(why)
  }
}
