/** Whole rides over the real application, and what its tax device and its books say of them. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { movableClock } from '../support/clock.ts'
import { startWorld, type World } from '../support/world.ts'

const entries = z.array(
  z.object({
    invcNo: z.int(),
    orgInvcNo: z.int(),
    rcptTyCd: z.string(),
    totAmt: z.number(),
    totTaxAmt: z.number(),
    rcptSign: z.string(),
  }),
)
const devices = z.array(z.object({ tin: z.string(), mostInFlight: z.int() }))

const rows = z.array(
  z.object({ id: z.string(), kind: z.string(), state: z.string(), receipt: z.looseObject({}) }),
)
const booked = z.object({ id: z.string(), state: z.string(), payment: z.string().nullable() })
const bookedBy = z.object({ code: z.string() })
const sums = z.object({ amount: z.coerce.number() })

type Job = { readonly code: string; readonly rider: string }

export const EBM = /^EBM \d+\/\d+ NS/

/** One town for each test of the block that opens it. */
export function createTown() {
  let world: World
  let clock: ReturnType<typeof movableClock>

  /** Books from Nyabugogo to Kimironko and has whoever is offered the job say yes. @returns the trip's code and its rider */
  async function book(phone: string) {
    for (const text of ['', '1', '1*1', '1*1*2', '1*1*2*1']) await world.hop(phone, `book-${phone}`, text)
    const rider = await until(async () => {
      const found = await world.db('drivers').select('phone').where({ status: 'offered' }).first()
      return found && z.object({ phone: z.string() }).parse(found).phone
    })
    const { code } = bookedBy.parse(
      await world.db('instances').select('code').where({ flow: 'booking', owner: phone }).first(),
    )
    await world.hears(rider, new RegExp(`reply YES ${code}`, 'i'))
    await world.text(rider, `YES ${code}`)
    return { code, rider }
  }
  async function carry(phone: string, { code, rider }: Job, paid: RegExp): Promise<void> {
    const [, start = ''] = await world.hears(phone, paid, 20_000)
    for (const [text, answer] of [
      [`ARRIVED ${code}`, 'ask the customer'],
      [`START ${code} ${start}`, 'take the customer'],
      [`DONE ${code}`, 'is done'],
    ] as const) {
      await world.text(rider, text)
      await world.hears(rider, new RegExp(`Job ${code}[\\s\\S]*${answer}`))
    }
  }
  const ride = async (phone: string) => {
    const job = await book(phone)
    await carry(phone, job, new RegExp(`Paid RWF 1,620, trip ${job.code}[\\s\\S]*Start code (\\d+)`))
    return bookingOf(job.code)
  }

  async function until<T>(look: () => Promise<T | undefined | false>, withinMs = 15_000): Promise<T> {
    for (const end = Date.now() + withinMs; Date.now() < end; await sleep(50)) {
      const found = await look()
      if (found) return found
    }
    throw new Error('not in time')
  }
  const bookingOf = async (code: string) => {
    const found = await world
      .db('instances')
      .select('id', 'state', world.db.raw(`context->>'payment' as payment`))
      .where({ flow: 'booking', code })
      .first()
    return booked.parse(found)
  }
  const ledger = async () => entries.parse(await world.get('/vsdc/_ledger'))
  const queued = async () =>
    rows.parse(
      await world.db('fiscal_receipts').select('id', 'kind', 'state', 'receipt').orderBy('invoice_no'),
    )
  const signed = (count: number) =>
    until(async () => {
      const found = await ledger()
      const states = (await queued()).map(({ state }) => state)
      return found.length >= count && states.every((state) => state === 'signed') && found
    })
  const posted = async (source: string | null, kind: string) => {
    const found = await world.db('postings').where({ source, kind }).sum({ amount: 'amount_minor' }).first()
    return sums.parse(found).amount
  }
  const texts = async (phone: string) => (await world.inbox(phone)).filter((text) => EBM.test(text))
  const errand = (type: string, about: { flow: string; id: string | null }, params: object) =>
    world.db('outbox').insert({
      id: `ob_${randomUUID()}`,
      flow: about.flow,
      about: about.id,
      root: about.id,
      type,
      params: JSON.stringify(params),
      lane: 'booking',
      due_at: clock.now(),
    })
  const nothingLeft = () =>
    until(
      async () =>
        (await world.db('outbox').whereNull('dead_at').andWhere('due_at', '<=', clock.now())).length === 0,
    )

  const open = (settings: Readonly<Record<string, string>>) => {
    beforeEach(async () => {
      clock = movableClock()
      world = await startWorld(settings, clock)
    })
    afterEach(() => world.stop())
  }

  return {
    open,
    world: () => world,
    clock: () => clock,
    book,
    carry,
    ride,
    until,
    bookingOf,
    ledger,
    devices: async () => devices.parse(await world.get('/vsdc/_device')),
    queued,
    signed,
    posted,
    texts,
    errand,
    nothingLeft,
  }
}
