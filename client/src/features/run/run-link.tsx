import type { Desk } from '../../state/desk.ts'
import type { KeptRuns, LinkState } from '../../state/kept-runs.ts'
import { pathOfRun } from '../../state/route.ts'
import { isOver, type RunState } from '../../state/run.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { formatDay } from './format-day.ts'
import styles from './verdict-header.module.css'

/** Where a run can be read, which is kept for that; null where the desk's runs have no address. Fails where it cannot be kept. */
export function linkTo(desk: Desk, run: RunState): Promise<string> | null {
  return desk.pathTo(run)?.then(absolute) ?? null
}

function absolute(path: string): string {
  return new URL(path, location.origin).href
}

/** Keeps a run on the server and puts the link to it onto the clipboard. Not offered before the run is over. */
export function CopyLink({ desk, run }: { desk: Desk; run: RunState }) {
  if (!isOver(run)) return null
  return (
    <CopyButton
      className={controls.small}
      testId="copy-link"
      title="Keeps this run on the server for 30 days; whoever has the link can read it"
      text={async () => (await linkTo(desk, run)) ?? ''}
    >
      Copy link
    </CopyButton>
  )
}

/** What became of the link to a run, who can read by it and until when, and the way to take it back. */
export function LinkNote({ links, run }: { links: KeptRuns; run: RunState }) {
  const link = useStore(links.states).get(run.description.id)
  return (
    <div aria-live="polite">
      {link && (
        <div
          className={`${controls.note} ${styles.note} ${link.type === 'failed' ? '' : styles.link}`}
          data-testid="link-note"
          data-link={link.type}
        >
          <Icon name={link.type === 'failed' ? 'panic' : 'passed'} />
          <span>
            {noteWords(link)} {link.type === 'kept' && <a href={pathOfRun(link.id)}>{absolute(pathOfRun(link.id))}</a>}
          </span>
          {link.type === 'kept' && (
            <button type="button" className={controls.small} onClick={() => void links.takeBack(run.description.id)}>
              Delete it
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function noteWords(link: LinkState): string {
  switch (link.type) {
    case 'keeping':
      return 'The run is being kept…'
    case 'kept':
      return `Code and results can be read until ${formatDay(link.expiresAt)} by whoever has this link:`
    case 'deleted':
      return 'The link opens nothing any more: the kept run was deleted.'
    case 'failed':
      return `There is no link to this run. ${link.sentence}`
  }
}
