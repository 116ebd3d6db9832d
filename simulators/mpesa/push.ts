import { type Answer, type Call, json, jsonIn, type Reply, type Route, route } from '../http.ts'
import { isRecord } from '../read.ts'
import type { Mischief, World } from '../simulator.ts'
import { type Access, badField, fault, SHORT_CODE, stampOf } from './access.ts'
import type { Movement, Movements } from './movements.ts'
import { type Plan, PUSHES, planned, WORDS } from './outcomes.ts'

const MSISDN = /^254[17]\d{8}$/
const MAX_ACCOUNT = 12
const MAX_DESCRIPTION = 182
const TYPES = ['CustomerPayBillOnline', 'CustomerBuyGoodsOnline']

/** Whole shillings, as a number or in digits; undefined for anything else. */
export function wholeOf(amount: unknown): number | undefined {
  const value = typeof amount === 'string' && /^\d{1,9}$/.test(amount) ? Number(amount) : amount
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max

/** M-Pesa Express: the push, and questions after it. Source: developer.safaricom.co.ke, "M-Pesa Express". */
export function push(
  world: World,
  access: Access,
  movements: Movements,
  { faults, guard }: Mischief,
): Route[] {
  /** What is wrong with the fields of a push, if anything is. */
  function wrongField(body: Record<string, unknown>): string | undefined {
    if (!TYPES.includes(String(body.TransactionType))) return 'TransactionType'
    if (wholeOf(body.Amount) === undefined) return 'Amount'
    if (!MSISDN.test(String(body.PhoneNumber))) return 'PhoneNumber'
    if (String(body.PartyA) !== String(body.PhoneNumber)) return 'PartyA'
    if (body.TransactionType === TYPES[0] && String(body.PartyB) !== SHORT_CODE) return 'PartyB'
    if (!world.gateway.ours(String(body.CallBackURL))) return 'CallBackURL'
    if (!isText(body.AccountReference, MAX_ACCOUNT)) return 'AccountReference'
    return isText(body.TransactionDesc, 1_000) ? undefined : 'TransactionDesc'
  }

  /** A phone has one prompt at a time, and a text that is too long never reaches it. */
  function hopeless(msisdn: string, description: string): Plan | undefined {
    if (movements.prompts(`+${msisdn}`).length > 0) return { code: '1001', waitMs: 0 }
    return description.length > MAX_DESCRIPTION ? { code: '1025', waitMs: 0 } : undefined
  }

  async function ask(body: Record<string, unknown>, msisdn: string): Promise<Answer> {
    const plan = planned(PUSHES, faults.plan('push', msisdn), world.random)
    const serial = movements.nextSerial()
    const merchantId = `29115-${serial}-1`
    const { id } = await movements.open(
      {
        kind: 'push',
        id: `ws_CO_${stampOf(world.clock.now())}${serial}`,
        reference: String(body.AccountReference),
        msisdn,
        amount: wholeOf(body.Amount) ?? 0,
      },
      hopeless(msisdn, String(body.TransactionDesc)) ?? plan,
      { url: String(body.CallBackURL), body: (movement) => callback(movement, merchantId) },
    )
    const words = 'Success. Request accepted for processing'
    const names = { MerchantRequestID: merchantId, CheckoutRequestID: id }
    return json(200, { ...names, ResponseCode: '0', ResponseDescription: words, CustomerMessage: words })
  }

  function start(call: Call): Reply | Promise<Reply> {
    const body = jsonIn(call)
    const refused = access.refuse(call)
    if (refused) return refused
    if (!isRecord(body)) return badField('Payload')
    const wrong = wrongField(body)
    const stranger = access.refuseMerchant(body) ?? (wrong && badField(wrong))
    if (stranger) return stranger
    const msisdn = String(body.PhoneNumber)
    return guard('push', msisdn, () => ask(body, msisdn))
  }

  function answer(movement: Movement): Answer {
    const { id, status, resultCode = '4999' } = movement
    const isUnderWay = status === 'PENDING'
    if (isUnderWay && !movements.planOf(id)?.spoken)
      return fault(500, '500.001.1001', 'The transaction is being processed')
    const words = isUnderWay ? 'The transaction is still under processing' : WORDS[resultCode]
    return json(200, {
      ResponseCode: '0',
      ResponseDescription: 'The service request has been accepted successsfully',
      MerchantRequestID: `29115-${id.slice(-10)}-1`,
      CheckoutRequestID: id,
      ResultCode: resultCode,
      ResultDesc: words ?? 'Something new.',
    })
  }

  function query(call: Call): Reply | Promise<Reply> {
    const body = jsonIn(call)
    const refused = access.refuse(call)
    if (refused) return refused
    if (!isRecord(body)) return badField('Payload')
    const movement = movements.find(String(body.CheckoutRequestID))
    const stranger = access.refuseMerchant(body)
    if (stranger) return stranger
    if (movement?.kind !== 'push') return badField('CheckoutRequestID')
    return guard('query', movement.msisdn, () => answer(movement))
  }

  return [
    route('POST', '/mpesa/mpesa/stkpush/v1/processrequest', start),
    route('POST', '/mpesa/mpesa/stkpushquery/v1/query', query),
  ]
}

/** What the gateway is told of a push; only of one that was paid with its receipt. */
function callback(movement: Movement, merchantId: string) {
  const { id, amount, msisdn, receipt, resultCode = '', settledAt = 0 } = movement
  const items = [
    { Name: 'Amount', Value: amount },
    { Name: 'MpesaReceiptNumber', Value: receipt },
    { Name: 'Balance' },
    { Name: 'TransactionDate', Value: Number(stampOf(settledAt)) },
    { Name: 'PhoneNumber', Value: Number(msisdn) },
  ]
  const stkCallback = {
    MerchantRequestID: merchantId,
    CheckoutRequestID: id,
    ResultCode: Number(resultCode),
    ResultDesc: WORDS[resultCode] ?? 'Something new.',
    ...(receipt && { CallbackMetadata: { Item: items } }),
  }
  return { Body: { stkCallback } }
}
