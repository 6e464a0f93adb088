import { useStore } from '../../state/store.ts'
import { type Look, placeOfSpan, wakerOf } from '../../state/timeline/look.ts'
import { functionOf, isOfRuntime, neighbourOf, stackOf } from '../../state/timeline/model.ts'
import { storyOf } from '../../state/timeline/story.ts'
import controls from '../../ui/controls.module.css'
import { GoLine } from '../../ui/go-code.tsx'
import { StackList } from '../../ui/stack-list.tsx'
import type { SourceLine } from '../run/source.ts'
import { StoryText } from './story-text.tsx'
import styles from './timeline.module.css'

interface DetailProps {
  look: Look
  source: SourceLine
  onOpen: (file: string, line: number) => void
}

/** What is selected, in words: what it did, what it waited for, who woke it. */
export function SpanDetail({ look, source, onOpen }: DetailProps) {
  const selected = useStore(look.selected)
  return (
    <section className={styles.detail} aria-live="polite" aria-label="Selected span" data-testid="timeline-detail">
      {selected ? (
        <Selected look={look} row={selected.row} source={source} onOpen={onOpen} />
      ) : (
        <p className={styles.dim}>
          Press a bar to see what that goroutine did, what it had waited for, and who woke it. Drag to move; Ctrl and
          the wheel, or + and −, to zoom.
        </p>
      )}
    </section>
  )
}

function Selected({ look, row, source, onOpen }: DetailProps & { row: number }) {
  const { model } = look
  const { goroutine, stack } = model.timeline.spans
  const g = goroutine[row] ?? -1
  const place = placeOfSpan(model, row)
  const line = place && source.line(place.file, place.line)
  const frames = stackOf(model, stack[row] ?? -1)
  const waker = wakerOf(model, row)
  const [before, after] = [neighbourOf(model, row, -1), neighbourOf(model, row, 1)]
  return (
    <>
      <div className={styles.detailHead}>
        <b>
          goroutine {model.timeline.goroutines.id[g]} · {functionOf(model, g)}
        </b>
        {isOfRuntime(model, g) && <span className={controls.chip}>runtime</span>}
        <span className={styles.buttons}>
          <button type="button" className={controls.small} disabled={before < 0} onClick={() => look.select(before)}>
            Before
          </button>
          <button type="button" className={controls.small} disabled={after < 0} onClick={() => look.select(after)}>
            After
          </button>
          <button type="button" className={controls.small} disabled={waker < 0} onClick={() => look.select(waker)}>
            Who woke it
          </button>
        </span>
      </div>
      {storyOf(model, row).map((parts, index) => (
        <p key={index}>
          <StoryText parts={parts} onOpen={onOpen} onGo={(to) => look.select(to)} />
        </p>
      ))}
      {place && line && (
        <div className={styles.source}>
          <span className={styles.dim}>
            {place.file}:{place.line}
          </span>
          <GoLine text={line} />
        </div>
      )}
      {frames.length > 0 && (
        <details className={styles.stack}>
          <summary>Stack</summary>
          <StackList frames={frames} onOpen={onOpen} />
        </details>
      )}
    </>
  )
}
