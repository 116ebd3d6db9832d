import type { Money } from '../../src/core/base/money.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { Option } from '../../src/core/talk/prompt.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'
import { kigaliRiders } from '../../src/demo/riders.ts'
import type { Carrier } from '../../src/flows/effects.ts'

/** What the world fills screens with. */
export type Data = {
  /** The first two are from and to. */
  readonly places: readonly Option[]
  /** Buses from the first place to the second. */
  readonly departures: readonly Option[]
  readonly driver: Carrier
  readonly second: Carrier
  /** Two seats on the first of them. */
  readonly seated: Carrier
  readonly owner: Msisdn
  readonly code: string
  readonly price: Money
  readonly renewed: Money
}

const phone = (digits: string): Msisdn => `+${digits}` as Msisdn
const rwf = (amountMinor: number): Money => ({ amountMinor, currency: 'RWF' })
const place = (name: string, area: string): Option => ({
  value: name.toLowerCase().replace(/\W+/g, '-'),
  label: name,
  detail: area,
})

const HOUR_MS = 3_600_000
/** Of the first bus, two days after everything else happens. */
export const LEAVES_AT = Date.parse('2026-03-04T07:30:00+02:00')

/** An ordinary day in Kigali. */
export const TYPICAL: Data = {
  places: [
    place('Nyabugogo', 'Muhima'),
    place('Kimironko', 'Kimironko'),
    place('Remera', 'Remera'),
    place('Mu Mujyi (Downtown)', 'Nyarugenge'),
    place('Kacyiru', 'Kacyiru'),
  ],
  driver: {
    id: 'dr_1',
    phone: phone('250788100001'),
    name: 'Jean Bosco',
    plate: 'RE 123 A',
    minutes: 4,
    startCode: '7306',
    returnCode: '5150',
  },
  second: {
    phone: phone('250788100002'),
    name: 'Emmanuel',
    plate: 'RD 418 K',
    minutes: 6,
    startCode: '0412',
    returnCode: '6262',
  },
  departures: ['04/03 07:30', '04/03 13:00', '05/03 07:30'].map((when, n) => ({
    ...{ value: `dp_${n}`, label: `${when}, RWF 3,400`, detail: 'Imanzi Express, RAC 204 B' },
  })),
  seated: {
    ...{ id: 'pa_imanzi', phone: phone('250788200011'), name: 'Imanzi Express', plate: 'RAC 204 B' },
    ...{ minutes: 0, startCode: '0381' },
    passage: {
      seats: [12, 13],
      leavesAt: LEAVES_AT,
      arrivesAt: LEAVES_AT + 2.5 * HOUR_MS,
      zone: 'Africa/Kigali',
      when: '04/03 07:30',
      remindAt: [LEAVES_AT - 24 * HOUR_MS, LEAVES_AT - 2 * HOUR_MS],
      ticket: '482103810',
    },
  },
  owner: phone('250788000009'),
  code: '4821',
  price: rwf(1_160),
  renewed: rwf(1_240),
}

const longest = (names: readonly string[]): string[] => [...names].sort((a, b) => b.length - a.length)
const [farthest = '', farther = ''] = longest(kigaliPlaces.map(({ name }) => name))
const [slowest = ''] = longest(kigaliRiders.map(({ name }) => name))

/** The longest names of the demo, a way across the city, and the codes of a year later. */
export const LONG: Data = {
  ...TYPICAL,
  places: [place(farthest, 'Nyarugenge'), place(farther, 'Kimironko'), ...TYPICAL.places.slice(0, 3)],
  driver: { ...TYPICAL.driver, name: slowest, minutes: 12 },
  code: '48213',
  price: rwf(12_340),
  renewed: rwf(12_350),
}

/** As long as anything may be; a place's name is held to 20 characters by the seed's own test. */
export const WORST: Data = {
  places: ['A', 'B', 'C', 'D', 'E'].map((letter) => place(`${letter}${'w'.repeat(19)}`, 'N'.repeat(20))),
  driver: {
    phone: phone('250788100001234'),
    name: `Jean-${'d'.repeat(15)}`,
    plate: 'RAB 123 AZ',
    minutes: 120,
    startCode: '7306',
    returnCode: '5150',
  },
  second: {
    phone: phone('250788100002345'),
    name: `Paul-${'v'.repeat(15)}`,
    plate: 'RAB 456 BZ',
    minutes: 119,
    startCode: '0412',
    returnCode: '6262',
  },
  departures: TYPICAL.departures.map((one, n) => ({ ...one, label: `04/03 07:3${n}, RWF 9,999,990` })),
  seated: {
    ...{ ...TYPICAL.seated, name: `Imanzi-${'x'.repeat(13)}`, plate: 'RAB 123 AZ' },
    passage: {
      ...{ leavesAt: LEAVES_AT, arrivesAt: LEAVES_AT + 2.5 * HOUR_MS, when: '04/03 07:30' },
      zone: 'Africa/Kigali',
      remindAt: [LEAVES_AT - 24 * HOUR_MS, LEAVES_AT - 2 * HOUR_MS],
      ...{ seats: [195, 196, 197, 198, 199, 200], ticket: '12345678901203810' },
    },
  },
  owner: phone('250788000009876'),
  code: '123456789012',
  price: rwf(9_999_990),
  renewed: rwf(9_999_980),
}

/** A value for every slot that any text has. */
export const slotsOf = (
  { places, driver, seated, code, owner }: Data,
  price: string,
): Record<string, string> => ({
  code,
  price,
  driver: driver.name,
  plate: driver.plate,
  phone: owner,
  start: driver.startCode,
  minutes: String(driver.minutes),
  from: places[0]?.label ?? '',
  to: places[1]?.label ?? '',
  seats: seated.passage?.seats.join(', ') ?? '',
  ticket: seated.passage?.ticket ?? '',
  when: seated.passage?.when ?? '',
  help: '3847',
  period: '2026-W47',
  number: '2026-1000123',
  date: '2026-12-21',
  dial: '*384*77#',
  summary: `Moto ${places[0]?.label} -> ${places[1]?.label}`,
  why: 'The payment was not approved in time.',
  pay: `Take ${price} in cash.`,
  otp: '123456',
  receiver: owner,
  back: driver.startCode,
  sender: owner,
  kg: '15 kg',
  label: 'Cancel trip',
  key: '1 #',
})
