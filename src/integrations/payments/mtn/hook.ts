import { type Hook, NOT_FOUND, sameSecret, text } from '../../../core/base/hook.ts'
import type { Log } from '../../../core/base/log.ts'
import type { OnHint } from '../../../core/pay/provider.ts'
import { isReference, passOn } from '../hint.ts'

/**
 * The door for MTN's callbacks. They bear no signature and not even the reference, so the path carries it, and
 * what the body says is never read: a callback only hints that it is time to ask. It comes as POST or PUT,
 * once or many times, or never. Answers 200 within a second whatever becomes of the hint: MTN gives up after two.
 * @param onHint should ask for the status of that reference soon
 */
export function paymentHooks({ secret, onHint, log }: { secret: string; onHint: OnHint; log: Log }): Hook[] {
  return [
    {
      methods: ['POST', 'PUT'],
      path: '/hooks/payments/mtn/:secret/:reference',
      answer: async ({ params }) => {
        const reference = params.reference?.toLowerCase()
        if (!sameSecret(params.secret, secret) || !isReference(reference)) return NOT_FOUND
        await passOn(() => onHint(reference), reference, log)
        return text(200, '')
      },
    },
  ]
}
