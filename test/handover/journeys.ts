import type { Happening } from './buses.ts'

/** What somebody answers: an option by its label or its place, or something typed, which a keypad may have to type otherwise. */
export type Answer = {
  readonly label?: string
  readonly nth?: number
  readonly text?: string
  readonly keyed?: string
}

/** A question by its name, and the answer. `later`: it is not asked in the same breath as the one before. */
export type Question = readonly [name: string, answer: Answer, later?: 'later']

export type Journey = {
  readonly id: string
  /** As the menu has it. */
  readonly label: string
  /** In the order in which they are asked. */
  readonly questions: readonly Question[]
  /** The first question at which it is another than those before it; it is handed over from there on. */
  readonly since?: number
  /** What comes after the yes; it is paid at once and over, when nothing is said. */
  readonly comes?: 'rated' | 'declined'
  /** It has a bus of its own, with which this happens before a question is asked. */
  readonly happens?: Readonly<Record<string, Happening>>
}

const YES: Answer = { label: 'Yes' }
/** The payment was declined. */
const AGAIN: Question = ['unpaid', { label: 'Try again' }, 'later']
const RIDE: readonly Question[] = [
  ['from', { label: 'Nyabugogo' }],
  ['to', { label: 'Kimironko' }],
  ['confirm', YES],
]

const BUS: readonly Question[] = [
  ['from', { label: 'Kigali' }],
  ['to', { label: 'Huye' }],
  ['departure', { nth: 1 }],
  ['travellers', { text: '2' }],
  ['confirm', YES],
]

/** The bus of one's own. */
const OWN_BUS: readonly Question[] = BUS.map((question) =>
  question[0] === 'to' ? ['to', { label: 'Musanze' }] : question,
)

/** One booking on each line until it is paid, and what may come after the yes. */
export const JOURNEYS: readonly Journey[] = [
  { id: 'ride', label: 'Ride', questions: RIDE },
  {
    id: 'parcel',
    label: 'Parcel',
    questions: [
      ['from', { label: 'Nyabugogo' }],
      ['to', { text: '103' }],
      ['receiver', { text: '0788000956' }],
      ['weight', { label: '15 kg' }],
      ['confirm', YES],
    ],
  },
  { id: 'bus', label: 'Bus', questions: BUS },
  {
    id: 'bus',
    label: 'Bus',
    questions: [
      ...BUS.slice(0, -1),
      ['confirm', { label: 'Extras' }],
      ['extra', { label: 'Two extra bags' }],
      ['confirm', YES],
    ],
    since: BUS.length,
  },
  {
    id: 'freight',
    label: 'Load',
    questions: [
      ['what', { label: 'Food' }],
      ['vehicle', { label: 'Truck 10 t' }],
      ['from', { label: 'Kigali' }],
      ['to', { label: 'Huye' }],
      ['when', { nth: 2 }],
      ['confirm', YES],
      ['offers', { nth: 1 }, 'later'],
      ['confirm', YES],
    ],
  },
  {
    id: 'order',
    label: 'Order',
    questions: [
      ['product', { text: '91x3', keyed: '91*3' }],
      ['to', { label: 'Remera' }],
      ['confirm', { label: 'Add something' }],
      ['product', { text: '92' }],
      ['count', { text: '1' }],
      ['confirm', YES],
    ],
  },
  {
    id: 'ride',
    label: 'Ride',
    questions: [...RIDE, ['rating', { nth: 4 }, 'later']],
    since: RIDE.length,
    comes: 'rated',
  },
  {
    id: 'ride',
    label: 'Ride',
    questions: [
      ...RIDE,
      ['booked', { label: 'Change destination' }, 'later'],
      ['to', { label: 'Kacyiru' }],
      ['redirect', YES],
    ],
    since: RIDE.length,
  },
  { id: 'ride', label: 'Ride', questions: [...RIDE, AGAIN], since: RIDE.length, comes: 'declined' },
  { id: 'bus', label: 'Bus', questions: [...BUS, AGAIN], since: BUS.length, comes: 'declined' },
  {
    id: 'bus',
    label: 'Bus',
    questions: [...OWN_BUS, ['full', YES, 'later'], ['offered', YES, 'later']],
    since: BUS.length,
    happens: { confirm: 'filled', offered: 'freed' },
  },
  {
    id: 'bus',
    label: 'Bus',
    questions: [...OWN_BUS, ['instead', YES, 'later']],
    since: BUS.length,
    happens: { instead: 'calledOff' },
  },
]
