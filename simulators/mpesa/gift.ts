import { type Answer, type Call, json, jsonIn, type Reply, type Route, route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { hex } from '../random.ts'
import { isRecord } from '../read.ts'
import type { Mischief, World } from '../simulator.ts'
import { type Access, badField, fault, SHORT_CODE, stampOf } from './access.ts'
import { passwordIn } from './certificate.ts'
import type { Movement, Movements } from './movements.ts'
import { GIFTS, magicGift, type Plan, planned, thinkingMs, WORDS } from './outcomes.ts'
import { wholeOf } from './push.ts'

const PAYER_CODE = '600000'
const INITIATOR = 'inzira-operator'
const PASSWORD = 'inzira-password'
const MSISDN = /^254\d{9}$/
const COMMANDS = ['BusinessPayment', 'SalaryPayment', 'PromotionPayment']
const DUPLICATE = fault(500, '500.002.1001', 'Duplicate OriginatorConversationID.')

/**
 * Money out: B2C (v3) by the operator `inzira-operator` of short code 600000, whose password is `inzira-password`,
 * and reversals. Whoever asks is accepted first; the rest is told at the ResultURL.
 * Source: developer.safaricom.co.ke, "Business to customer", "Reversals".
 */
export function gift(
  world: World,
  access: Access,
  ledger: Ledger<Movement>,
  movements: Movements,
  { faults, guard }: Mischief,
): Route[] {
  const { clock, random, gateway } = world
  const done = () => ledger.list().filter(({ status }) => status !== 'FAILED')

  /** How it must end, whatever was planned. */
  function forbidden(
    name: unknown,
    credential: unknown,
    reversed?: Movement,
    amount?: number,
  ): Plan | undefined {
    const isKnown = name === INITIATOR && passwordIn(String(credential)) === PASSWORD
    if (!isKnown) return { code: '2001', waitMs: 0 }
    if (amount === undefined) return undefined
    const isPaid = reversed?.status === 'SUCCESSFUL' && reversed.amount === amount
    const isAgain = done().some(({ of }) => of !== undefined && of === reversed?.receipt)
    return isPaid && !isAgain ? undefined : { code: '17', waitMs: 0 }
  }

  async function give(
    body: Record<string, unknown>,
    opened: Omit<Movement, 'id' | 'currency' | 'status' | 'at'>,
    bound?: Plan,
  ) {
    const wanted = planned(GIFTS, faults.plan(opened.kind, opened.msisdn), random)
    const usual: Plan = { code: '0', waitMs: thinkingMs(random) }
    const plan = bound ?? wanted ?? magicGift(opened.msisdn, random) ?? usual
    if (plan.refused) return fault(500, '500.003.1001', 'Internal Server Error')
    const { kind, reference } = opened
    const originator = kind === 'b2c' ? reference : `29115-${movements.nextSerial()}-1`
    const id = `AG_${stampOf(clock.now()).slice(0, 8)}_${hex(10)}`
    const told = {
      url: String(plan.queued ? body.QueueTimeOutURL : body.ResultURL),
      body: (movement: Movement) => (plan.queued ? body : result(movement, originator)),
    }
    await movements.open({ ...opened, id }, plan, told)
    return json(200, {
      ConversationID: id,
      OriginatorConversationID: originator,
      ResponseCode: '0',
      ResponseDescription: 'Accept the service request successfully.',
    })
  }

  /** What is wrong with what both have, if anything is. */
  function wrongField(body: Record<string, unknown>): string | undefined {
    if (wholeOf(body.Amount) === undefined) return 'Amount'
    if (!gateway.ours(String(body.ResultURL))) return 'ResultURL'
    if (!gateway.ours(String(body.QueueTimeOutURL))) return 'QueueTimeOutURL'
    return typeof body.Remarks === 'string' && body.Remarks.length <= 100 ? undefined : 'Remarks'
  }

  function payOut(body: Record<string, unknown>): Reply | Promise<Reply> {
    const { OriginatorConversationID: reference, PartyB } = body
    if (typeof reference !== 'string' || reference === '') return badField('OriginatorConversationID')
    if (!COMMANDS.includes(String(body.CommandID))) return badField('CommandID')
    if (String(body.PartyA) !== PAYER_CODE) return badField('PartyA')
    if (!MSISDN.test(String(PartyB))) return badField('PartyB')
    const msisdn = String(PartyB)
    return guard('b2c', msisdn, () => {
      const isKnown = ledger.list().some((other) => other.kind === 'b2c' && other.reference === reference)
      if (isKnown) return DUPLICATE
      const opened = { kind: 'b2c', reference, msisdn, amount: wholeOf(body.Amount) ?? 0 } as const
      return give(body, opened, forbidden(body.InitiatorName, body.SecurityCredential))
    })
  }

  function reverse(body: Record<string, unknown>): Reply | Promise<Reply> {
    const { TransactionID, RecieverIdentifierType: type } = body
    if (body.CommandID !== 'TransactionReversal') return badField('CommandID')
    if (typeof TransactionID !== 'string' || !/^[A-Z0-9]{10}$/.test(TransactionID))
      return badField('TransactionID')
    if (String(body.ReceiverParty) !== SHORT_CODE) return badField('ReceiverParty')
    if (!['4', '11'].includes(String(type))) return badField('RecieverIdentifierType')
    const original = ledger.list().find(({ kind, receipt }) => kind === 'push' && receipt === TransactionID)
    const { msisdn = '' } = original ?? {}
    const amount = wholeOf(body.Amount) ?? 0
    return guard('reversal', msisdn, () => {
      const bound = forbidden(body.Initiator, body.SecurityCredential, original, amount)
      const reference = String(body.Occasion ?? '')
      return give(body, { kind: 'reversal', reference, msisdn, amount, of: TransactionID }, bound)
    })
  }

  const checked =
    (work: (body: Record<string, unknown>) => Reply | Promise<Reply>) =>
    (call: Call): Reply | Promise<Reply> => {
      const body = jsonIn(call)
      const refused: Answer | undefined = access.refuse(call)
      if (refused) return refused
      if (!isRecord(body)) return badField('Payload')
      const wrong = wrongField(body)
      return wrong ? badField(wrong) : work(body)
    }

  return [
    route('POST', '/mpesa/mpesa/b2c/v3/paymentrequest', checked(payOut)),
    route('POST', '/mpesa/mpesa/reversal/v1/request', checked(reverse)),
  ]
}

/** What the ResultURL is told. */
function result(movement: Movement, originator: string) {
  const { id, amount, msisdn, receipt, resultCode = '', settledAt = 0 } = movement
  const at = stampOf(settledAt)
  const [year, month, day] = [at.slice(0, 4), at.slice(4, 6), at.slice(6, 8)]
  const time = [at.slice(8, 10), at.slice(10, 12), at.slice(12)].join(':')
  const parameters = [
    { Key: 'TransactionAmount', Value: amount },
    { Key: 'TransactionReceipt', Value: receipt },
    { Key: 'B2CRecipientIsRegisteredCustomer', Value: 'Y' },
    { Key: 'ReceiverPartyPublicName', Value: `${msisdn} - John Doe` },
    { Key: 'TransactionCompletedDateTime', Value: `${day}.${month}.${year} ${time}` },
  ]
  const Result = {
    ResultType: 0,
    ResultCode: Number(resultCode),
    ResultDesc: WORDS[resultCode] ?? 'Internal failure.',
    OriginatorConversationID: originator,
    ConversationID: id,
    TransactionID: receipt ?? hex(5).toUpperCase(),
    ...(receipt && { ResultParameters: { ResultParameter: parameters } }),
  }
  return { Result }
}
