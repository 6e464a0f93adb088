import type { ReactElement } from 'react'
import styles from './icon.module.css'

/** Drawn on a 16 px grid in the colour of the text; the shape alone tells verdicts and code sites apart. */
const SHAPES = {
  passed: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M5 8.2l2.1 2.1L11 6.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  failed: (
    <>
      <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="2.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5.5 5.5l5 5m0-5l-5 5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  race: (
    <>
      <path d="M8 1v14" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2 2" />
      <path
        d="M1.5 4.5L5.5 8l-4 3.5M14.5 4.5l-4 3.5 4 3.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  deadlock: (
    <>
      <path
        d="M6.5 11H4.25A2.5 2.5 0 011.75 8.5v-3A2.5 2.5 0 014.25 3h3a2.5 2.5 0 012.5 2.5V7M9.5 5h2.25a2.5 2.5 0 012.5 2.5v3a2.5 2.5 0 01-2.5 2.5h-3a2.5 2.5 0 01-2.5-2.5V9"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </>
  ),
  leak: (
    <>
      <path
        d="M8 1.75C5.5 5 3.75 7.3 3.75 9.7a4.25 4.25 0 008.5 0C12.25 7.3 10.5 5 8 1.75z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </>
  ),
  panic: (
    <>
      <path d="M8 2L14.5 13.5h-13z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      <path d="M8 6.5v3M8 11.3v.2" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  timeout: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 4.5V8l2.5 1.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  void: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.5 2" />
      <path d="M4.5 11.5l7-7" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  compile: (
    <>
      <path
        d="M5 3L1.5 8 5 13M11 3l3.5 5L11 13M9 4.5l-2 7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeOpacity=".3" strokeWidth="1.5" />
      <path
        d="M8 1.75A6.25 6.25 0 0114.25 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
    </>
  ),
  queue: (
    <>
      <path d="M2 4h12M2 8h8M2 12h5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  wait: (
    <>
      <circle
        cx="8"
        cy="8"
        r="6.25"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray="1 3"
        strokeLinecap="round"
      />
    </>
  ),
  offline: (
    <>
      <path
        d="M2 6.5a9 9 0 0112 0M4.5 9.3a5.3 5.3 0 017 0M8 12.3v.2M2.5 13.5l11-11"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </>
  ),
  write: (
    <>
      <rect x="3" y="3" width="10" height="10" fill="currentColor" />
    </>
  ),
  read: (
    <>
      <circle cx="8" cy="8" r="4.75" fill="none" stroke="currentColor" strokeWidth="2.5" />
    </>
  ),
  go: (
    <>
      <path d="M4 2.5l9.5 5.5L4 13.5z" fill="currentColor" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M10.3 10.3L14 14" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  down: (
    <>
      <path
        d="M4.5 6.5L8 10l3.5-3.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  right: (
    <>
      <path
        d="M6.5 4.5L10 8l-3.5 3.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  left: (
    <>
      <path
        d="M9.5 4.5L6 8l3.5 3.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  x: (
    <>
      <path d="M4 4l8 8m0-8l-8 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  play: (
    <>
      <path d="M4.5 3l8 5-8 5z" fill="currentColor" />
    </>
  ),
  stop: (
    <>
      <rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" />
    </>
  ),
  side: (
    <>
      <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="2" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 3v10" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </>
  ),
  moon: (
    <>
      <path
        d="M13.5 9.5A6 6 0 016.5 2.5a6 6 0 107 7z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </>
  ),
  auto: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 2a6 6 0 010 12z" fill="currentColor" />
    </>
  ),
  plus: (
    <>
      <path d="M8 3v10M3 8h10" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  edit: (
    <>
      <path
        d="M3 13l.7-2.8L10.5 3.4l2.1 2.1-6.8 6.8z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </>
  ),
  blocked: (
    <>
      <path
        d="M4 2.5h8M4 13.5h8M5 2.5v2.3L8 8l3-3.2V2.5M5 13.5v-2.3L8 8l3 3.2v2.3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    </>
  ),
  memory: (
    <>
      <rect x="3.5" y="3.5" width="9" height="9" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M6 1.5v2M10 1.5v2M6 12.5v2M10 12.5v2M1.5 6h2M1.5 10h2M12.5 6h2M12.5 10h2"
        stroke="currentColor"
        strokeWidth="1.3"
      />
    </>
  ),
  output: (
    <>
      <path
        d="M2.5 4l3.5 4-3.5 4M8 12.5h5.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  pause: (
    <>
      <path d="M5.5 3.5v9M10.5 3.5v9" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5.25 7V5a2.75 2.75 0 015.5 0v2" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  link: (
    <>
      <path
        d="M6.5 9.5l3-3M7 4.5l1.5-1.5a3.2 3.2 0 014.5 4.5L11.5 9M9 11.5L7.5 13A3.2 3.2 0 013 8.5L4.5 7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </>
  ),
  flag: (
    <>
      <path
        d="M3.5 14V2.5H12l-2 3 2 3H3.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </>
  ),
} satisfies Record<string, ReactElement>

export type IconName = keyof typeof SHAPES

/** A decoration beside its word: hidden from screen readers. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg className={className ? `${styles.icon} ${className}` : styles.icon} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  )
}

/** The mark of the project. */
export function Logo() {
  return (
    <svg className={styles.logo} viewBox="0 0 24 24" aria-hidden="true">
      <path
        d="M4 6h7v4.5M20 18h-7v-4.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M4 18h4M16 6h4" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  )
}
