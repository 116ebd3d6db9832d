import { codeOf } from '../../src/core/base/code.ts'
import type { Money } from '../../src/core/base/money.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { Agent } from '../../src/core/people/agents.ts'
import type { Bid } from '../../src/core/sell/bids.ts'
import { withinLine } from '../../src/core/talk/air.ts'
import type { Option } from '../../src/core/talk/prompt.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'
import { kigaliRiders } from '../../src/demo/riders.ts'
import type { Carrier, Lacking } from '../../src/flows/effects.ts'

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
  /** Whose vehicle takes a load, and two that offer to. */
  readonly hauled: Carrier
  readonly bids: readonly Bid[]
  /** What a shop may order, and a basket that was typed. */
  readonly products: readonly Option[]
  readonly basket: Option
  /** A warehouse that packs it. */
  readonly packing: Carrier
  /** What there is too little of. */
  readonly lacking: Lacking
  readonly owner: Msisdn
  /** Who may book for the owner. */
  readonly agent: Agent
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

const DAY_MS = 24 * HOUR_MS
/** A vehicle for a load that is loaded the day after everything else happens. */
const hauls = (name: string, plate: string, digits: string): Carrier => ({
  ...{ id: 'pt_1', phone: phone(digits), name, plate, minutes: 0, startCode: '5127' },
  haul: { loadBy: LEAVES_AT - DAY_MS, arriveBy: LEAVES_AT + DAY_MS },
})
const bidsOf = ({ name, phone, plate }: Carrier, amountMinor: number): Bid[] =>
  ['pt_1', 'pt_2'].map((partner, n) => ({
    ...{ partner, name, phone, plate, vehicle: `ve_${n}`, stars: n === 0 ? 47 : null },
    ...{ amountMinor: amountMinor + n, madeAt: 0, validUntil: LEAVES_AT - DAY_MS },
  }))

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
  hauled: hauls('Akagera Haulage', 'RAF 412 T', '250788300001'),
  bids: bidsOf(hauls('Akagera Haulage', 'RAF 412 T', '250788300001'), 450_000),
  products: [
    { value: '12', label: 'Rice 50kg, RWF 78,000' },
    { value: '1238', label: 'Evaporated milk x24, RWF 21,200' },
    { value: '#Oil', label: 'Oil' },
  ],
  basket: { value: '12x3 1238x2', label: 'Rice 50kg x3 + Evaporated milk x24 x2' },
  packing: {
    ...{ id: 'pt_agbara', phone: phone('250788200021'), name: 'Ikeja depot', plate: '' },
    ...{ minutes: 0, startCode: '6620', at: { lat: 6.61, lng: 3.35 } },
  },
  lacking: { item: 'Rice 50kg', left: '2', product: 12 },
  owner: phone('250788000009'),
  agent: { id: 'ag_1', phone: phone('250788300001'), name: 'Aline', commissionBp: 300 },
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
  agent: { ...TYPICAL.agent, name: 'Marie Chantal Uwera' },
  code: '48213',
  price: rwf(12_340),
  renewed: rwf(12_350),
}

/** As long as anything may be; a place's name is held to 20 characters by the seed's own test. */
export const WORST: Data = {
  places: ['A', 'B', 'C', 'D', 'E'].map((letter) =>
    place(`${letter}${'w'.repeat(19)}`, `${letter}${'n'.repeat(19)}`),
  ),
  driver: {
    id: 'dr_1',
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
  hauled: hauls(`Haul-${'h'.repeat(15)}`, 'RAB 123 AZ', '250788100003456'),
  bids: bidsOf(hauls(`Haul-${'h'.repeat(15)}`, 'RAB 123 AZ', '250788100003456'), 9_999_980),
  products: ['12', '1238', '#Oil'].map((value, n) => ({
    value,
    label: `${'P'.repeat(24)}, RWF 9,999,99${n}`,
  })),
  basket: {
    value: Array.from({ length: 12 }, (_, n) => `${codeOf(900_000_000 + n)}x999`).join(' '),
    label: Array.from({ length: 12 }, () => `${'P'.repeat(24)} x999`).join(' + '),
  },
  packing: { ...TYPICAL.packing, name: 'W'.repeat(20), phone: phone('250788200001234') },
  lacking: { item: 'P'.repeat(24), left: '998', product: 12 },
  owner: phone('250788000009876'),
  agent: { ...TYPICAL.agent, name: 'W'.repeat(20) },
  code: '123456789012',
  price: rwf(9_999_990),
  renewed: rwf(9_999_980),
}

/** A name of somebody who would end a screen, add a choice to it, and turn its direction. */
const FORGER = 'Ax\r\n77 FORGED\nEND y\u202e <Say>&"\u0007\u2028CON'
const forged = (carrier: Carrier): Carrier => ({ ...carrier, name: FORGER, plate: FORGER })

/** Everybody's name is what nobody should be called. */
export const HOSTILE: Data = {
  ...TYPICAL,
  places: TYPICAL.places.map(({ value }, n) => ({ value, label: `${n} ${FORGER}`, detail: FORGER })),
  driver: forged(TYPICAL.driver),
  second: forged(TYPICAL.second),
  departures: TYPICAL.departures.map((one, n) => ({ ...one, label: `${n} ${FORGER}`, detail: FORGER })),
  seated: forged(TYPICAL.seated),
  hauled: forged(TYPICAL.hauled),
  bids: TYPICAL.bids.map((bid) => ({ ...bid, name: FORGER, plate: FORGER })),
  products: TYPICAL.products.map((one, n) => ({ ...one, label: `${n} ${FORGER}` })),
  packing: forged(TYPICAL.packing),
  lacking: { ...TYPICAL.lacking, item: FORGER },
  agent: { ...TYPICAL.agent, name: FORGER },
}

/** A value for every slot that any text has; what has lines of its own is made of texts that were rendered. */
export const slotsOf = (
  { places, driver, seated, code, owner, agent, lacking, basket }: Data,
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
  ...lacking,
  items: basket.value,
  product: lacking.item,
  seats: seated.passage?.seats.join(', ') ?? '',
  ticket: seated.passage?.ticket ?? '',
  when: seated.passage?.when ?? '',
  help: '3847',
  period: '2026-W47',
  number: '2026-1000123',
  what: 'cement in bags',
  nth: '12',
  asked: price,
  amount: '9999980',
  load: `${code} cement in bags 25 t ${places[0]?.label}-${places[1]?.label} 30/11`,
  currency: 'RWF',
  vehicle: 'Trailer 25 t',
  carrier: driver.name,
  count: '12',
  until: '04/03 07:30',
  stars: '4.7/5',
  km: '1234',
  list: withinLine(`${code} cement in bags 25 t Kigali-Huye 04/03`),
  date: '2026-12-21',
  name: 'weekly-20-characters',
  lines: withinLine(`${lacking.item} x3: ${price}`),
  question: withinLine(`Order ${lacking.item} x3`),
  dial: '*384*77#',
  summary: withinLine(`Moto ${places[0]?.label} -> ${places[1]?.label}`),
  why: 'The payment was not approved in time.',
  pay: `Take ${price} in cash.`,
  otp: '123456',
  receiver: owner,
  back: driver.startCode,
  sender: owner,
  customer: owner,
  agent: agent.name,
  kg: '15 kg',
  label: 'Cancel trip',
  key: '1 #',
})
