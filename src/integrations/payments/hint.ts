import type { Log } from '../../core/base/log.ts'

/** Providers give up on us after two seconds or more. */
const HINT_WAIT_MS = 1_000

/**
 * Passes a hint on, and waits a second for it at most.
 * @returns false when it is known to be lost; never throws
 */
export async function passOn(hint: () => Promise<void>, reference: string, log: Log): Promise<boolean> {
  const told = async () => {
    try {
      await hint()
      return true
    } catch (error) {
      log.warn({ reference, err: error }, 'payment hint lost')
      return false
    }
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), HINT_WAIT_MS)
  })
  return Promise.race([told(), late]).finally(() => clearTimeout(timer))
}

const REFERENCE = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a stranger's text has the form of our references. */
export const isReference = (text: string | undefined): text is string =>
  text !== undefined && REFERENCE.test(text)
