import { useStore } from '../../state/store.ts'
import type { Look } from '../../state/timeline/look.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { StoryText } from './story-text.tsx'
import styles from './timeline.module.css'

interface TourProps {
  look: Look
  onOpen: (file: string, line: number) => void
}

/** A step of the guided tour, with what it speaks of shown in the lanes. */
export function TourCard({ look, onOpen }: TourProps) {
  const at = useStore(look.step)
  const step = at < 0 ? undefined : look.tour[at]
  if (!step) return null
  return (
    <section className={styles.tour} aria-label="Guided tour" data-testid="timeline-tour">
      <div className={styles.detailHead}>
        <b aria-live="polite">
          {step.title}{' '}
          <span className={styles.dim}>
            {at + 1} of {look.tour.length}
          </span>
        </b>
        <span className={styles.buttons}>
          <button type="button" className={controls.small} disabled={at === 0} onClick={() => look.goTo(at - 1)}>
            Back
          </button>
          <button
            type="button"
            className={controls.small}
            disabled={at === look.tour.length - 1}
            onClick={() => look.goTo(at + 1)}
            data-testid="timeline-tour-next"
          >
            Next
          </button>
          <button type="button" className={controls.square} aria-label="End the tour" onClick={() => look.goTo(-1)}>
            <Icon name="x" />
          </button>
        </span>
      </div>
      {step.sentences.map((parts, index) => (
        <p key={index}>
          <StoryText parts={parts} onOpen={onOpen} onGo={(row) => look.select(row)} />
        </p>
      ))}
    </section>
  )
}
