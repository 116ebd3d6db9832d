import { phrase } from '../words/index.ts'
import { day, given, phone, place, words } from './field.ts'
import { amount, aside, sealed, vehicle } from './freight-fields.ts'
import { loadIn } from './freight-text.ts'
import type { ServiceLine } from './line.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** So much of what is sent is shown to carriers. */
const WHAT_CHARACTERS = 20

/** What carries loads, by what it carries at most. */
const VEHICLES = [
  { name: 'Suzuki', kg: 700 },
  { name: 'Shehzore', kg: 1_500 },
  { name: 'Mazda', kg: 4_000 },
  { name: 'Truck', kg: 10_000 },
  { name: 'Trailer', kg: 25_000 },
] as const

/** A load: carriers say what they want for it, the price of the one that is taken waits until it is delivered. */
export const freight: ServiceLine = {
  id: 'freight',
  menu: 'menuFreight',
  fields: [
    words('what', 'freightWhat', WHAT_CHARACTERS, ['cement', 'food', 'household', 'materials']),
    vehicle('vehicle', 'freightVehicle', VEHICLES),
    place('from', 'freightFrom', undefined, 'towns'),
    place('to', 'freightTo', 'from', 'towns'),
    day('when', 'freightWhen'),
  ],
  asides: [
    aside(phone('receiver', 'parcelReceiver')),
    aside(amount('target', 'freightTarget')),
    aside(sealed),
  ],
  price: 'offers',
  reserve: 'carrier',
  drivers: 'freight',
  earns: 'partner',
  cancelUntilMs: null,
  pay: ['before'],
  terms: {
    openMs: DAY_MS,
    commissionBp: 500,
    deliverWithinMs: 14 * DAY_MS,
    objectWithinMs: 2 * DAY_MS,
  },
  carry: [
    {
      id: 'collected',
      verb: 'loadedVerb',
      prove: 'none',
      ask: 'goLoad',
      aboard: true,
      tell: { traveller: 'freightLoaded', receiver: 'freightComing' },
    },
    { id: 'done', verb: 'deliveredVerb', prove: 'code', ask: 'deliverLoad', aboard: true, tell: {} },
  ],
  back: null,
  words: {
    found: 'freightHeld',
    paid: 'freightPaid',
    booked: 'freightBooked',
    underway: 'freightUnderway',
    rating: 'freightDelivered',
    holding: 'freightHolding',
    nobody: 'freightNobody',
    nobodyPaid: 'freightLost',
    handed: 'freightReceived',
  },
  // The next load is another one.
  again: null,
  taxedAs: 'freight',
  keywords: {
    en: 'load freight',
    rw: 'imizigo',
    fr: 'fret charger',
    sw: 'mzigo shehena',
    ar: 'حمولة شحن',
    ur: 'لوڈ مال ٹرانسپورٹ',
  },
  read: loadIn,
  summary(said) {
    const [what, kind, from, to, when, carrier] = ['what', 'vehicle', 'from', 'to', 'when', 'offer'].map(
      (field) => given(said, field)?.label,
    )
    if (!what || !kind || !from || !to || !when) return phrase('freightDraft')
    return carrier
      ? phrase('freightAgreed', { what, from, to, when, carrier })
      : phrase('freightSummary', { what, vehicle: kind, from, to, when })
  },
}
