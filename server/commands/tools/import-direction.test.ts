import { expect, test } from 'vitest'
import { findBreaks } from './import-direction.ts'
import { PLANTS } from './planted-breaks.ts'

test.each(PLANTS)('$file with "$source" is a $verdict', ({ file, source, verdict }) => {
  expect(findBreaks(file, source).length > 0).toBe(verdict === 'break')
})

test('a break names its file, line and reason', () => {
  const source = "import { join } from 'node:path'\n\nimport type { Http } from '../edge/http.ts'\n"
  expect(findBreaks('server/src/runs/plan.ts', source)).toEqual([
    { file: 'server/src/runs/plan.ts', line: 3, specifier: '../edge/http.ts', reason: 'runs may not import edge' },
  ])
})

test('an import in a comment or a text is none', () => {
  const source = "// import '../edge/http.ts'\nexport const text = \"import '../edge/http.ts'\"\n"
  expect(findBreaks('server/src/runs/plan.ts', source)).toEqual([])
})

test('a test of the server may use a heavy library and the server, but not the page', () => {
  const source =
    "import { WebSocket } from 'ws'\nimport type { Driver } from '../sandbox/driver.ts'\nimport type { Page } from '../../../client/src/main.tsx'\n"
  expect(findBreaks('server/src/edge/socket.test.ts', source).map((found) => found.line)).toEqual([3])
})
