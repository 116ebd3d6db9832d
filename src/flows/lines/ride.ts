import { phrase } from '../words/index.ts'
import { given, place } from './field.ts'
import type { ServiceLine } from './line.ts'
import { placesIn, wantedOf } from './text.ts'
import { byVehicle, otherOf } from './vehicle.ts'

/** Before the places or behind them; "car wash" and "car free zone" are places. */
const BEFORE = /^(?:by )?(?:car|cab|imodoka|voiture|gari|سيارة|سياره|کار|گاڑی) (?!wash|free|park)/iu
const BEHIND =
  / (?:by (?:car|cab)|n'imodoka|n imodoka|mu modoka|en voiture|kwa gari|بالسيارة|بالسياره|کار سے|گاڑی سے)$/iu

/** A moto or a car, now: nearest licensed driver of the kind, regulated tariff, paid before or in cash, begun by a start code. */
export const ride: ServiceLine = {
  id: 'ride',
  menu: 'menuRide',
  fields: [place('from', 'rideFrom'), place('to', 'rideTo', 'from')],
  price: 'tariff',
  reserve: 'offer',
  drivers: 'ride',
  earns: 'driver',
  redirect: 'to',
  cancelUntilMs: null,
  pay: ['before', 'cash'],
  besides: ['cash'],
  asides: [byVehicle('rideBy', ['byMoto', 'byCar'])],
  other: {
    id: 'car',
    want: 'byCar',
    usual: 'byMoto',
    words: { holding: 'carHolding', nobody: 'carNobody', nobodyPaid: 'carNobodyPaid', left: 'carLeft' },
  },
  rates: true,
  carry: [
    {
      id: 'here',
      verb: 'arrivedVerb',
      prove: 'none',
      ask: 'goPickUp',
      aboard: false,
      tell: { traveller: 'driverHere', waiting: 'driverWaits' },
      waits: true,
    },
    {
      id: 'aboard',
      verb: 'startVerb',
      prove: 'code',
      ask: 'atPickUp',
      aboard: true,
      tell: { waited: 'waited' },
    },
    { id: 'done', verb: 'doneVerb', prove: 'none', ask: 'riding', aboard: true, tell: {} },
  ],
  back: null,
  words: {
    found: 'riderFound',
    paid: 'receipt',
    cash: 'cashTrip',
    yesCash: 'rideInCash',
    booked: 'booked',
    underway: 'onTheWay',
    rating: 'rating',
    holding: 'holding',
    nobody: 'refusedNobody',
    nobodyPaid: 'refusedRefund',
  },
  taxedAs: 'ride',
  keywords: {
    en: 'ride boda taxi',
    rw: 'moto gutega',
    fr: 'course',
    sw: 'pikipiki bodaboda usafiri',
    ar: 'دراجة رحلة كورسة تاكسي',
    ur: 'بائیک سواری رکشہ',
  },
  read(tail) {
    const way = tail.replace(BEFORE, '').replace(BEHIND, '')
    return [...wantedOf({ by: way === tail ? '' : 'car' }), ...placesIn(way)]
  },
  again: { fields: ['by', 'from', 'to'], say: 'rideAgain' },
  summary(said) {
    const [from, to] = [given(said, 'from'), given(said, 'to')]
    if (!from || !to) return phrase('rideDraft')
    const way = { from: from.label, to: to.label }
    return otherOf(ride, said) ? phrase('carSummary', way) : phrase('rideSummary', way)
  },
}
