import type { ExerciseSummary } from '@sandbox/protocol'
import { type Filters, filterChoices, isFiltered, NO_FILTERS, withFilter } from '../../state/filters.ts'
import controls from '../../ui/controls.module.css'
import styles from './exercise-picker.module.css'

/** What the list is narrowed to: one choice for each property, reached with Tab from the search. */
export function FilterRow(props: { list: ExerciseSummary[]; filters: Filters; onFilter: (filters: Filters) => void }) {
  const { list, filters, onFilter } = props
  return (
    <div className={styles.filters}>
      {filterChoices(list).map(({ name, label, values }) => (
        <select
          key={name}
          aria-label={`Filter by ${label}`}
          className={filters[name] === null ? undefined : styles.chosen}
          data-testid={`filter-${name}`}
          value={filters[name] ?? ''}
          onChange={(event) => onFilter(withFilter(filters, name, event.target.value))}
        >
          <option value="">any {label}</option>
          {values.map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </select>
      ))}
      {isFiltered(filters) && (
        <button type="button" className={controls.small} onClick={() => onFilter(NO_FILTERS)}>
          Clear
        </button>
      )}
    </div>
  )
}
