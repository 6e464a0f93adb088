import pino from 'pino'

/** The log of the server: one JSON object a line on stderr, so that stdout keeps the one line with the address. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>

export function createLog(level: string): pino.Logger {
  return pino(
    { level, base: null, serializers: { err: pino.stdSerializers.errWithCause } },
    pino.destination({ dest: 2, sync: true }),
  )
}
