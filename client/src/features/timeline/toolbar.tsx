import { useStore } from '../../state/store.ts'
import { chromeTrace } from '../../state/timeline/chrome-trace.ts'
import type { Look } from '../../state/timeline/look.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './timeline.module.css'

interface ToolbarProps {
  look: Look
  wide: boolean
  onWide: (wide: boolean) => void
}

/** What is shown and how near: zoom, test, search, rows; the tour, and the way out to Perfetto. */
export function Toolbar({ look, wide, onWide }: ToolbarProps) {
  const wish = useStore(look.wish)
  const step = useStore(look.step)
  const { tests } = look.model.timeline
  return (
    <fieldset className={styles.toolbar} aria-label="What the timeline shows">
      <button
        type="button"
        className={step < 0 ? controls.button : controls.small}
        data-testid="timeline-tour-start"
        onClick={() => look.goTo(step < 0 ? 0 : -1)}
      >
        {step < 0 ? 'Explain the scheduler' : 'End the tour'}
      </button>
      <span className={styles.group}>
        <button type="button" className={controls.square} aria-label="Zoom in" onClick={() => look.zoomIn()}>
          <Icon name="plus" />
        </button>
        <button type="button" className={controls.square} aria-label="Zoom out" onClick={() => look.zoomOut()}>
          <span aria-hidden="true">−</span>
        </button>
        <button type="button" className={controls.small} onClick={() => look.whole()}>
          Whole
        </button>
      </span>
      {tests.length > 0 && (
        <select
          className={controls.input}
          aria-label="Test"
          value={wish.test}
          onChange={(event) => look.chooseTest(Number(event.target.value))}
        >
          <option value={-1}>All tests</option>
          {tests.map((test, at) => (
            <option key={test} value={at}>
              {test}
            </option>
          ))}
        </select>
      )}
      <input
        type="search"
        className={`${controls.input} ${styles.search}`}
        aria-label="Find goroutines by function or number"
        placeholder="function or number"
        value={wish.search}
        onChange={(event) =>
          look.setWish({ search: event.target.value, goroutines: event.target.value !== '' || wish.goroutines })
        }
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={wish.goroutines}
          onChange={(event) => look.setWish({ goroutines: event.target.checked })}
        />
        goroutine rows
      </label>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={wish.runtime}
          onChange={(event) => look.setWish({ runtime: event.target.checked })}
        />
        runtime’s too
      </label>
      <span className={styles.buttons}>
        <button
          type="button"
          className={controls.small}
          title="The same timeline as Chrome’s JSON: open it at ui.perfetto.dev or chrome://tracing"
          onClick={() => download('timeline.json', chromeTrace(look.model))}
        >
          Download for Perfetto
        </button>
        <button type="button" className={controls.small} aria-pressed={wide} onClick={() => onWide(!wide)}>
          {wide ? 'Beside the code' : 'Across the page'}
        </button>
      </span>
    </fieldset>
  )
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
