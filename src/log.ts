import pino from 'pino'
import type { Log } from './core/base/log.ts'

/** JSON lines on standard output, written in batches so that a hop never waits for a pipe. */
export function createLog(level: string): Log & { flush(): void } {
  const destination = pino.destination({ dest: 1, sync: false, minLength: 4096 })
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  const flushing = setInterval(() => destination.flush(), FLUSH_MS)
  flushing.unref()
  return {
    info: (fields, event) => log.info(fields, event),
    warn: (fields, event) => log.warn(fields, event),
    error: (fields, event) => log.error(fields, event),
    flush: () => destination.flushSync(),
  }
}

const FLUSH_MS = 500
