import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../../core/base/http.ts'

const Text = z.union([z.string(), z.number()]).transform(String).nullish()
/** Samples show `false` where there is no name. */
const Name = z.string().min(1).optional().catch(undefined)

const Body = z.object({
  data: z
    .object({
      transaction: z.object({ id: Name, airtel_money_id: Name, status: z.string().nullish() }).nullish(),
    })
    .nullish(),
  status: z
    .object({
      code: Text,
      response_code: Text,
      result_code: Text,
      success: z.boolean().nullish(),
      message: z.string().nullish(),
    })
    .nullish(),
  // What the router says when it lets nothing through.
  status_code: Text,
})

/** What Airtel said, of all the shapes in which it says it. */
export type Said = {
  readonly httpStatus: number
  readonly codes: readonly string[]
  /** `TS`, `TF`, `TIP`, `TA`, `TE`, or `SUCCESS` for "taken". */
  readonly letter: string | undefined
  readonly id: string | undefined
  readonly airtelMoneyId: string | undefined
  readonly success: boolean | undefined
  readonly message: string
}

/** Undefined when nothing was said that can be believed: no answer, a server in trouble, no JSON, another shape. */
export function said(answer: HttpAnswer): Said | undefined {
  if (answer.kind !== 'answer' || answer.status >= 500 || answer.status === 408) return undefined
  const { data } = Body.safeParse(jsonOf(answer.body))
  if (!data) return undefined
  const { status } = data
  const transaction = data.data?.transaction
  return {
    httpStatus: answer.status,
    codes: [status?.code, status?.response_code, status?.result_code, data.status_code].filter(
      (code) => typeof code === 'string',
    ),
    letter: transaction?.status ?? undefined,
    id: transaction?.id,
    airtelMoneyId: transaction?.airtel_money_id,
    success: status?.success ?? undefined,
    message: status?.message ?? '',
  }
}

/** Whether an answer speaks of a provider in trouble, rather than of one payer. */
export function isTrouble(answer: HttpAnswer): boolean {
  if (answer.kind !== 'answer' || jsonOf(answer.body) === undefined) return true
  return answer.status >= 500 || [401, 403, 408, 429].includes(answer.status)
}
