import { type Answer, type Call, json, type Reply, type Route, route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { isRecord } from '../read.ts'
import type { Mischief, World } from '../simulator.ts'
import { type Access, fault, notFound } from './access.ts'
import { magicFault, magicHolder, magicPlan, planned } from './outcomes.ts'
import type { Payment, Payments } from './payments.ts'
import { type Ask, readAsk } from './request.ts'

const FLOAT_RWF = 1_000_000
const MSISDN = /^[1-9]\d{7,14}$/

/**
 * The Collection product: request to pay, its status, the account's balance, whether a payer is active.
 * Source: momodeveloper.mtn.com, "Collection".
 */
export function collection(
  world: World,
  access: Access,
  ledger: Ledger<Payment>,
  payments: Payments,
  { faults, guard }: Mischief,
): Route[] {
  const statusFull = createLimit(world)

  function requestToPay(msisdn: string, ask: Ask): Answer {
    if (payments.find(ask.reference)) {
      return fault(409, 'RESOURCE_ALREADY_EXIST', 'Duplicated reference id. Creation of resource failed.')
    }
    const refused = magicFault(msisdn)
    if (refused) return fault(refused.status, refused.code)
    const scenario = faults.plan('collect', msisdn)
    const plan = scenario?.outcome ? planned(scenario, world.random) : magicPlan(msisdn, world.random)
    payments.open('collect', msisdn, ask, scenario, plan)
    return { status: 202 }
  }

  function collect(call: Call): Reply | Promise<Reply> {
    const caller = access.admit('collection', call)
    if ('status' in caller) return caller
    const ask = readAsk(call, caller, world)
    if ('status' in ask) return ask
    const { payer } = ask.body
    const msisdn = isRecord(payer) && payer.partyIdType === 'MSISDN' ? payer.partyId : undefined
    if (typeof msisdn !== 'string' || !MSISDN.test(msisdn)) {
      return fault(400, 'INVALID_REQUEST', 'payer must be {partyIdType: "MSISDN", partyId: digits without +}')
    }
    return guard('collect', msisdn, () => requestToPay(msisdn, ask))
  }

  function status(call: Call): Reply | Promise<Reply> {
    const caller = access.admit('collection', call)
    if ('status' in caller) return caller
    if (statusFull())
      return json(429, { statusCode: 429, message: 'Rate limit is exceeded. Try again in 1 seconds.' })
    const payment = payments.find(call.params.reference ?? '')
    if (payment?.kind !== 'collect') return notFound
    return guard('status', payment.msisdn, () => json(200, payments.view(payment)))
  }

  function balance(call: Call): Answer {
    const caller = access.admit('collection', call)
    if ('status' in caller) return caller
    const moved = ledger.list().filter((payment) => payment.status === 'SUCCESSFUL')
    const gain = moved.reduce(
      (sum, { kind, amount }) => sum + Number(amount) * (kind === 'collect' ? 1 : -1),
      0,
    )
    return json(200, { availableBalance: String(FLOAT_RWF + gain), currency: caller.currency })
  }

  function holder(call: Call): Reply | Promise<Reply> {
    const caller = access.admit('collection', call)
    if ('status' in caller) return caller
    const msisdn = call.params.msisdn ?? ''
    const magic = magicHolder(msisdn)
    if (magic) return fault(magic.status, magic.code)
    const absent = magic === false || faults.peek('collect', msisdn)?.outcome === 'not_found'
    return guard('holder', msisdn, () => json(200, { result: !absent }))
  }

  return [
    route('POST', '/mtn/collection/v1_0/requesttopay', collect),
    route('GET', '/mtn/collection/v1_0/requesttopay/:reference', status),
    route('GET', '/mtn/collection/v1_0/account/balance', balance),
    route('GET', '/mtn/collection/v1_0/accountholder/msisdn/:msisdn/active', holder),
  ]
}

/** Answers true when more than `mtnStatusRps` questions came in the last second. */
function createLimit({ clock, mtnStatusRps }: World) {
  let recent: number[] = []
  return () => {
    if (mtnStatusRps === 0) return false
    recent = recent.filter((at) => clock.now() - at < 1_000)
    if (recent.length >= mtnStatusRps) return true
    recent.push(clock.now())
    return false
  }
}
