import { z } from 'zod'
import { jsonOf } from '../../../core/base/http.ts'

/** Ten capitals and digits; what a push is called has another form. */
const RECEIPT = /^[A-Z0-9]{10}$/
const HANDLE = /^[A-Za-z0-9_-]{1,64}$/

export const isReceipt = (text: string): boolean => RECEIPT.test(text)

const handle = z.string().regex(HANDLE)
const code = z.union([z.string(), z.number()]).transform(String)
const item = z.object({ Name: z.string(), Value: z.unknown().optional() })

const Push = z.object({
  Body: z.object({
    stkCallback: z.object({
      CheckoutRequestID: handle,
      // What is odd in it must not cost us the name.
      CallbackMetadata: z
        .object({ Item: z.array(item) })
        .optional()
        .catch(undefined),
    }),
  }),
})
const Result = z.object({
  Result: z.object({
    ConversationID: handle,
    ResultCode: code,
    TransactionID: z.string().regex(RECEIPT).optional().catch(undefined),
  }),
})

/** What a callback claims. Nobody signed it. */
export type News = {
  /** Safaricom's name for what it is about. */
  readonly handle: string
  readonly receipt: string | undefined
  /** How a payout or reversal ended; it can be asked after by nobody but a person. */
  readonly result: string | undefined
}

/**
 * Reads a callback of a push, payout or reversal; undefined for anything else. A payout that was too long in the
 * queue comes back as our own request, which says nothing.
 */
export function readNews(body: Buffer): News | undefined {
  const json = jsonOf(body.toString('utf8'))
  const push = Push.safeParse(json).data?.Body.stkCallback
  if (push) {
    const named = push.CallbackMetadata?.Item.find(({ Name }) => Name === 'MpesaReceiptNumber')?.Value
    const receipt = typeof named === 'string' && isReceipt(named) ? named : undefined
    return { handle: push.CheckoutRequestID, receipt, result: undefined }
  }
  const result = Result.safeParse(json).data?.Result
  return result && { handle: result.ConversationID, receipt: result.TransactionID, result: result.ResultCode }
}
