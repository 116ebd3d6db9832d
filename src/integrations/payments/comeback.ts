import { createHmac } from 'node:crypto'
import { type Hook, NOT_FOUND, sameSecret, text } from '../../core/base/hook.ts'
import type { Log } from '../../core/base/log.ts'
import type { OnHint } from '../../core/pay/provider.ts'
import { isReference, passOn } from './hint.ts'

export type Comeback = {
  /** Where the payer's browser is to go once the provider's page is done with it. */
  url(reference: string): string
  hook(onHint: OnHint): Hook
}

/**
 * The door a payer's browser comes back to from a provider's page. Strangers see its address, so it holds no secret
 * but a proof that we made it for that reference. What the browser says is never read: it only hints that it is time
 * to ask, and may come twice, early, without having paid, or never.
 * @param publicUrl where browsers reach us, without a slash at the end
 * @param words what the browser shows then
 */
export function createComeback({
  name,
  publicUrl,
  secret,
  words,
  log,
}: {
  name: string
  publicUrl: string
  secret: string
  words: string
  log: Log
}): Comeback {
  const proofOf = (reference: string) =>
    createHmac('sha256', secret).update(`${name} ${reference}`).digest('base64url')
  return {
    url: (reference) => `${publicUrl}/hooks/payments/${name}/${proofOf(reference)}/${reference}`,
    hook: (onHint) => ({
      methods: ['GET', 'POST'],
      path: `/hooks/payments/${name}/:proof/:reference`,
      answer: async ({ params: { proof, reference } }) => {
        if (!isReference(reference) || !sameSecret(proof, proofOf(reference))) return NOT_FOUND
        await passOn(() => onHint(reference), reference, log)
        return text(200, words)
      },
    }),
  }
}
