import type { Ledger } from '../ledger.ts'
import { tenDigits } from '../random.ts'
import { Refusal } from '../read.ts'
import type { Scenario } from '../scenario.ts'
import type { Mischief, World } from '../simulator.ts'
import type { Float } from './float.ts'
import { ENDINGS, failed, LATE_MS, type Plan, thinkingMs } from './outcomes.ts'
import type { Ask } from './request.ts'

const PAYER_WINDOW_MS = 5 * 60_000
const CALLBACK_TIMEOUT_MS = 2_000
const MAX_PAYMENTS = 50_000

/** One movement of money, as the wallet's own books have it. `msisdn` is digits without `+`; times are epoch ms. */
export interface Payment {
  kind: 'collect' | 'refund' | 'transfer'
  reference: string
  msisdn: string
  /** What was moved, as the provider writes it: a string without needless zeros. */
  amount: string
  currency: string
  status: 'PENDING' | 'SUCCESSFUL' | 'FAILED'
  at: number
  externalId: string
  payerMessage: string
  payeeNote: string
  settledAt?: number
  financialTransactionId?: string
  reason?: string
  referenceIdToRefund?: string
}

interface Life {
  payment: Payment
  callbackUrl: string | undefined
  scenario: Scenario | undefined
  silent: boolean
  cancel: () => void
}

export type Payments = ReturnType<typeof createPayments>

/** Payments, refunds and transfers from PENDING to their end, and the callbacks that tell of it. */
export function createPayments(world: World, ledger: Ledger<Payment>, { deliver }: Mischief, float: Float) {
  const { clock, random, events, holds, gateway } = world
  const lives = new Map<string, Life>()
  let serial = tenDigits()

  function find(reference: string): Payment | undefined {
    return lives.get(reference.toLowerCase())?.payment
  }

  /** Opens a payment that ends as planned; without a plan the payer decides. */
  function open(
    kind: Payment['kind'],
    msisdn: string,
    ask: Ask,
    scenario: Scenario | undefined,
    plan?: Plan,
  ) {
    const { body, callbackUrl, ...plain } = ask
    const payment: Payment = { kind, msisdn, status: 'PENDING', at: clock.now(), ...plain }
    if (kind === 'refund') payment.referenceIdToRefund = String(body.referenceIdToRefund)
    const oldest = lives.size >= MAX_PAYMENTS ? lives.keys().next().value : undefined
    if (oldest !== undefined) lives.delete(oldest)
    const life: Life = {
      payment,
      callbackUrl,
      scenario,
      silent: plan?.silent ?? false,
      cancel: () => undefined,
    }
    lives.set(payment.reference, life)
    ledger.add(payment)
    if (kind === 'collect') tellPrompt(payment)
    if (!plan) life.cancel = clock.after(thinkingMs(random), () => think(life))
    else if (plan.status !== 'PENDING') life.cancel = clock.after(plan.waitMs, () => settle(life, plan))
    return payment
  }

  /** A payer somebody looks after decides in person within the window; any other approves. */
  function think(life: Life) {
    if (!holds.held(`+${life.payment.msisdn}`)) return settle(life, { status: 'SUCCESSFUL', waitMs: 0 })
    const leftMs = Math.max(life.payment.at + PAYER_WINDOW_MS - clock.now(), 0)
    life.cancel = clock.after(leftMs, () => settle(life, { status: 'FAILED', reason: 'EXPIRED', waitMs: 0 }))
  }

  async function settle(life: Life, plan: Plan) {
    const { payment } = life
    if (payment.status !== 'PENDING' || plan.status === 'PENDING') return
    life.cancel()
    const amount = plan.mismatch ? String(Number(payment.amount) - 1) : payment.amount
    const isOurs = plan.status === 'SUCCESSFUL' && payment.kind !== 'collect'
    const { status, reason } = isOurs && !float.take(amount) ? failed('NOT_ENOUGH_FUNDS') : plan
    ledger.change(payment, {
      status,
      amount,
      settledAt: clock.now(),
      ...(status === 'SUCCESSFUL' && { financialTransactionId: String(serial++) }),
      ...(reason && { reason }),
    })
    if (payment.kind === 'collect') tellPrompt(payment)
    const url = life.callbackUrl
    if (url === undefined || life.silent) return
    const send = async () => {
      const heard = await gateway.send({
        method: life.scenario?.callbackMethod ?? 'PUT',
        to: url,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(view(payment)),
        timeoutMs: CALLBACK_TIMEOUT_MS,
      })
      return heard?.status === 200
    }
    await deliver({ on: 'callback', phone: payment.msisdn, send })
  }

  /** The payer's word on a prompt that is open; `late` is a yes that comes six minutes after the request. */
  async function decide(reference: string, decision: 'approve' | 'decline' | 'late') {
    const life = lives.get(reference.toLowerCase())
    if (life?.payment.kind !== 'collect') throw new Refusal(404, `no payment ${reference}`)
    if (life.payment.status !== 'PENDING') throw new Refusal(409, `the payment is ${life.payment.status}`)
    const plan: Plan = { status: 'SUCCESSFUL', waitMs: 0, ...ENDINGS[decision] }
    if (decision !== 'late') await settle(life, plan)
    else {
      life.cancel()
      const leftMs = Math.max(life.payment.at + LATE_MS - clock.now(), 0)
      life.cancel = clock.after(leftMs, () => settle(life, plan))
    }
    return life.payment
  }

  /** The prompts open on a phone, oldest first. */
  const prompts = (phone: string) =>
    ledger.list(phone).filter(({ kind, status }) => kind === 'collect' && status === 'PENDING')

  function tellPrompt(payment: Payment) {
    events.emit({ simulator: 'mtn', kind: 'prompt', phone: `+${payment.msisdn}`, data: payment })
  }

  /** What the provider tells of a payment, in answers and callbacks alike: never its reference. */
  function view(payment: Payment) {
    const party = { partyIdType: 'MSISDN', partyId: payment.msisdn }
    const { reason } = payment
    const asObject = lives.get(payment.reference)?.scenario?.reasonAs === 'object'
    return {
      ...(payment.financialTransactionId && { financialTransactionId: payment.financialTransactionId }),
      externalId: payment.externalId,
      amount: payment.amount,
      currency: payment.currency,
      ...(payment.kind === 'collect' ? { payer: party } : { payee: party }),
      payerMessage: payment.payerMessage,
      payeeNote: payment.payeeNote,
      status: payment.status,
      ...(reason && { reason: asObject ? { code: reason, message: reason } : reason }),
    }
  }

  return { find, open, decide, prompts, view }
}
