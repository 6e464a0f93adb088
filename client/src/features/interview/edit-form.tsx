import type { GuidePart, GuideQuestion, ScoredSection } from '@sandbox/protocol'
import { findPlace, type GuideDraft, listAt, type Place, sectionAt } from '../../state/interview/guide-draft.ts'
import { EditPart, EditWhole } from './edit-part.tsx'
import { EditQuestion } from './edit-question.tsx'
import { EditSection } from './edit-section.tsx'
import { EditWholeList } from './edit-whole-list.tsx'

interface FormProps {
  draft: GuideDraft
  place: Place
  problems: ReadonlyMap<Place, string>
  onChange: (draft: GuideDraft) => void
}

/**
 * The form of a place: the whole guide, a section, a list of the guide, a part, or a question. What is not there any more
 * shows the whole.
 */
export function EditForm(props: FormProps) {
  const { draft, place, problems, onChange } = props
  const problemAt = (at: Place) => problems.get(at)
  const list = listAt(place)
  const index = sectionAt(draft, place)
  const section = index === null ? undefined : draft.sections[index]
  if (list) return <EditWholeList {...{ draft, list, problemAt, onChange }} />
  if (index === null || !section) return <EditPartOrQuestion {...props} />
  const put = (next: ScoredSection) => onChange({ ...draft, sections: draft.sections.with(index, next) })
  return <EditSection key={section.id} section={section} place={place} problemAt={problemAt} onChange={put} />
}

function EditPartOrQuestion({ draft, place, problems, onChange }: FormProps) {
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
