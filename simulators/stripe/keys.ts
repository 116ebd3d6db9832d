import type { Clock } from '../clock.ts'
import { type Answer, type Call, header } from '../http.ts'
import { fault } from './request.ts'

const KEPT_MS = 24 * 3_600_000
const MAX_KEYS = 50_000
const MAX_KEY = 255
/** How long work takes, so that two with one key can meet. */
const WORK_MS = 5

interface Kept {
  at: number
  print: string
  /** Undefined while the work is being done. */
  answer: Answer | undefined
}

/**
 * Idempotency as Stripe has it: the first answer under a key is kept for a day once its work was begun, a 500 too, and
 * is given again; another request under the key is refused, and so is one at the same moment. What was not valid is
 * not kept. Source: docs.stripe.com/api/idempotent_requests.
 */
export function createKeys(clock: Clock) {
  const kept = new Map<string, Kept>()

  function known(key: string, print: string): Answer | undefined {
    const former = kept.get(key)
    if (!former) return undefined
    if (former.print !== print) return fault(400, REUSED, undefined, 'idempotency_error')
    if (!former.answer) return fault(409, BUSY, 'idempotency_key_in_use', 'idempotency_error')
    const headers = { ...former.answer.headers, 'idempotent-replayed': 'true' }
    return { ...former.answer, headers }
  }

  /** `check` answers what is wrong with a request, if anything is; `work` is done at most once a key. */
  return async (call: Call, check: () => Answer | undefined, work: () => Answer): Promise<Answer> => {
    const key = header(call, 'idempotency-key')
    if (key === undefined || key === '') return check() ?? work()
    if (key.length > MAX_KEY) return fault(400, 'The idempotency key is too long.')
    for (const [old, { at }] of kept) {
      if (clock.now() - at < KEPT_MS && kept.size < MAX_KEYS) break
      kept.delete(old)
    }
    const print = `${call.method} ${call.path} ${call.raw.toString('utf8')}`
    const former = known(key, print)
    if (former) return former
    const wrong = check()
    if (wrong) return wrong
    const mine: Kept = { at: clock.now(), print, answer: undefined }
    kept.set(key, mine)
    await clock.sleep(WORK_MS)
    mine.answer = work()
    return mine.answer
  }
}

const REUSED =
  'Keys for idempotent requests can only be used with the same parameters they were first used with.'
const BUSY = 'There is currently another in-progress request using this idempotency key.'
