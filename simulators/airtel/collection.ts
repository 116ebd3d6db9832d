import { type Answer, type Call, json, jsonIn, type Reply, type Route, route } from '../http.ts'
import { isRecord } from '../read.ts'
import { fault, unknown } from './answers.ts'
import type { Movement } from './movements.ts'
import { attend, type Office, refuse } from './office.ts'
import { COLLECTIONS, magicPlan, planned, REFUNDS, thinkingMs } from './outcomes.ts'

const MISMATCH = 'DP00800001026'
const DEFAULT_CODES: Readonly<Record<string, string>> = { TS: '1006', TIP: '1006', TA: '1000' }

interface Ask {
  id: string
  msisdn: string
  amount: string
}

/** Checks a push; the provider's error answer when something is wrong. */
function readAsk(body: unknown): Ask | Answer {
  const { subscriber, transaction } = isRecord(body) ? body : {}
  if (!isRecord(subscriber) || !isRecord(transaction))
    return fault(400, 'ESB000008', 'Field validation error')
  const { id, amount } = transaction
  const { msisdn } = subscriber
  if (typeof id !== 'string' || id === '') return fault(400, 'ESB000008', 'Field validation error')
  if (typeof msisdn !== 'string' || !/^\d{9}$/.test(msisdn))
    return fault(400, 'ESB000033', 'Invalid MSISDN Length')
  if (msisdn.startsWith('0')) return fault(400, 'ESB000036', 'Invalid MSISDN Length')
  for (const { country, currency } of [subscriber, transaction]) {
    if (country !== undefined && country !== 'RW') return fault(400, 'ESB000034', 'Invalid Country Name')
    if (currency !== undefined && currency !== 'RWF') return fault(400, 'ESB000035', 'Invalid Currency Code')
  }
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount <= 0)
    return fault(400, 'DP00800001004', 'Invalid Amount')
  return { id, msisdn: `250${msisdn}`, amount: String(amount) }
}

/** The Collection product: push, enquiry, and the full refund. Source: developers.airtel.africa, "Collection". */
export function collection(office: Office): Route[] {
  const { world, access, ledger, movements, mischief } = office

  async function push({ id, msisdn, amount }: Ask): Promise<Answer> {
    if (movements.find(id)) return fault(400, 'ESB000041', 'External Transaction ID already exists')
    const scenario = mischief.faults.plan('collect', msisdn)
    if (scenario?.outcome === 'not_found' || !/^2507[23]/.test(msisdn))
      return fault(400, 'DP00800001005', 'Msisdn Not Found')
    const waitMs = thinkingMs(world.random)
    const plan = scenario?.outcome ? planned(COLLECTIONS, scenario, waitMs) : magicPlan(msisdn, waitMs)
    await movements.open({ kind: 'collect', reference: id, msisdn, amount, currency: 'RWF' }, plan)
    if (plan?.timesOut) return json(408, { status: { code: '408', message: 'Read Timeout', success: false } })
    return taken({ id }, '1006')
  }

  function collect(call: Call): Reply | Promise<Reply> {
    const refused = refuse(office, call, MISMATCH)
    if (refused) return refused
    const ask = readAsk(jsonIn(call))
    return 'status' in ask ? ask : attend(office, 'collect', ask.msisdn, () => push(ask))
  }

  function enquire(call: Call): Reply | Promise<Reply> {
    const refused = access.refuse(call)
    if (refused) return refused
    const movement = movements.find(call.params.id ?? '')
    const known = movement?.kind === 'disburse' ? undefined : movement
    return attend(office, 'enquiry', known?.msisdn ?? '', () => (known ? view(known) : unknown))
  }

  /** What is known of a movement; its airtel_money_id only when it has succeeded. */
  function view(movement: Movement): Answer {
    const { reference: id, airtelMoneyId, code } = movement
    const letter = movements.shown(movement)
    const success = ['TS', 'TIP'].includes(letter)
    const message = letter === 'TF' ? 'FAILED' : 'Success'
    return json(200, {
      data: {
        transaction: {
          ...(letter === 'TS' && { airtel_money_id: airtelMoneyId }),
          id,
          message,
          status: letter,
        },
      },
      status: {
        code: '200',
        message,
        result_code: 'ESB000010',
        response_code: `DP0080000${code && !success ? code : (DEFAULT_CODES[letter] ?? '1000')}`,
        success,
      },
    })
  }

  async function give(collected: Movement): Promise<Answer> {
    const { airtelMoneyId: of = '', msisdn, amount, currency } = collected
    const earlier = ledger.list().find((one) => one.of === of && one.status !== 'TF')
    if (earlier) {
      const body = JSON.parse(String(fault(400, 'ESB000041', 'External Transaction ID already exists').body))
      return json(400, { data: { transaction: { airtel_money_id: earlier.reference } }, ...body })
    }
    const scenario = mischief.faults.plan('refund', msisdn)
    const reference = movements.nextId('CI')
    const plan = planned(
      REFUNDS,
      scenario ?? { subject: '*', after: false, count: 1, status: 500 },
      thinkingMs(world.random),
    )
    await movements.open(
      { kind: 'refund', reference, airtelMoneyId: reference, msisdn, amount, currency, of },
      plan,
    )
    return taken({ airtel_money_id: reference }, '1006')
  }

  function refund(call: Call): Reply | Promise<Reply> {
    const refused = refuse(office, call, MISMATCH)
    if (refused) return refused
    const body = jsonIn(call)
    const of = isRecord(body) && isRecord(body.transaction) ? body.transaction.airtel_money_id : undefined
    const collected = ledger
      .list()
      .find((one) => one.kind === 'collect' && one.status === 'TS' && one.airtelMoneyId === of)
    return attend(office, 'refund', collected?.msisdn ?? '', () => (collected ? give(collected) : unknown))
  }

  return [
    ...['v1', 'v2'].flatMap((version) => [
      route('POST', `/airtel/merchant/${version}/payments`, collect),
      route('POST', `/airtel/standard/${version}/payments/refund`, refund),
    ]),
    route('GET', '/airtel/standard/v1/payments/:id', enquire),
  ]
}

/** `SUCCESS`: taken, and nothing more. */
const taken = (transaction: object, code: string): Answer =>
  json(200, {
    data: { transaction: { ...transaction, status: 'SUCCESS' } },
    status: {
      code: '200',
      message: 'SUCCESS',
      result_code: 'ESB000010',
      response_code: `DP0080000${code}`,
      success: true,
    },
  })
