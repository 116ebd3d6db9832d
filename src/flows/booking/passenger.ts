import { z } from 'zod'
import { maskPhone } from '../../core/base/phone.ts'
import type { Booked, Manifest } from '../../core/people/bookings.ts'
import { given } from '../lines/field.ts'
import { bookingContext } from './model.ts'

/** A booking as who carries it sees it: enough to expect somebody, too little to call them or to board as them. */
const shape = z.object({
  id: z.string(),
  code: z.string().meta({ description: 'Digits by which people name the booking.' }),
  state: z.string(),
  paid: z.boolean(),
  from: z.string(),
  to: z.string(),
  travellers: z.string().meta({ description: 'Names as they were given, or only how many.' }),
  seats: z.array(z.int()),
  price: z.object({ amountMinor: z.int(), currency: z.string() }).nullable(),
  phone: z.string().meta({ description: 'Masked: `+25078•••001`.' }),
})

function describe({ id, owner, state, context: raw }: Booked): z.infer<typeof shape> {
  const context = bookingContext.parse(raw)
  const said = (field: string) => given(context.given, field)
  return {
    id,
    code: context.code,
    state,
    paid: context.paid,
    from: said('from')?.label ?? '',
    to: said('to')?.label ?? '',
    travellers: said('travellers')?.value ?? '',
    seats: context.carrier?.passage?.seats ?? [],
    price: context.quote?.price ?? null,
    phone: maskPhone(owner),
  }
}

/** Bookings for whoever carries them. */
export const passengerManifest: Manifest = { shape, describe }
