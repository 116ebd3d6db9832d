import { type Hook, NOT_FOUND, sameSecret, text } from '../../../core/base/hook.ts'
import type { Log } from '../../../core/base/log.ts'

/** MTN gives up on us after two seconds. */
const HINT_WAIT_MS = 1_000

const REFERENCE = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * The door for MTN's callbacks. They bear no signature and not even the reference, so the path carries it, and
 * what the body says is never read: a callback only hints that it is time to ask. It comes as POST or PUT,
 * once or many times, or never. Answers 200 within a second whatever becomes of the hint.
 * @param onHint should ask for the status of that reference soon
 */
export function paymentHooks({
  secret,
  onHint,
  log,
}: {
  secret: string
  onHint: (reference: string) => Promise<void>
  log: Log
}): Hook[] {
  const tell = async (reference: string) => {
    try {
      await onHint(reference)
    } catch (error) {
      log.warn({ reference, err: error }, 'payment hint lost')
    }
  }
  return [
    {
      methods: ['POST', 'PUT'],
      path: '/hooks/payments/mtn/:secret/:reference',
      answer: async ({ params }) => {
        const reference = (params.reference ?? '').toLowerCase()
        if (!sameSecret(params.secret, secret) || !REFERENCE.test(reference)) return NOT_FOUND
        await atMost(HINT_WAIT_MS, tell(reference))
        return text(200, '')
      },
    },
  ]
}

async function atMost(waitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
