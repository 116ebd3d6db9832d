import type { Ledger } from '../ledger.ts'
import { tenDigits } from '../random.ts'
import { Refusal } from '../read.ts'
import type { World } from '../simulator.ts'
import type { Callbacks } from './callbacks.ts'
import { COLLECTIONS, type Letter, type Plan, thinkingMs } from './outcomes.ts'

const PAYER_WINDOW_MS = 3 * 60_000
const MAX_MOVEMENTS = 50_000

/** One movement of money, as the wallet's own books have it. `msisdn` has its country code; times are epoch ms. */
export interface Movement {
  kind: 'collect' | 'refund' | 'disburse'
  /** The partner's transaction id; a refund, which has none, is known by its airtel_money_id. */
  reference: string
  msisdn: string
  amount: string
  currency: string
  status: Letter
  at: number
  settledAt?: number
  airtelMoneyId?: string
  /** The last four digits of the response code. */
  code?: string
  /** Of a refund: the airtel_money_id of what is given back. */
  of?: string
}

interface Life {
  movement: Movement
  plan: Plan | undefined
  cancel: () => void
}

export type Movements = ReturnType<typeof createMovements>

/** Movements from `TIP` to their end, and who decides it. */
export function createMovements(world: World, ledger: Ledger<Movement>, callbacks: Callbacks) {
  const { clock, random, events, holds } = world
  const lives = new Map<string, Life>()
  let serial = tenDigits()

  const nextId = (prefix: string) => `${prefix}${serial++}`
  const find = (reference: string): Movement | undefined => lives.get(reference)?.movement

  /** Opens a movement that goes as planned; without a plan the payer decides. */
  async function open(opening: Omit<Movement, 'status' | 'at'>, plan: Plan | undefined): Promise<Movement> {
    const movement: Movement = { ...opening, status: 'TIP', at: clock.now() }
    const oldest = lives.size >= MAX_MOVEMENTS ? lives.keys().next().value : undefined
    if (oldest !== undefined) lives.delete(oldest)
    const life: Life = { movement, plan, cancel: () => undefined }
    lives.set(movement.reference, life)
    ledger.add(movement)
    if (movement.kind === 'collect') tellPrompt(movement)
    if (plan) await follow(life, plan.steps)
    else life.cancel = clock.after(thinkingMs(random), () => think(life))
    return movement
  }

  /** Takes the steps one after the other; a first one that waits for nothing is taken at once. */
  async function follow(life: Life, [step, ...rest]: Plan['steps']): Promise<void> {
    if (!step) return
    const take = async () => {
      await turn(life, step.letter, step.code)
      await follow(life, rest)
    }
    if (step.afterMs) life.cancel = clock.after(step.afterMs, take)
    else await take()
  }

  /** A payer somebody looks after decides in person within the window; any other approves. */
  function think(life: Life) {
    const { movement } = life
    if (!holds.held(`+${movement.msisdn}`)) return turn(life, 'TS')
    const leftMs = Math.max(movement.at + PAYER_WINDOW_MS - clock.now(), 0)
    life.cancel = clock.after(leftMs, () => turn(life, 'TE', '1029'))
  }

  async function turn(life: Life, letter: Letter, code?: string) {
    const { movement, plan } = life
    life.cancel()
    const paid = letter === 'TS' && movement.airtelMoneyId === undefined
    ledger.change(movement, {
      status: letter,
      settledAt: clock.now(),
      ...(paid && { airtelMoneyId: nextId('MP') }),
      ...(code && { code }),
    })
    if (movement.kind !== 'collect') return
    tellPrompt(movement)
    // Airtel calls back for what has succeeded or failed, and for nothing else.
    if (letter !== 'TE' && !plan?.silent) await callbacks.tell(movement, plan)
  }

  /** The payer's word on a prompt that is open. */
  async function decide(reference: string, decision: 'approve' | 'decline') {
    const life = lives.get(reference)
    if (life?.movement.kind !== 'collect') throw new Refusal(404, `no payment ${reference}`)
    if (life.movement.status !== 'TIP') throw new Refusal(409, `the payment is ${life.movement.status}`)
    const step = COLLECTIONS[decision]?.steps[0]
    if (step) await turn(life, step.letter, step.code)
    return life.movement
  }

  /** The prompts open on a phone, oldest first. */
  const prompts = (phone: string) =>
    ledger.list(phone).filter(({ kind, status }) => kind === 'collect' && status === 'TIP')

  function tellPrompt(movement: Movement) {
    events.emit({ simulator: 'airtel', kind: 'prompt', phone: `+${movement.msisdn}`, data: movement })
  }

  /** The letter that enquiries are told. */
  function shown(movement: Movement): string {
    const { status } = movement
    return status === 'TIP' ? status : (lives.get(movement.reference)?.plan?.shown ?? status)
  }

  return { find, open, decide, prompts, shown, nextId }
}
