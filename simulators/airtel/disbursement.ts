import { type Answer, type Call, json, jsonIn, type Reply, type Route, route } from '../http.ts'
import { isRecord } from '../read.ts'
import { fault, routerFault } from './answers.ts'
import { PIN } from './keys.ts'
import type { Movement } from './movements.ts'
import { attend, type Office, refuse } from './office.ts'
import { DISBURSEMENTS, type Plan, planned } from './outcomes.ts'
import { openPin } from './signing.ts'

const MISMATCH = 'DP00900001016'
const FLOAT_RWF = 1_000_000
const DEFAULT_CODES: Readonly<Record<string, string>> = { TS: '1001', TIP: '1006', TA: '1000' }

interface Ask {
  id: string
  msisdn: string
  amount: string
}

/** Checks a disbursement, its PIN first; the provider's error answer when something is wrong. */
function readAsk(body: unknown): Ask | Answer {
  const { payee, transaction, reference, pin } = isRecord(body) ? body : {}
  const isWhole =
    isRecord(payee) &&
    isRecord(transaction) &&
    typeof transaction.id === 'string' &&
    ['B2C', 'B2B'].includes(String(transaction.type)) &&
    typeof reference === 'string' &&
    /^[A-Za-z0-9]{4,64}$/.test(reference)
  if (!isWhole) return fault(400, 'ESB000008', 'Field validation error')
  const opened = openPin(typeof pin === 'string' ? pin : '')
  if (opened === undefined) return routerFault('ROUTER116', 'Incorrect Encrypted Pin')
  if (opened !== PIN) return routerFault('ROUTER115', 'Incorrect Pin')
  const { amount } = transaction
  if (typeof payee.msisdn !== 'string' || !/^[1-9]\d{8}$/.test(payee.msisdn))
    return fault(200, 'DP00900001013', 'Invalid msisdn', { result_code: '521002' })
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount <= 0)
    return fault(200, 'DP00900001004', 'Invalid Amount')
  return { id: String(transaction.id), msisdn: `250${payee.msisdn}`, amount: String(amount) }
}

/**
 * The Disbursement product: money to a wallet, from a float of a million francs and what was collected; and its
 * enquiry. Source: developers.airtel.africa, "Disbursement".
 */
export function disbursement(office: Office): Route[] {
  const { access, ledger, movements, mischief } = office

  const float = () =>
    ledger
      .list()
      .filter(({ status }) => status === 'TS')
      .reduce((sum, { kind, amount }) => sum + Number(amount) * (kind === 'collect' ? 1 : -1), FLOAT_RWF)

  async function pay({ id, msisdn, amount }: Ask): Promise<Answer> {
    if (movements.find(id)) return fault(200, 'DP00900001011', 'Similar transaction')
    const scenario = mischief.faults.plan('disburse', msisdn)
    const isShort = Number(amount) > float()
    const short: Plan = { steps: [{ letter: 'TF', code: '1007' }] }
    const wanted = planned(
      DISBURSEMENTS,
      scenario ?? { subject: '*', after: false, count: 1, status: 500 },
      0,
    )
    const plan = isShort ? short : wanted
    const opening = { kind: 'disburse', reference: id, msisdn, amount, currency: 'RWF' } as const
    const movement = await movements.open(opening, plan)
    if (plan.timesOut) return json(408, { status: { code: '408', message: 'Read Timeout', success: false } })
    return view(movement)
  }

  function disburse(call: Call): Reply | Promise<Reply> {
    const refused = refuse(office, call, MISMATCH)
    if (refused) return refused
    const ask = readAsk(jsonIn(call))
    return 'status' in ask ? ask : attend(office, 'disburse', ask.msisdn, () => pay(ask))
  }

  function enquire(call: Call): Reply | Promise<Reply> {
    const refused = access.refuse(call)
    if (refused) return refused
    const movement = movements.find(call.params.id ?? '')
    const known = movement?.kind === 'disburse' ? movement : undefined
    return attend(office, 'disburseEnquiry', known?.msisdn ?? '', () =>
      known ? view(known) : fault(400, 'DP00900001015', 'Transaction not found'),
    )
  }

  function view(movement: Movement): Answer {
    const letter = movements.shown(movement)
    const { reference: id, airtelMoneyId, code } = movement
    const success = ['TS', 'TIP'].includes(letter)
    return json(200, {
      data: {
        transaction: {
          ...(letter === 'TS' && { airtel_money_id: airtelMoneyId, reference_id: airtelMoneyId?.slice(2) }),
          id,
          status: letter,
        },
      },
      status: {
        code: '200',
        message: success ? 'Success' : 'FAILED',
        result_code: 'ESB000010',
        response_code: `DP0090000${code && !success ? code : (DEFAULT_CODES[letter] ?? '1000')}`,
        success,
      },
    })
  }

  return ['v1', 'v2', 'v3'].flatMap((version) => [
    route('POST', `/airtel/standard/${version}/disbursements`, disburse),
    route('GET', `/airtel/standard/${version}/disbursements/:id`, enquire),
  ])
}
