import type { Interview } from '@sandbox/protocol'
import { type InterviewDesk, type Me, pathIn } from '../../state/interview/interview-desk.ts'
import { nameOf } from '../../state/interview/people.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'

/** Somebody points at a line of a file that is not open here. */
export function PointedNotice({ desk, interview, me }: { desk: InterviewDesk; interview: Interview; me: Me }) {
  const { pointing } = useStore(desk.people.presence)
  const workspace = useStore(desk.workspace)
  if (!workspace) return null
  const elsewhere = pointing.find(({ by, path }) => by !== me.member && path !== pathIn(workspace, workspace.active))
  const file = elsewhere && workspace.files.find(({ name }) => pathIn(workspace, name) === elsewhere.path)?.name
  if (!elsewhere || !file) return null
  return (
    <div className={controls.note} data-testid="pointed">
      <Icon name="right" />
      <span>
        {nameOf(interview, elsewhere.by)} points at {file}:{elsewhere.line}
      </span>
      <button type="button" className={controls.small} onClick={() => desk.openPlace(null, file, elsewhere.line)}>
        Show it
      </button>
    </div>
  )
}
