import type { Gather } from './wire.ts'

/** What the other side listens for; `timeout` is seconds. */
export interface Expects {
  numDigits?: number
  finishOnKey?: string
  timeout: number
}

export function expectsOf({ numDigits, finishOnKey, timeoutS }: Gather): Expects {
  return {
    ...(numDigits !== undefined && { numDigits }),
    ...(finishOnKey !== undefined && { finishOnKey }),
    timeout: timeoutS,
  }
}

/**
 * The digits kept after `keys` are pressed on top of `typed`, and whether that is all that was wanted. Keys past
 * `numDigits` and after `finishOnKey` are lost; when neither is set, one burst of keys is the whole. An empty
 * `finishOnKey` is no key.
 */
export function gather(wanted: Gather, typed: string, keys: string): { typed: string; done: boolean } {
  const { numDigits = Number.POSITIVE_INFINITY, finishOnKey } = wanted
  const all = typed + keys
  const cut = !finishOnKey ? -1 : all.indexOf(finishOnKey)
  const kept = (cut === -1 ? all : all.slice(0, cut)).slice(0, numDigits)
  const endless = wanted.numDigits === undefined && !finishOnKey
  return { typed: kept, done: cut !== -1 || kept.length >= numDigits || endless }
}
