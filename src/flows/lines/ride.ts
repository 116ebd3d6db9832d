import { phrase } from '../words/index.ts'
import { given, place } from './field.ts'
import type { ServiceLine } from './line.ts'
import { placesIn } from './text.ts'

/** A moto, now: nearest licensed rider, regulated tariff, paid before or in cash, begun by a start code. */
export const ride: ServiceLine = {
  id: 'ride',
  menu: 'menuRide',
  fields: [place('from', 'rideFrom'), place('to', 'rideTo', 'from')],
  price: 'tariff',
  reserve: 'offer',
  drivers: 'ride',
  earns: 'driver',
  cancelUntilMs: null,
  pay: ['before', 'cash'],
  besides: ['cash'],
  carry: [
    {
      id: 'here',
      verb: 'arrivedVerb',
      prove: 'none',
      ask: 'goPickUp',
      aboard: false,
      tell: { traveller: 'driverHere' },
    },
    { id: 'aboard', verb: 'startVerb', prove: 'code', ask: 'atPickUp', aboard: true, tell: {} },
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
  read: placesIn,
  again: { fields: ['from', 'to'], say: 'rideAgain' },
  summary(said) {
    const [from, to] = [given(said, 'from'), given(said, 'to')]
    return from && to ? phrase('rideSummary', { from: from.label, to: to.label }) : phrase('rideDraft')
  },
}
