import { type Hook, type HookAnswer, NOT_FOUND, sameSecret } from '../../../core/base/hook.ts'
import type { Log } from '../../../core/base/log.ts'
import type { OnHint } from '../../../core/pay/provider.ts'
import { isReference, passOn } from '../hint.ts'
import { readNews } from './news.ts'

const BODY_LIMIT_BYTES = 64 * 1024

/** Safaricom advises against its own names in callback URLs (developer.safaricom.co.ke, C2B): no "mpesa" here. */
const PATH = '/hooks/payments/daraja'

const ACCEPTED: HookAnswer = {
  status: 200,
  type: 'application/json',
  body: JSON.stringify({ ResultCode: 0, ResultDesc: 'Accepted' }),
}

/** Where Safaricom may tell us of a reference. */
export const callbackUrl = (publicUrl: string, secret: string, reference: string): string =>
  `${publicUrl}${PATH}/${secret}/${reference}`

/**
 * The door for callbacks of pushes, payouts and reversals. They bear no signature and often not our reference, so
 * the path carries it. The body is asked only for Safaricom's name of the push, without which nothing can be asked,
 * and for its receipt; whether anything was paid it does not tell us. Answers 200 within a second.
 * @param onReceipt hears which receipt a push is said to have
 * @param onHint should ask for the status of that reference soon
 */
export function paymentHooks({
  secret,
  onReceipt,
  onHint,
  log,
}: {
  secret: string
  onReceipt: (handle: string, receipt: string) => void
  onHint: OnHint
  log: Log
}): Hook[] {
  const hear = async (reference: string, body: Buffer) => {
    const news = body.length <= BODY_LIMIT_BYTES ? readNews(body) : undefined
    if (news?.receipt && news.result === undefined) onReceipt(news.handle, news.receipt)
    // For the person who must look it up, since a program cannot.
    if (news?.result) log.info({ reference, ...news }, 'mpesa claims a result')
    await passOn(() => onHint(reference, news?.handle), reference, log)
  }
  return [
    {
      methods: ['POST'],
      path: `${PATH}/:secret/:reference`,
      answer: async ({ params, body }) => {
        const reference = params.reference?.toLowerCase()
        if (!sameSecret(params.secret, secret) || !isReference(reference)) return NOT_FOUND
        await hear(reference, body)
        return ACCEPTED
      },
    },
  ]
}
