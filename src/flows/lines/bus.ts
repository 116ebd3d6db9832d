import { readWords } from '../../core/base/day-words.ts'
import { phrase } from '../words/index.ts'
import { departure, type Given, given, place, travellers } from './field.ts'
import type { ServiceLine } from './line.ts'
import { placesIn, wantedOf } from './text.ts'

/** Who needs more books twice. */
const MOST_SEATS = 6
const HOUR_MS = 3_600_000

/** Seats from town to town: kept for a while, paid, and shown to the conductor as a ticket of digits. */
export const bus: ServiceLine = {
  id: 'bus',
  menu: 'menuBus',
  fields: [
    place('from', 'busFrom', undefined, 'cities'),
    place('to', 'busTo', 'from', 'cities'),
    departure('departure', 'busWhich'),
    travellers('travellers', 'busWho', MOST_SEATS),
  ],
  price: 'seats',
  reserve: 'seats',
  drivers: 'bus',
  earns: 'partner',
  cancelUntilMs: 2 * HOUR_MS,
  pay: ['before'],
  carry: [
    { id: 'boarded', verb: 'boardedVerb', prove: 'code', ask: 'boarding', aboard: true, tell: {} },
    { id: 'done', verb: 'doneVerb', prove: 'none', ask: 'aboardNow', aboard: true, tell: {} },
  ],
  back: null,
  words: {
    found: 'busHeld',
    paid: 'busTicket',
    booked: 'busBooked',
    underway: 'busUnderway',
    rating: 'rating',
    holding: 'busHolding',
    nobody: 'busFull',
    nobodyPaid: 'busLost',
    wait: { ask: 'busWait', in: 'busWaiting', free: 'busCameFree', over: 'busWaitOver' },
    reminder: 'busReminder',
    delayed: 'busDelayed',
    late: 'busLate',
    which: 'busOther',
    moved: 'busMoved',
  },
  taxedAs: 'seat',
  keywords: {
    en: 'bus coach seat ticket',
    rw: 'bisi itike',
    fr: 'autobus autocar billet',
    sw: 'basi tiketi',
    ar: 'حافلة تذكرة كار',
    ur: 'بس ٹکٹ',
  },
  /** The towns, and behind them a day or an hour. */
  read(tail) {
    const words = tail.split(/\s+/)
    const at = words.findIndex((_, n) => n > 0 && readWords(words.slice(n).join(' ')) !== null)
    if (at < 0) return placesIn(tail)
    return [...placesIn(words.slice(0, at).join(' ')), ...wantedOf({ departure: words.slice(at).join(' ') })]
  },
  again: { fields: ['from', 'to'], say: 'busAgain' },
  summary(said) {
    const [from, to, when] = ['from', 'to', 'departure'].map((field) => given(said, field)?.label)
    const seats = String(travellersIn(said))
    return from && to && when ? phrase('busSummary', { from, to, when, seats }) : phrase('busDraft')
  },
}

/** How many seats are wanted: the number that was said, or that of the names. */
export const travellersIn = (said: Given): number => Number(given(said, 'travellers')?.label ?? 1)
