import { useState } from 'react'
import { useNarrow } from './use-narrow.ts'

/** On a narrow screen the left column starts folded; on the narrowest everything is stacked and nothing folds. */
export function useFolded(): [boolean, (folded: boolean) => void] {
  const narrow = useNarrow('(max-width: 1200px)')
  const stacked = useNarrow('(max-width: 720px)')
  const [chosen, setChosen] = useState<{ folded: boolean; narrow: boolean } | null>(null)
  const folded = chosen && chosen.narrow === narrow ? chosen.folded : narrow
  return [folded && !stacked, (next) => setChosen({ folded: next, narrow })]
}
