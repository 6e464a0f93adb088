import type { Guide } from '@sandbox/protocol'
import { freshId, type GuideDraft, LIST_TITLES, type ListName } from '../../state/interview/guide-draft.ts'
import { TextField } from './edit-field.tsx'
import { EditList } from './edit-list.tsx'
import type { ProblemAt } from './edit-question.tsx'
import styles from './guide-editor.module.css'

interface ListProps {
  draft: GuideDraft
  problemAt: ProblemAt
  onChange: (draft: GuideDraft) => void
}

/** A list of the whole guide: flags of one colour, or what to do before the start. */
export function EditWholeList({ list, ...props }: ListProps & { list: ListName }) {
  const whole = props.problemAt(list)
  return (
    <>
      {whole !== undefined && <p className={styles.problem}>{whole}</p>}
      {list === 'preparation' ? <EditPreparation {...props} /> : <EditFlags list={list} {...props} />}
    </>
  )
}

function EditPreparation({ draft, problemAt, onChange }: ListProps) {
  return (
    <EditList
      title={`${LIST_TITLES.preparation}: what the interviewer does`}
      one="step"
      items={draft.preparation}
      make={() => ({ id: freshId('step', idsOf(draft.preparation)), text: '' })}
      onChange={(preparation) => onChange({ ...draft, preparation })}
    >
      {(item, index, set) => (
        <TextField
          label={`Step ${index + 1}`}
          rows={2}
          value={item.text}
          place={`preparation/${index}/text`}
          problem={problemAt(`preparation/${index}/text`)}
          onChange={(text) => set({ ...item, text })}
        />
      )}
    </EditList>
  )
}

const COLOURS = {
  greenFlags: { one: 'green flag', says: 'speaks for hiring' },
  redFlags: { one: 'red flag', says: 'a concern' },
} as const

/** A card names a flag by its id alone: a new one has an id that no flag of either colour has. */
function EditFlags({ draft, list, problemAt, onChange }: ListProps & { list: keyof typeof COLOURS }) {
  const { one, says } = COLOURS[list]
  const taken = idsOf([...draft.greenFlags, ...draft.redFlags])
  return (
    <EditList<Guide['greenFlags'][number]>
      title={`${LIST_TITLES[list]}: each ${says}`}
      one={one}
      items={draft[list]}
      make={() => ({ id: freshId(one.replace(' ', '-'), taken), title: '', text: '' })}
      onChange={(flags) => onChange({ ...draft, [list]: flags })}
    >
      {(flag, index, set) => {
        const at = (field: string) => ({
          place: `${list}/${index}/${field}`,
          problem: problemAt(`${list}/${index}/${field}`),
        })
        return (
          <>
            <TextField
              label={`Flag ${index + 1}`}
              value={flag.title}
              {...at('title')}
              onChange={(title) => set({ ...flag, title })}
            />
            <TextField
              label="What it means"
              rows={2}
              value={flag.text}
              {...at('text')}
              onChange={(text) => set({ ...flag, text })}
            />
          </>
        )
      }}
    </EditList>
  )
}

function idsOf(list: readonly { id: string }[]): string[] {
  return list.map(({ id }) => id)
}
