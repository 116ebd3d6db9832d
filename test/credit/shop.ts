/** Rides on credit over the real application, its clock, and the wallet's own books. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createCreditAccounts } from '../../src/integrations/postgres/credit.ts'
import { verifyProvider } from '../../src/integrations/postgres/verify-provider.ts'
import { phone } from '../channels/hosting.ts'
import { movableClock } from '../support/clock.ts'
import { startWorld } from '../support/world.ts'
import { granted, wrongIn } from './bank.ts'

export const FARE_MINOR = 1_620
const LOOK_MS = 50
const PATIENCE_MS = 10_000

const movements = z.array(z.looseObject({ kind: z.string(), msisdn: z.string(), status: z.string() }))
const offered = z
  .object({ code: z.string(), context: z.object({ driver: z.object({ phone: z.string() }) }) })
  .transform(({ code, context }) => ({ code, rider: context.driver.phone }))

export type Shop = Awaited<ReturnType<typeof openShop>>
type Trip = { readonly code: string; readonly rider: string }

export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await isSo()); await sleep(LOOK_MS))
    if (Date.now() > end) throw new Error(`never: ${what}`)
}

export async function openShop() {
  const clock = movableClock()
  const world = await startWorld({ PAYMENTS: 'credit,mtn' }, clock)
  const { db, hears, text } = world
  const plan = (msisdn: string, outcome: string, more: object = {}) =>
    world.post('/mtn/_scenario', { msisdn: msisdn.replace('+', ''), outcome, delayMs: 0, ...more })
  await plan('*', 'approve')
  const account = async (customer: string) => db('credit_accounts').where({ phone: customer }).first()

  /** Books; until a rider is asked. */
  async function asks(customer: string): Promise<Trip> {
    await db('drivers').update({ seen_at: clock.now() })
    const session = `cr-${customer}-${clock.now()}`
    for (const keys of ['', 'Ride', 'Ride*101', 'Ride*101*103', 'Ride*101*103*1'])
      await world.hop(customer, session, keys)
    const asked = () => db('instances').where({ flow: 'tracking', owner: customer, state: 'offered' }).first()
    await until('a rider is asked', async () => (await asked()) !== undefined)
    return offered.parse(await asked())
  }
  async function accepts(customer: string, { code, rider }: Trip): Promise<void> {
    await text(rider, `YES ${code}`)
    await hears(customer, new RegExp(`Paid RWF 1,620, trip ${code}`))
  }

  return {
    ...world,
    clock,
    plan,
    account,
    grant: (customer: string, limitMinor: number) =>
      granted(createCreditAccounts(db), { phone: phone(customer), limitMinor }),
    owes: async (customer: string): Promise<number> => (await account(customer)).outstanding_minor,
    /** How often the wallet took money from that customer, and how often it gave some back. */
    async wallet(customer: string) {
      const moved = movements
        .parse(await world.get('/mtn/_ledger'))
        .filter(({ msisdn, status }) => status === 'SUCCESSFUL' && `+${msisdn}` === customer)
      const taken = moved.filter(({ kind }) => kind === 'collect').length
      return { taken, returned: moved.length - taken }
    },
    /** Everything is done, and both our books and the wallet's are as they must be. */
    async isRight(): Promise<void> {
      await until('nothing is left to do', async () => (await db('outbox').whereNull('dead_at')).length === 0)
      assert.deepEqual(await wrongIn(db, clock.now()), [])
      const theirs = await verifyProvider(db, 'mtn', await world.get('/mtn/_ledger'))
      assert.deepEqual(
        theirs.filter(({ broken }) => broken > 0),
        [],
      )
    },
    /** Books, and has the rider who is asked say yes. */
    async books(customer: string): Promise<Trip> {
      const trip = await asks(customer)
      await accepts(customer, trip)
      return trip
    },
    asks,
    accepts,
    async arrives(customer: string, { code, rider }: Trip): Promise<void> {
      const [, start = ''] = await hears(customer, new RegExp(`trip ${code}[^]*Start code (\\d{4})`))
      for (const words of [`ARRIVED ${code}`, `START ${code} ${start}`, `DONE ${code}`])
        await text(rider, words)
      await hears(rider, new RegExp(`Job ${code} is done`))
    },
    /** The number of the trip's invoice. */
    async invoiced(customer: string, { code }: Trip): Promise<string> {
      const said = new RegExp(`Invoice (\\d{4}-\\d{6}), trip ${code}: RWF 1,620, to be paid by`)
      const [, number = ''] = await hears(customer, said)
      return number
    },
  }
}
