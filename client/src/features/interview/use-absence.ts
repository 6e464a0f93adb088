import { useEffect } from 'react'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'

/** Tells when the window is left and come back to, where that is recorded. */
export function useAbsence(desk: InterviewDesk, isRecorded: boolean): void {
  useEffect(() => {
    if (!isRecorded) return
    let wasAway = false
    const look = () => {
      const away = document.visibilityState === 'hidden' || !document.hasFocus()
      if (away === wasAway) return
      wasAway = away
      desk.act({ type: 'away', away })
    }
    window.addEventListener('blur', look)
    window.addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('blur', look)
      window.removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [desk, isRecorded])
}
