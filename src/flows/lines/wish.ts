import { z } from 'zod'
import type { Bid } from '../../core/sell/bids.ts'
import { msisdn } from '../effects.ts'
import { travellersIn } from './bus.ts'
import { extrasIn } from './bus-extras.ts'
import { type Given, given } from './field.ts'
import { isKept, type Kept, type Reserve } from './line.ts'
import { basketIn } from './order.ts'

/** What a journey wants kept for it, by the kind of it. */
export const wish = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('seats'),
    departure: z.string(),
    from: z.string(),
    to: z.string(),
    count: z.int(),
    /** What goes along, where anything does. */
    along: z
      .object({
        bags: z.int(),
        isInsured: z.boolean(),
        choice: z.union([z.enum(['window', 'aisle']), z.array(z.int()).readonly()]).nullable(),
      })
      .exactOptional(),
    /** It was full, and they would wait for what comes free. */
    wait: z.literal(true).exactOptional(),
  }),
  z.object({
    kind: z.literal('carrier'),
    /** The booking of the load. */
    load: z.string(),
    partner: z.string(),
    vehicle: z.string(),
    name: z.string(),
    phone: msisdn,
    plate: z.string(),
    /** What, and when it is loaded, as the carrier is told. */
    what: z.string(),
    when: z.string(),
  }),
  z.object({
    kind: z.literal('stock'),
    basket: z.array(z.object({ product: z.int(), count: z.int() })),
  }),
])
export type Wish = z.infer<typeof wish>

/** What was said, and offered for it. */
type Told = { readonly id: string; readonly given: Given; readonly offers: readonly Bid[] }

/** What was said, as the wish it makes; null while too little is known. */
const WISHES: Readonly<Record<Kept, (told: Told) => Wish | null>> = {
  carrier({ id, given: said, offers }) {
    const bid = offers.find(({ partner }) => partner === given(said, 'offer')?.value)
    if (!bid) return null
    const { partner, vehicle, name, phone, plate } = bid
    const [what = '', when = ''] = ['what', 'when'].map((field) => given(said, field)?.label)
    return { kind: 'carrier', load: id, partner, vehicle, name, phone, plate, what, when }
  },
  seats({ given: said }) {
    const [departure, from, to] = ['departure', 'from', 'to'].map((field) => given(said, field)?.value)
    if (!departure || !from || !to) return null
    const along = given(said, 'extra') && extrasIn(said)
    return { kind: 'seats', departure, from, to, count: travellersIn(said), ...(along && { along }) }
  },
  stock: ({ given: said }) => ({ kind: 'stock', basket: [...basketIn(said)] }),
}

/** What is to be kept for a journey; null where somebody comes. */
export const wishOf = (told: Told, reserve: Reserve): Wish | null =>
  isKept(reserve) ? WISHES[reserve](told) : null
