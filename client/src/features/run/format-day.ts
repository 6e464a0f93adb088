/** `29 December 2026`, in this browser's time zone. */
export function formatDay(epochMs: number): string {
  return new Date(epochMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}
