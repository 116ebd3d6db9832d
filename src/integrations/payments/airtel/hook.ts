import { z } from 'zod'
import { type Hook, NOT_FOUND, sameSecret, text } from '../../../core/base/hook.ts'
import { jsonOf } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { OnHint } from '../../../core/pay/provider.ts'
import { isReference, passOn } from '../hint.ts'
import { isHashOf } from './seal.ts'

/** A callback is a few hundred characters; nobody searches a larger one. */
const BODY_LIMIT_BYTES = 16 * 1024

const News = z.object({ transaction: z.looseObject({ id: z.string() }), hash: z.string().optional() })

/**
 * The door for Airtel's callbacks. Its address is written once into Airtel's portal, so the reference is in the
 * body: the one thing that is read of it, as a hint to ask. A hash that does not fit is told to the log and the
 * question asked all the same, for how Airtel writes what it hashes is not certain, and asking harms nobody.
 * Answers 200 within a second whatever becomes of the hint.
 * @param hashKey the application's private key; null when callbacks bear no hash
 */
export function airtelHooks({
  secret,
  hashKey,
  onHint,
  log,
}: {
  secret: string
  hashKey: string | null
  onHint: OnHint
  log: Log
}): Hook[] {
  return [
    {
      methods: ['POST'],
      path: '/hooks/payments/airtel/:secret',
      answer: async ({ params, body }) => {
        if (!sameSecret(params.secret, secret)) return NOT_FOUND
        const raw = body.length > BODY_LIMIT_BYTES ? '' : body.toString('utf8')
        const { data } = News.safeParse(jsonOf(raw))
        const reference = data?.transaction.id.toLowerCase()
        if (!isReference(reference)) {
          log.warn({ bytes: body.length }, 'airtel callback without a reference')
          return text(200, '')
        }
        if (hashKey !== null && !isGenuine(raw, hashKey))
          log.warn({ reference }, 'airtel callback with a wrong hash')
        await passOn(() => onHint(reference), reference, log)
        return text(200, '')
      },
    },
  ]
}

/**
 * Whether the hash of a callback is that of its transaction: as it came, to the letter, or written again without
 * spaces, which is how Airtel's samples make it.
 */
export function isGenuine(raw: string, key: string): boolean {
  const { data } = News.safeParse(jsonOf(raw))
  if (data?.hash === undefined) return false
  const asCame = rawTransaction(raw)
  const again = JSON.stringify(data.transaction)
  return isHashOf(asCame === undefined ? [again] : [asCame, again], data.hash, key)
}

/** The text of the transaction in the body, from brace to brace. */
function rawTransaction(raw: string): string | undefined {
  const from = /"transaction"\s*:\s*(?=\{)/.exec(raw)
  if (!from) return undefined
  const start = from.index + from[0].length
  let depth = 0
  let inText = false
  for (const token of raw.slice(start).matchAll(/\\[\s\S]|["{}]/g)) {
    if (token[0] === '"') inText = !inText
    if (inText) continue
    if (token[0] === '{') depth += 1
    if (token[0] === '}') depth -= 1
    if (depth === 0) return raw.slice(start, start + token.index + 1)
  }
  return undefined
}
