import type { Plan } from './plan.ts'

/** What the warehouse sells; of the second there may be too little. */
export const GOODS = [
  { no: 91, name: 'Rice 10kg', unitMinor: 9_000, onHand: 1_000_000 },
  { no: 92, name: 'Beans 5kg', unitMinor: 6_500, onHand: 120 },
] as const
/** How much is ordered at once. */
const PIECES = 2

/** How people book on one line by USSD, whatever stands above it in the menu. */
type Booking = {
  /** Of a hundred travellers so many. */
  readonly share: number
  /** What is typed at each question up to the yes: what the screen must say, and the answer. */
  readonly answers: readonly (readonly [asked: RegExp, answer: (plan: Plan) => string])[]
}

const MENU = /^CON Inzira/
const CONFIRM = /RWF [\d,]+\n1 Yes/

export const BOOKINGS = {
  ride: {
    share: 45,
    answers: [
      [MENU, () => 'Ride'],
      [/Where are you\?/, ({ from }) => String(from)],
      [/Where to\?/, ({ to }) => String(to)],
      [CONFIRM, () => '1'],
    ],
  },
  parcel: {
    share: 20,
    answers: [
      [MENU, () => 'Parcel'],
      [/Where do we collect it\?/, ({ from }) => String(from)],
      [/Where does it go\?/, ({ to }) => String(to)],
      [/who receives it\?/, ({ receiver }) => receiver],
      [/How heavy/, () => '1'],
      [CONFIRM, () => '1'],
    ],
  },
  bus: {
    share: 15,
    answers: [
      [MENU, () => 'Bus'],
      [/From which town\?/, () => 'Kigali'],
      [/To which town\?/, () => 'Huye'],
      [/Which bus\?/, () => '1'],
      [/Who travels\?/, () => '1'],
      [CONFIRM, () => '1'],
    ],
  },
  freight: {
    share: 8,
    answers: [
      [MENU, () => 'Load'],
      [/What do you send\?/, () => 'cement'],
      [/Which vehicle\?/, () => '4'],
      [/From which town\?/, () => 'Kigali'],
      [/To which town\?/, () => 'Huye'],
      [/When is it loaded\?/, ({ day }) => day],
      [/Ask carriers for their prices\?\n1 Yes/, () => '1'],
    ],
  },
  order: {
    share: 12,
    answers: [
      [MENU, () => 'Order'],
      [/Which product\?/, ({ product }) => `${product}x${PIECES}`],
      [/Where to\?/, ({ to }) => String(to)],
      [CONFIRM, () => '1'],
    ],
  },
} as const satisfies Readonly<Record<string, Booking>>

export type ChaosLine = keyof typeof BOOKINGS

const isLine = (name: string): name is ChaosLine => Object.hasOwn(BOOKINGS, name)

/** The line of who draws so many of a hundred. */
export function lineAt(percent: number): ChaosLine {
  let upTo = 0
  for (const name of Object.keys(BOOKINGS)) {
    if (!isLine(name)) continue
    upTo += BOOKINGS[name].share
    if (percent <= upTo) return name
  }
  return 'ride'
}

/** The questions of their booking in order, up to the yes, with what they answer. */
export const answersOf = ({ line }: Plan): Booking['answers'] => BOOKINGS[line].answers

/** What to type at a screen of a booking; undefined where it asks nothing of it. */
export const answerAt = (screen: string, plan: Plan): string | undefined =>
  answersOf(plan)
    .find(([asked]) => asked.test(screen))?.[1]
    .call(null, plan)

/** All but the yes, dialled at once. */
export const shortcutOf = (plan: Plan): string =>
  answersOf(plan)
    .slice(0, -1)
    .map(([, answer]) => answer(plan))
    .join('*')
