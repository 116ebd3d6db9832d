import { type Answer, type Call, json, type Reply, type Route, route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import type { Mischief, World } from '../simulator.ts'
import { type Access, fault, notFound } from './access.ts'
import { magicRefund, type Plan, planned, thinkingMs } from './outcomes.ts'
import type { Payment, Payments } from './payments.ts'
import { type Ask, readAsk } from './request.ts'

/**
 * Refunds, which live in the Disbursement product: a part or the whole of a payment goes back, never more than came.
 * Source: momodeveloper.mtn.com, "Disbursement".
 */
export function disbursement(
  world: World,
  access: Access,
  ledger: Ledger<Payment>,
  payments: Payments,
  { faults, guard }: Mischief,
): Route[] {
  /** Why the books forbid this refund, if they do. */
  function forbidden(original: Payment | undefined, amount: number) {
    if (original?.kind !== 'collect' || original.status !== 'SUCCESSFUL') return 'RESOURCE_NOT_FOUND'
    const before = ledger
      .list()
      .filter(
        ({ referenceIdToRefund, status }) =>
          referenceIdToRefund === original.reference && status !== 'FAILED',
      )
      .reduce((sum, refund) => sum + Number(refund.amount), 0)
    return before + amount > Number(original.amount) ? 'NOT_ALLOWED' : undefined
  }

  function give(original: Payment | undefined, toRefund: string, ask: Ask): Answer {
    if (payments.find(ask.reference)) {
      return fault(409, 'RESOURCE_ALREADY_EXIST', 'Duplicated reference id. Creation of resource failed.')
    }
    const magic = magicRefund(toRefund, world.random)
    if (magic && 'code' in magic) return fault(magic.status, magic.code)
    const msisdn = original?.msisdn ?? ''
    const scenario = faults.plan('refund', msisdn)
    const reason = forbidden(original, Number(ask.amount))
    const waitMs = thinkingMs(world.random)
    const plan: Plan = reason ? { status: 'FAILED', reason, waitMs } : { status: 'SUCCESSFUL', waitMs }
    const wanted = !reason && scenario?.outcome ? planned(scenario, world.random) : plan
    payments.open('refund', msisdn, ask, scenario, magic ?? wanted)
    return { status: 202 }
  }

  function refund(call: Call): Reply | Promise<Reply> {
    const caller = access.admit('disbursement', call)
    if ('status' in caller) return caller
    const ask = readAsk(call, caller, world)
    if ('status' in ask) return ask
    const toRefund = ask.body.referenceIdToRefund
    if (typeof toRefund !== 'string') return fault(400, 'INVALID_REQUEST', 'referenceIdToRefund is missing')
    const original = payments.find(toRefund)
    return guard('refund', original?.msisdn ?? '', () => give(original, toRefund.toLowerCase(), ask))
  }

  function status(call: Call): Reply | Promise<Reply> {
    const caller = access.admit('disbursement', call)
    if ('status' in caller) return caller
    const payment = payments.find(call.params.reference ?? '')
    if (payment?.kind !== 'refund') return notFound
    return guard('refundStatus', payment.msisdn, () => json(200, payments.view(payment)))
  }

  return ['v1_0', 'v2_0'].flatMap((version) => [
    route('POST', `/mtn/disbursement/${version}/refund`, refund),
    route('GET', `/mtn/disbursement/${version}/refund/:reference`, status),
  ])
}
