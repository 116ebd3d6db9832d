import { AsyncLocalStorage } from 'node:async_hooks'

const current = new AsyncLocalStorage<string>()

/** Has every log line of `work`, however deep, carry the booking it is done for. */
export const correlated = <T>(root: string, work: () => T): T =>
  root === '' ? work() : current.run(root, work)

/** The booking that the present work is done for, if any. */
export const correlation = (): string | undefined => current.getStore()
