import type { Answer, Call, Reply, Route } from '../http.ts'
import { route } from '../http.ts'
import { fault } from './access.ts'
import { magicRefund, magicTransfer } from './magic.ts'
import { duplicated, type Office, telling } from './office.ts'
import { type Plan, planned, TRANSFER_ENDINGS, thinkingMs } from './outcomes.ts'
import type { Payment } from './payments.ts'
import { type Ask, msisdnIn, readAsk } from './request.ts'

/**
 * The Disbursement product: transfers to a person, and refunds, of which a part or the whole of a payment goes back,
 * never more than came. Both come out of the float.
 * Source: momodeveloper.mtn.com, "Disbursement".
 */
export function disbursement(office: Office): Route[] {
  const { world, access, ledger, payments } = office
  const { faults, guard } = office.mischief
  const settled = (): Plan => ({ status: 'SUCCESSFUL', waitMs: thinkingMs(world.random) })

  function pay(msisdn: string, ask: Ask): Answer {
    if (payments.find(ask.reference)) return duplicated
    const magic = magicTransfer(msisdn, world.random)
    if (magic && 'code' in magic) return fault(magic.status, magic.code)
    const scenario = faults.plan('transfer', msisdn)
    const wanted = scenario?.outcome ? planned(scenario, world.random, TRANSFER_ENDINGS) : undefined
    payments.open('transfer', msisdn, ask, scenario, wanted ?? magic ?? settled())
    return { status: 202 }
  }

  function transfer(call: Call): Reply | Promise<Reply> {
    const caller = access.admit('disbursement', call)
    if ('status' in caller) return caller
    const ask = readAsk(call, caller, world)
    if ('status' in ask) return ask
    const msisdn = msisdnIn(ask.body.payee)
    if (!msisdn)
      return fault(400, 'INVALID_REQUEST', 'payee must be {partyIdType: "MSISDN", partyId: digits without +}')
    return guard('transfer', msisdn, () => pay(msisdn, ask))
  }

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
    if (payments.find(ask.reference)) return duplicated
    const magic = magicRefund(toRefund, world.random)
    if (magic && 'code' in magic) return fault(magic.status, magic.code)
    const msisdn = original?.msisdn ?? ''
    const scenario = faults.plan('refund', msisdn)
    const reason = forbidden(original, Number(ask.amount))
    const plan: Plan = reason ? { ...settled(), status: 'FAILED', reason } : settled()
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

  const path = '/mtn/disbursement'
  return [
    route('POST', `${path}/v1_0/transfer`, transfer),
    route(
      'GET',
      `${path}/v1_0/transfer/:reference`,
      telling(office, 'disbursement', 'transfer', 'transferStatus'),
    ),
    ...['v1_0', 'v2_0'].flatMap((version) => [
      route('POST', `${path}/${version}/refund`, refund),
      route(
        'GET',
        `${path}/${version}/refund/:reference`,
        telling(office, 'disbursement', 'refund', 'refundStatus'),
      ),
    ]),
  ]
}
