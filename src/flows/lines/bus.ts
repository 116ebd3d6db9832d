import { dayIn } from '../../core/base/day-words.ts'
import { phrase } from '../words/index.ts'
import { extras, extrasApart, extrasAside, extrasIn, tellAlong, withExtras } from './bus-extras.ts'
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
    extras,
  ],
  asides: [extrasAside],
  besides: ['more', 'why'],
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
    more: 'addExtras',
    less: 'busSeatTaken',
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
  /** The towns, and behind them a day or an hour; anywhere, what goes along. */
  read(tail) {
    const { extra, rest } = extrasApart(tail)
    const words = rest.split(' ')
    const at = dayIn(words)
    const ways = placesIn(at < 0 ? rest : words.slice(0, at).join(' '))
    return [...ways, ...wantedOf({ departure: at < 0 ? '' : words.slice(at).join(' '), extra })]
  },
  again: { fields: ['from', 'to'], say: 'busAgain' },
  // Another seat is as good as the one that was chosen; the rest stays.
  less: (said) => ({ given: withExtras(said, { ...extrasIn(said), choice: null }), wanted: [] }),
  along: tellAlong,
  summary(said) {
    const [from, to, when] = ['from', 'to', 'departure'].map((field) => given(said, field)?.label)
    const seats = String(travellersIn(said))
    return from && to && when ? phrase('busSummary', { from, to, when, seats }) : phrase('busDraft')
  },
}

/** How many seats are wanted: the number that was said, or that of the names. */
export const travellersIn = (said: Given): number => Number(given(said, 'travellers')?.label ?? 1)
