import { type Msisdn, parsePhone } from '../core/base/phone.ts'
import type { SeatRules } from '../core/sell/seats.ts'
import type { Timetable } from '../core/sell/timetable.ts'
import { type Country, cityId } from './cities.ts'

/** A route of the demo in one direction; minutes and fares count from its first stop. */
export type DemoRoute = {
  readonly id: string
  readonly partner: string
  readonly country: Country
  readonly stops: readonly { readonly place: string; readonly minutes: number; readonly fareMinor: number }[]
  readonly timetable: Timetable
}

/** Operators nobody knows: their names are made up. */
export const busPartners = [
  { id: 'pt_rw_umusambi', name: 'Umusambi Express' },
  { id: 'pt_rw_isonga', name: 'Isonga Coach' },
  { id: 'pt_dz_tell', name: 'Étoile du Tell' },
  { id: 'pt_dz_atlas', name: 'Atlas Voyages' },
] as const

/** Who acts for those of Rwanda: one-time codes go to its numbers. */
export const busMembers = [
  { id: 'pm_rw_umusambi', partner: 'pt_rw_umusambi', phone: '+250788230001', role: 'owner', paid: true },
  {
    id: 'pm_rw_umusambi_clerk',
    partner: 'pt_rw_umusambi',
    phone: '+250788230002',
    role: 'clerk',
    paid: false,
  },
  { id: 'pm_rw_isonga', partner: 'pt_rw_isonga', phone: '+250788230003', role: 'owner', paid: true },
] as const

type PartnerId = (typeof busPartners)[number]['id']

type Market = {
  readonly zone: string
  readonly currency: 'RWF' | 'DZD'
  readonly seats: number
  readonly rules: SeatRules
  readonly plate: (serial: number) => string
  /** Of the conductor of bus 1; the others follow. */
  readonly phone: number
}

/** Where fares are set from above, as in Rwanda, nothing comes on top; the other choices are the demo's own. */
export const busMarkets: Readonly<Record<Country, Market>> = {
  RW: {
    zone: 'Africa/Kigali',
    currency: 'RWF',
    seats: 29,
    rules: {
      fuller: [],
      earlier: [{ days: 7, offBp: 500 }],
      capBp: 0,
      roundToMinor: 10,
      commissionBp: 800,
      extras: { bagMinor: 500, mostBags: 2, coverMinor: 300, choiceMinor: 200 },
    },
    plate: (serial) => `RAH ${100 + serial} ${'BCDEFGHK'[serial % 8]}`,
    phone: 250_788_210_001,
  },
  DZ: {
    zone: 'Africa/Algiers',
    currency: 'DZD',
    seats: 49,
    rules: {
      fuller: [
        { soldBp: 5_000, addBp: 500 },
        { soldBp: 8_000, addBp: 1_200 },
      ],
      earlier: [
        { days: 14, offBp: 1_000 },
        { days: 7, offBp: 500 },
      ],
      capBp: 1_500,
      roundToMinor: 1_000,
      commissionBp: 1_000,
      extras: { bagMinor: 20_000, mostBags: 3, coverMinor: 10_000, choiceMinor: 5_000 },
    },
    plate: (serial) => `${String(2_140 + serial * 37).padStart(5, '0')} 322 16`,
    phone: 213_550_010_001,
  },
}

type Stop = readonly [name: string, minutes: number, fareMinor: number]
type Row = readonly [partner: PartnerId, country: Country, out: string, home: string, ...stops: Stop[]]

