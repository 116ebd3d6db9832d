import type { Ledger } from '../ledger.ts'
import { hex, tenDigits } from '../random.ts'
import { Refusal } from '../read.ts'
import type { Mischief, World } from '../simulator.ts'
import { type Plan, PUSHES, thinkingMs } from './outcomes.ts'

/** How long a prompt waits on the phone; Safaricom publishes no figure. */
const PROMPT_MS = 60_000
const CALLBACK_TIMEOUT_MS = 5_000
const MAX_MOVEMENTS = 50_000

/** One movement of money, as M-Pesa's own books have it. `msisdn` is digits without `+`; times are epoch ms. */
export interface Movement {
  kind: 'push' | 'b2c' | 'reversal'
  /** CheckoutRequestID or ConversationID. */
  id: string
  /** AccountReference, OriginatorConversationID or Occasion. */
  reference: string
  msisdn: string
  /** Whole shillings. */
  amount: number
  currency: 'KES'
  status: 'PENDING' | 'SUCCESSFUL' | 'FAILED'
  at: number
  settledAt?: number
  /** Of what has been done. */
  receipt?: string
  resultCode?: string
  /** The receipt of what a reversal gives back. */
  of?: string
}

/** A callback: where to, and what it says. */
export interface Told {
  url: string
  body: (movement: Movement) => object
}

interface Life {
  movement: Movement
  plan: Plan | undefined
  told: Told
  cancel: () => void
}

export type Opened = Pick<Movement, 'kind' | 'id' | 'reference' | 'msisdn' | 'amount' | 'of'>
export type Movements = ReturnType<typeof createMovements>

/** Pushes, payouts and reversals from PENDING to their end, and the callbacks that tell of it. */
export function createMovements(world: World, ledger: Ledger<Movement>, { deliver }: Mischief) {
  const { clock, random, events, holds, gateway } = world
  const lives = new Map<string, Life>()
  let serial = tenDigits()

  const nextSerial = () => String(serial++)
  const find = (id: string): Movement | undefined => lives.get(id)?.movement
  const planOf = (id: string): Plan | undefined => lives.get(id)?.plan

  /** Opens a movement that ends as planned; without a plan the payer decides. An early result is told first. */
  async function open(opened: Opened, plan: Plan | undefined, told: Told) {
    const movement: Movement = { ...opened, currency: 'KES', status: 'PENDING', at: clock.now() }
    const oldest = lives.size >= MAX_MOVEMENTS ? lives.keys().next().value : undefined
    if (oldest !== undefined) lives.delete(oldest)
    const life: Life = { movement, plan, told, cancel: () => undefined }
    lives.set(movement.id, life)
    ledger.add(movement)
    if (movement.kind === 'push') tellPrompt(movement)
    if (!plan) life.cancel = clock.after(thinkingMs(random), () => think(life))
    else if (plan.early) await settle(life, plan)
    else if (plan.code || plan.queued) life.cancel = clock.after(plan.waitMs, () => settle(life, plan))
    return movement
  }

  /** A payer somebody looks after decides in person while the prompt is there; any other approves. */
  function think(life: Life) {
    if (!holds.held(`+${life.movement.msisdn}`)) return settle(life, { code: '0', waitMs: 0 })
    const leftMs = Math.max(life.movement.at + PROMPT_MS - clock.now(), 0)
    life.cancel = clock.after(leftMs, () => settle(life, { code: '1037', waitMs: 0 }))
  }

  async function settle(life: Life, { code, silent }: Plan) {
    const { movement, told } = life
    if (movement.status !== 'PENDING') return
    life.cancel()
    const isDone = code === '0'
    ledger.change(movement, {
      status: isDone ? 'SUCCESSFUL' : 'FAILED',
      settledAt: clock.now(),
      ...(code && { resultCode: code }),
      ...(isDone && { receipt: hex(5).toUpperCase() }),
    })
    if (movement.kind === 'push') tellPrompt(movement)
    if (silent) return
    const send = async () => {
      const heard = await gateway.send({
        to: told.url,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(told.body(movement)),
        timeoutMs: CALLBACK_TIMEOUT_MS,
      })
      return heard?.status === 200
    }
    await deliver({ on: 'callback', phone: movement.msisdn, send })
  }

  /** The payer's word on a prompt that is open. */
  async function decide(id: string, decision: 'approve' | 'decline' | 'wrong_pin') {
    const life = lives.get(id)
    if (life?.movement.kind !== 'push') throw new Refusal(404, `no push ${id}`)
    if (life.movement.status !== 'PENDING') throw new Refusal(409, `the push is ${life.movement.status}`)
    await settle(life, { waitMs: 0, ...PUSHES[decision] })
    return life.movement
  }

  /** The prompts open on a phone, oldest first. */
  const prompts = (phone: string) =>
    ledger.list(phone).filter(({ kind, status }) => kind === 'push' && status === 'PENDING')

  function tellPrompt(movement: Movement) {
    events.emit({ simulator: 'mpesa', kind: 'prompt', phone: `+${movement.msisdn}`, data: movement })
  }

  return { nextSerial, find, planOf, open, decide, prompts }
}
