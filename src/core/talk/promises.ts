import { LIMITS } from '../base/limits.ts'

/** Does what somebody was promised. Throws when it failed too often, or too much is promised already. */
export type Keep = (work: () => Promise<void>) => Promise<void>

/**
 * What was promised while the database was away is kept once it is back: rather twice than never. A few are tried again
 * and again, and the others wait behind them, so that who is away is not asked by thousands.
 */
export function createPromises(waitMs: number = LIMITS.promiseWaitMs): Keep {
  const waiting: (() => void)[] = []
  let atWork = 0
  return async (work) => {
    if (atWork < LIMITS.promisesAtOnce) atWork += 1
    else if (waiting.length >= LIMITS.promises) throw new Error('too much is promised already')
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      await insist(work, waitMs)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else atWork -= 1
    }
  }
}

async function insist(work: () => Promise<void>, waitMs: number): Promise<void> {
  for (let tries = 1; tries < LIMITS.promiseTries; tries += 1) {
    const isKept = await work().then(
      () => true,
      () => false,
    )
    if (isKept) return
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
  await work()
}
