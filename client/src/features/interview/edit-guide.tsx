import type { Guide } from '@sandbox/protocol'
import controls from '../../ui/controls.module.css'
import { GuideEditor } from './guide-editor.tsx'
import frame from './interviewer-page.module.css'

/** The guide's editor in place of the work, for as long as it is needed. */
export function EditGuide(props: { guide: Guide; onSave: (guide: Guide) => Promise<void>; onClose: () => void }) {
  const { guide, onSave, onClose } = props
  return (
    <main className={frame.edit} id="work">
      <p className={frame.back}>
        <button type="button" className={controls.button} onClick={onClose}>
          Back to the interview
        </button>
        What is not saved is dropped then.
      </p>
      <GuideEditor guide={guide} onSave={onSave} />
    </main>
  )
}
