import { type Answer, type Call, type Reply, type Route, route } from '../http.ts'
import { fault } from './access.ts'
import { magicCollect } from './magic.ts'
import { duplicated, type Office, telling } from './office.ts'
import { planned } from './outcomes.ts'
import { type Ask, msisdnIn, readAsk } from './request.ts'

/**
 * The Collection product: request to pay, and its status.
 * Source: momodeveloper.mtn.com, "Collection".
 */
export function collection(office: Office): Route[] {
  const { world, access, payments } = office
  const { faults, guard } = office.mischief

  function requestToPay(msisdn: string, ask: Ask): Answer {
    if (payments.find(ask.reference)) return duplicated
    const magic = magicCollect(msisdn, world.random)
    if (magic && 'code' in magic) return fault(magic.status, magic.code)
    const scenario = faults.plan('collect', msisdn)
    payments.open(
      'collect',
      msisdn,
      ask,
      scenario,
      scenario?.outcome ? planned(scenario, world.random) : magic,
    )
    return { status: 202 }
  }

  function collect(call: Call): Reply | Promise<Reply> {
    const caller = access.admit('collection', call)
    if ('status' in caller) return caller
    const ask = readAsk(call, caller, world)
    if ('status' in ask) return ask
    const msisdn = msisdnIn(ask.body.payer)
    if (!msisdn)
      return fault(400, 'INVALID_REQUEST', 'payer must be {partyIdType: "MSISDN", partyId: digits without +}')
    return guard('collect', msisdn, () => requestToPay(msisdn, ask))
  }

  return [
    route('POST', '/mtn/collection/v1_0/requesttopay', collect),
    route(
      'GET',
      '/mtn/collection/v1_0/requesttopay/:reference',
      telling(office, 'collection', 'collect', 'status'),
    ),
  ]
}
