import { InterviewReport } from '@sandbox/protocol'
import { assertNever } from '../../assert-never.ts'
import { htmlReport } from './html-report.ts'
import { markdownReport } from './markdown-report.ts'

export const REPORT_FORMATS = ['html', 'md', 'json'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** A report as a file, with the type that it is sent as. */
export function renderReport(report: InterviewReport, format: ReportFormat): { type: string; text: string } {
  switch (format) {
    case 'html':
      return { type: 'text/html; charset=utf-8', text: htmlReport(report) }
    case 'md':
      return { type: 'text/markdown; charset=utf-8', text: markdownReport(report) }
    case 'json':
      return {
        type: 'application/json; charset=utf-8',
        text: `${JSON.stringify(InterviewReport.parse(report), null, 2)}\n`,
      }
    default:
      return assertNever(format)
  }
}
