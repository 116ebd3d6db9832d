import { phrase } from '../words/index.ts'
import { given, phone, place, weight } from './field.ts'
import type { ServiceLine } from './line.ts'
import { KG, placesIn, wantedOf } from './text.ts'

/** A parcel is booked by these steps; a moto carries no more than the last. */
const STEPS_KG = [5, 15, 30] as const

const RECEIVER = /\+?\d[\d -]{7,15}\d/
const WEIGHT = new RegExp(`(?<![\\p{L}\\d])\\d{1,3}(?:[.,]\\d+)?\\s?(?:${KG})(?!\\p{L})`, 'iu')

/**
 * A parcel, now: paid first, then the nearest licensed rider has it, and hands it over against the receiver's code. Or
 * who receives it pays the rider for that code; the sender does, where nobody takes it.
 */
export const parcel: ServiceLine = {
  id: 'parcel',
  menu: 'menuParcel',
  fields: [
    place('from', 'parcelFrom'),
    place('to', 'parcelTo', 'from'),
    phone('receiver', 'parcelReceiver'),
    weight('weight', 'parcelWeight', STEPS_KG),
  ],
  price: 'tariff',
  reserve: 'assign',
  drivers: 'ride',
  earns: 'driver',
  cancelUntilMs: null,
  pay: ['before', 'cash'],
  besides: ['cash'],
  carry: [
    {
      id: 'collected',
      verb: 'collectedVerb',
      prove: 'none',
      ask: 'collectParcel',
      aboard: true,
      tell: { traveller: 'parcelCollected', receiver: 'parcelComing', receiverPays: 'parcelComingCash' },
    },
    {
      id: 'done',
      verb: 'handedVerb',
      prove: 'code',
      ask: 'handOver',
      askCash: 'handOverCash',
      aboard: true,
      tell: {},
    },
  ],
  back: {
    id: 'returned',
    verb: 'returnedVerb',
    prove: 'code',
    ask: 'takeBack',
    askCash: 'takeBackCash',
    aboard: true,
    tell: {},
  },
  words: {
    paid: 'parcelPaid',
    cash: 'parcelCash',
    yesCash: 'receiverPays',
    cashInstead: 'receiverPays',
    booked: 'parcelBooked',
    underway: 'parcelUnderway',
    rating: 'parcelHanded',
    holding: 'holding',
    nobody: 'refusedNobody',
    nobodyPaid: 'refusedRefund',
    returning: 'parcelReturning',
    returningUnpaid: 'parcelReturningCash',
    returned: 'parcelReturned',
    handed: 'parcelReceived',
  },
  taxedAs: 'parcel',
  keywords: {
    en: 'parcel package send',
    rw: 'umuzigo ohereza',
    fr: 'colis envoyer',
    sw: 'kifurushi tuma',
    ar: 'طرد ارسل',
    ur: 'پارسل بھیجو',
  },
  /** The places, and in any order whom it is for and its weight. */
  read(tail) {
    const [weight = ''] = WEIGHT.exec(tail) ?? []
    const [receiver = ''] = RECEIVER.exec(tail.replace(weight, ' ')) ?? []
    const places = placesIn(tail.replace(weight, ' ').replace(receiver, ' '))
    return [...places, ...wantedOf({ receiver, weight })]
  },
  again: { fields: ['from', 'to', 'receiver', 'weight'], say: 'parcelAgain' },
  summary(said) {
    const [from, to, receiver, kg] = ['from', 'to', 'receiver', 'weight'].map(
      (field) => given(said, field)?.label,
    )
    return from && to && receiver && kg
      ? phrase('parcelSummary', { from, to, receiver, kg })
      : phrase('parcelDraft')
  },
}
