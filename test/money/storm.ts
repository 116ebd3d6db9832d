/** Callbacks as wallets and strangers send them: again, out of order, too early, too late, and lies. */
import { randomUUID } from 'node:crypto'
import type { Random } from '../../simulators/random.ts'
import type { Movement } from './audit.ts'
import { SECRET } from './town.ts'

const AT_ONCE = 24

type Kind = 'true' | 'stale' | 'lie' | 'wrong secret' | 'unknown reference' | 'no reference'
/** Of a hundred callbacks; a lie says that an unpaid payment was paid. */
const SHARES: Readonly<Record<Kind, number>> = {
  true: 40,
  stale: 15,
  lie: 25,
  'wrong secret': 10,
  'unknown reference': 6,
  'no reference': 4,
}

/** What a door answers: 200 to whoever knows its address, and to others as if it were not there. */
const ANSWERS: Readonly<Record<Kind, Readonly<Record<Wallet, number>>>> = {
  true: { mtn: 200, airtel: 200 },
  stale: { mtn: 200, airtel: 200 },
  lie: { mtn: 200, airtel: 200 },
  'wrong secret': { mtn: 404, airtel: 404 },
  'unknown reference': { mtn: 200, airtel: 200 },
  // MTN's is a part of the address.
  'no reference': { mtn: 404, airtel: 200 },
}
type Wallet = 'mtn' | 'airtel'
export type Target = { readonly wallet: Wallet; readonly movement: Movement }

export type Storm = { readonly sent: Record<Kind, number>; readonly odd: string[] }

function drawn(random: Random): Kind {
  let left = random.between(1, 100)
  for (const kind of Object.keys(SHARES) as Kind[]) {
    left -= SHARES[kind]
    if (left <= 0) return kind
  }
  return 'true'
}

const MTN = { paid: 'SUCCESSFUL', refused: 'FAILED', open: 'PENDING' } as const
const AIRTEL = { paid: 'TS', refused: 'TF', open: 'TIP' } as const

/** One callback on the wallet's own wire. @returns how the door answered */
async function callBack(gateway: string, { wallet, movement }: Target, kind: Kind): Promise<number> {
  const secret = kind === 'wrong secret' ? 'guessed' : SECRET
  const isTrue = kind === 'true'
  const says = isTrue ? movement.is : kind === 'stale' ? 'open' : 'paid'
  const reference =
    kind === 'unknown reference' ? randomUUID() : kind === 'no reference' ? '1' : movement.reference
  const isMtn = wallet === 'mtn'
  const msisdn = movement.phone.slice(1)
  const body = isMtn
    ? { amount: String(movement.amount), currency: 'RWF', payer: { partyId: msisdn }, status: MTN[says] }
    : { transaction: { id: reference, status_code: AIRTEL[says], airtel_money_id: 'MP1' } }
  const path = isMtn ? `mtn/${secret}/${reference}` : `airtel/${secret}`
  const answer = await fetch(`${gateway}/hooks/payments/${path}`, {
    method: isMtn ? 'PUT' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await answer.text()
  return answer.status
}

/** Sends so many callbacks for the targets, drawn anew each time, and notes what was answered otherwise than documented. */
export async function storm(
  gateway: string,
  count: number,
  random: Random,
  targets: () => readonly Target[],
  so: Storm,
): Promise<void> {
  let left = count
  const line = async () => {
    while (left > 0) {
      left -= 1
      const all = targets()
      const target = all[random.between(0, all.length - 1)]
      if (!target) throw new Error('nobody to call back for')
      const kind = drawn(random)
      const status = await callBack(gateway, target, kind)
      so.sent[kind] += 1
      if (status !== ANSWERS[kind][target.wallet]) so.odd.push(`${kind} ${target.wallet}: ${status}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, line))
}

export const calm = (): Storm => ({
  sent: { true: 0, stale: 0, lie: 0, 'wrong secret': 0, 'unknown reference': 0, 'no reference': 0 },
  odd: [],
})
