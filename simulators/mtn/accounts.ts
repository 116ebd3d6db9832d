import { type Call, json, type Reply, type Route, route } from '../http.ts'
import { fault, type Product } from './access.ts'
import { magicHolder } from './magic.ts'
import type { Office } from './office.ts'

const COLLECTED_BEFORE = 1_000_000

/**
 * A product's account balance, and whether a person's wallet is active (for one whom a scenario of `collect` or
 * `transfer` makes unknown it is not). What is collected stays in the collection account; refunds and transfers
 * come out of the disbursement account.
 * Source: momodeveloper.mtn.com, "Collection" and "Disbursement".
 */
export function accounts(office: Office, product: Product): Route[] {
  const { access, ledger, float, mischief } = office

  function collected() {
    const paid = ledger.list().filter(({ kind, status }) => kind === 'collect' && status === 'SUCCESSFUL')
    return String(paid.reduce((sum, { amount }) => sum + Number(amount), COLLECTED_BEFORE))
  }

  function balance(call: Call): Reply | Promise<Reply> {
    const caller = access.admit(product, call)
    if ('status' in caller) return caller
    return mischief.guard('balance', '*', () => {
      const availableBalance = product === 'collection' ? collected() : float.text()
      return json(200, { availableBalance, currency: caller.currency })
    })
  }

  function isUnknown(msisdn: string) {
    const outcomes = ['collect', 'transfer'].map((on) => mischief.faults.peek(on, msisdn)?.outcome)
    return outcomes.some((outcome) => outcome === 'not_found' || outcome === 'not_allowed')
  }

  function holder(call: Call): Reply | Promise<Reply> {
    const caller = access.admit(product, call)
    if ('status' in caller) return caller
    const msisdn = call.params.msisdn ?? ''
    const magic = magicHolder(msisdn)
    return mischief.guard('holder', msisdn, () =>
      magic ? fault(magic.status, magic.code) : json(200, { result: magic !== false && !isUnknown(msisdn) }),
    )
  }

  return [
    route('GET', `/mtn/${product}/v1_0/account/balance`, balance),
    route('GET', `/mtn/${product}/v1_0/accountholder/msisdn/:msisdn/active`, holder),
  ]
}
