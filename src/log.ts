import pino from 'pino'
import { correlation } from './core/base/correlation.ts'
import type { Log } from './core/base/log.ts'

/**
 * JSON lines, written in batches so that a hop never waits for a pipe.
 * @param file where to; standard output when not given
 */
export function createLog(level: string, file?: string): Log & { flush(): void } {
  const destination = pino.destination({ dest: file ?? 1, mkdir: true, sync: false, minLength: 4096 })
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      mixin: correlationOf,
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

const correlationOf = (): { booking?: string } => {
  const booking = correlation()
  return booking ? { booking } : {}
}

const FLUSH_MS = 500