/** Times out and home, `!` where it does not go on Sundays in Rwanda, on Fridays in Algeria. Amounts: RWF, centimes of DZD. */
// biome-ignore format: a table
const ROWS: readonly Row[] = [
  ['pt_rw_umusambi', 'RW', '06:00 08:30 11:00 14:00 17:00', '05:30 08:00 11:00 14:00 16:30', ['Kigali', 0, 0], ['Muhanga', 75, 1_300], ['Ruhango', 110, 1_950], ['Nyanza', 135, 2_450], ['Huye', 175, 3_300]],
  ['pt_rw_umusambi', 'RW', '06:30 09:30 13:00 16:00', '06:00 09:00 12:30 15:30', ['Kigali', 0, 0], ['Gakenke', 90, 1_500], ['Musanze', 135, 2_250], ['Rubavu', 210, 3_550]],
  ['pt_rw_isonga', 'RW', '07:00 10:30 14:30', '06:00 10:00 14:00', ['Kigali', 0, 0], ['Rwamagana', 65, 1_150], ['Kayonza', 95, 1_650], ['Nyagatare', 190, 3_450]],
  ['pt_rw_isonga', 'RW', '05:30 20:00!', '05:30 19:30!', ['Kigali', 0, 0], ['Muhanga', 75, 1_300], ['Huye', 170, 3_250], ['Nyamagabe', 220, 4_050], ['Rusizi', 390, 7_200]],
  ['pt_rw_isonga', 'RW', '07:30 12:00 16:30!', '06:30 11:00 15:30!', ['Kigali', 0, 0], ['Rwamagana', 65, 1_150], ['Kayonza', 95, 1_650], ['Ngoma', 135, 2_400]],
  ['pt_rw_umusambi', 'RW', '07:00 13:30', '06:30 13:00', ['Kigali', 0, 0], ['Muhanga', 75, 1_300], ['Karongi', 180, 3_400]],
  ['pt_dz_tell', 'DZ', '06:00 08:00 13:00 22:30', '06:00 08:30 13:30 22:30', ['Alger', 0, 0], ['Blida', 50, 15_000], ['Chlef', 150, 55_000], ['Relizane', 230, 85_000], ['Oran', 320, 120_000]],
  ['pt_dz_tell', 'DZ', '07:00 11:00 16:00', '06:30 11:30 16:00!', ['Oran', 0, 0], ['Sidi Bel Abbes', 75, 22_000], ['Tlemcen', 145, 42_000]],
  ['pt_dz_atlas', 'DZ', '06:00 09:00 14:00 21:30', '06:00 09:30 14:00 21:30', ['Alger', 0, 0], ['Bouira', 95, 32_000], ['Bordj Bou Arreridj', 175, 60_000], ['Setif', 230, 78_000], ['Constantine', 320, 110_000]],
  ['pt_dz_atlas', 'DZ', '07:00 12:00 16:30!', '06:30 11:30 16:30!', ['Constantine', 0, 0], ['Guelma', 90, 30_000], ['Annaba', 145, 45_000]],
  ['pt_dz_tell', 'DZ', '07:30 14:30!', '07:00 14:00!', ['Alger', 0, 0], ['Tizi Ouzou', 110, 32_000], ['Bejaia', 230, 75_000]],
  ['pt_dz_atlas', 'DZ', '20:00', '19:30', ['Alger', 0, 0], ['Medea', 85, 28_000], ['Djelfa', 240, 80_000], ['Laghouat', 330, 110_000], ['Ghardaia', 480, 155_000]],
]

const REST_DAY: Readonly<Record<Country, number>> = { RW: 7, DZ: 5 }
const WEEK = [1, 2, 3, 4, 5, 6, 7]
/** More than any route has, so that each run has a bus of its own and keeps it when another route gains one. */
const RUNS_PER_ROUTE = 20

function conductorOf(country: Country, serial: number): Msisdn {
  const phone = parsePhone(`+${busMarkets[country].phone + serial}`)
  if (!phone) throw new Error(`bus ${serial} of ${country} has a conductor whom nobody can call`)
  return phone
}

function routeOf(row: Row, first: number, times: string, stops: readonly Stop[]): DemoRoute {
  const [partner, country] = row
  const places = stops.map(([name]) => cityId(country, name))
  const id = `${places[0]}-${places.at(-1)?.slice(country.length + 1)}`
  const { plate, seats } = busMarkets[country]
  const runs = times.split(' ').map((text, n) => ({
    time: text.slice(0, 5),
    weekdays: text.endsWith('!') ? WEEK.filter((day) => day !== REST_DAY[country]) : WEEK,
    bus: { plate: plate(first + n), conductor: conductorOf(country, first + n), seats },
  }))
  return {
    id,
    partner,
    country,
    stops: stops.map(([, minutes, fareMinor], n) => ({ place: places[n] ?? '', minutes, fareMinor })),
    timetable: { route: id, runs },
  }
}

/** The same way home: as long, and as dear. */
function homeward(stops: readonly Stop[]): readonly Stop[] {
  const [, minutes = 0, fareMinor = 0] = stops.at(-1) ?? []
  return stops.map(([name, after, fare]): Stop => [name, minutes - after, fareMinor - fare]).reverse()
}

/** Every route there and back. */
export const busRoutes: readonly DemoRoute[] = ROWS.flatMap((row, index) => {
  const [, , out, home, ...stops] = row
  const first = index * RUNS_PER_ROUTE
  return [routeOf(row, first, out, stops), routeOf(row, first + RUNS_PER_ROUTE / 2, home, homeward(stops))]
})
