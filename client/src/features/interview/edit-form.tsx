import type { GuidePart, GuideQuestion } from '@sandbox/protocol'
import { findPlace, type GuideDraft, type Place } from '../../state/interview/guide-draft.ts'
import { EditPart, EditWhole } from './edit-part.tsx'
import { EditQuestion } from './edit-question.tsx'

/** The form of a place: the whole guide, a part, or a question. What is not there any more shows the whole. */
export function EditForm(props: {
  draft: GuideDraft
  place: Place
  problems: ReadonlyMap<Place, string>
  onChange: (draft: GuideDraft) => void
}) {
  const { draft, place, problems, onChange } = props
  const problemAt = (at: Place) => problems.get(at)
  const found = findPlace(draft, place)
  if (!found) return <EditWhole draft={draft} problemAt={problemAt} onChange={onChange} />
  const { part, index, list, at } = found
  const putPart = (next: GuidePart) => onChange({ ...draft, parts: draft.parts.with(index, next) })
  const question = list && part[list][at]
  if (!list || !question)
    return <EditPart part={part} place={`parts/${index}`} problemAt={problemAt} onChange={putPart} />
  return (
    <EditQuestion
      key={question.id}
      question={question}
      place={`parts/${index}/${list}/${at}`}
      problemAt={problemAt}
      onChange={(next: GuideQuestion) => putPart({ ...part, [list]: part[list].with(at, next) })}
    />
  )
}
