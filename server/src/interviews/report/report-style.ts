/** For a screen and for A4, light only. The colours are those of the page's light scheme. */
export const REPORT_STYLE = `
@page { size: A4; margin: 16mm 15mm 18mm; }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
html { color-scheme: light; background: #fff; color: #171b21; font: 13px/20px ui-sans-serif, system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 180mm; margin: 0 auto; padding: 24px 16px; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, p, ul, dl, dd { margin: 0; }
h1 { font-size: 24px; line-height: 32px; }
h2 { font-size: 16px; line-height: 24px; margin: 28px 0 8px; padding-bottom: 4px; border-bottom: 1px solid #d5dae0; }
h3 { font-size: 13px; line-height: 20px; margin: 16px 0 4px; }
h4 { font-size: 13px; line-height: 20px; font-weight: 600; margin: 8px 0 4px; }
h5 { font-size: 11px; line-height: 16px; font-weight: 500; color: #5a6471; }
h2, h3, h4, h5 { break-after: avoid; }
.kind, dt, th, .none, .plan, .total, time { color: #5a6471; }
.plan, .total { font-weight: 400; }
.none { font-style: italic; }
header dl { display: grid; grid-template-columns: repeat(3, auto); gap: 8px 24px; margin-top: 12px; }
dt { font-size: 11px; line-height: 16px; font-weight: 500; }
code, pre { font-family: ui-monospace, monospace; font-size: 12px; }
table { width: 100%; border-collapse: collapse; margin: 8px 0; }
th { text-align: left; font-size: 11px; line-height: 16px; font-weight: 500; white-space: nowrap; }
thead { display: table-header-group; }
th, td { padding: 4px 12px 4px 0; vertical-align: top; }
td { border-top: 1px solid #e5e8ec; }
tr, li { break-inside: avoid; }
.number, time { font-variant-numeric: tabular-nums; white-space: nowrap; }
.parts { width: auto; }
.runs td:last-child { width: 50%; }
.verdict { font-weight: 600; white-space: nowrap; color: #4b545f; }
.passed { color: #17673a; }
.failed, .compile-error, .rejected { color: #ae2019; }
.race { color: #934400; }
.deadlock { color: #66399b; }
.leak { color: #0a5f71; }
.panic { color: #9b1656; }
.timeout, .out-of-memory, .output-limit { color: #6f5100; }
.card { margin-bottom: 20px; }
.result { margin: 0 4px; padding: 0 8px; border: 1px solid; border-radius: 4px; white-space: nowrap; }
.result.pass { color: #17673a; background: #e8f5ed; border-color: #9ccfb2; }
.result.fail { color: #ae2019; background: #fcecea; border-color: #e6aca8; }
.result.incomplete { color: #4b545f; background: #eef0f3; border-color: #bcc3cc; }
.sections > tbody > tr > td:first-child { width: 34%; }
.sections th:last-child { width: 42%; }
.bar { display: block; width: 100%; max-width: 200px; margin-top: 4px; }
.bar .weak { fill: #eceff2; }
.bar .adequate { fill: #d5dae0; }
.bar .strong { fill: #b3bcc7; }
.bar .exceptional { fill: #8a95a3; }
.bar .least { stroke: #171b21; stroke-width: 1; stroke-dasharray: 1.5 1.5; }
.bar .value { fill: #1b5bb8; }
ul { padding-left: 16px; }
.reasons { margin: 4px 0; }
.evidence, .moments { list-style: none; padding: 0; }
.evidence li { margin-top: 4px; }
.question { display: grid; grid-template-columns: 1fr 1fr; gap: 0 24px; padding: 4px 0 8px; border-top: 1px solid #e5e8ec; }
.question h4, .question .wide { grid-column: 1 / -1; }
.said { list-style: '✓ '; }
.not-said { list-style: '– '; color: #454e5a; }
.moments div { display: grid; grid-template-columns: 132px 1fr; gap: 12px; padding: 4px 0; break-inside: avoid; }
.moments dt { line-height: 20px; }
.prose { white-space: pre-wrap; }
.apart { break-before: page; }
.code { margin: 4px 0 12px; border: 1px solid #e5e8ec; background: #f8f9fa; }
.code td { padding: 0 8px; border: 0; }
.code .no { width: 1px; text-align: right; color: #5a6471; font: 12px/16px ui-monospace, monospace; white-space: nowrap; user-select: none; }
.code pre { margin: 0; line-height: 16px; white-space: pre-wrap; tab-size: 4; min-height: 16px; }
.jump { color: #1b5bb8; font-size: 11px; font-weight: 400; }
@media print { main { max-width: none; padding: 0; } .jump { display: none; } }
@media (max-width: 600px) { header dl, .question { grid-template-columns: 1fr; } }
`
