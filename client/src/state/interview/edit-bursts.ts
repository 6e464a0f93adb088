import type { MemberId } from '@sandbox/protocol'

/** Somebody changed lines of a file. */
export interface Edit {
  /** Milliseconds since the interview was made. */
  at: number
  by: MemberId
  path: string
  /** From 1, both included, as they are after it. */
  lines: [number, number]
}

/** Edits of one file by one person that follow each other closely. */
export interface Burst extends Edit {
  until: number
  /** The function that they are all in; null where there is none. */
  place: string | null
}

/** Edits that are no further apart belong together. */
const GAP_MS = 15_000

/** Puts edits together while they come, so that no more than one text is held. */
export class EditBursts {
  readonly edits: Edit[] = []
  readonly #bursts: Burst[] = []
  #open: { burst: Burst; text: string } | null = null

  /** `text` is the file after the edit. */
  add(edit: Edit, text: string): void {
    this.edits.push(edit)
    const burst = this.#open?.burst
    if (!burst || burst.by !== edit.by || burst.path !== edit.path || edit.at - burst.until >= GAP_MS) {
      this.#close()
      this.#open = { burst: { ...edit, until: edit.at, place: null }, text }
      return
    }
    const lines: Edit['lines'] = [Math.min(burst.lines[0], edit.lines[0]), Math.max(burst.lines[1], edit.lines[1])]
    this.#open = { burst: { ...burst, lines, until: edit.at }, text }
  }

  /** All of them, in order; nothing comes after. */
  finish(): readonly Burst[] {
    this.#close()
    return this.#bursts
  }

  #close(): void {
    if (!this.#open) return
    const { burst, text } = this.#open
    this.#bursts.push({ ...burst, place: functionAround(text, burst.lines) })
    this.#open = null
  }
}

const FUNCTION = /^func (?:\([^)]*\) ?)?([\p{L}_][\p{L}\p{Nd}_]*)/u

/** The name of the function that both lines are in; null where there is none. Go's formatter puts its ends into column 1. */
function functionAround(text: string, [from, to]: Edit['lines']): string | null {
  const lines = text.split('\n')
  const closes = (line: number) => lines[line - 1]?.startsWith('}') === true
  let head = from
  while (head > 1 && !FUNCTION.test(lines[head - 1] ?? '') && !(head < from && closes(head))) head--
  for (let line = head; line < to; line++) if (closes(line)) return null
  return FUNCTION.exec(lines[head - 1] ?? '')?.[1] ?? null
}
