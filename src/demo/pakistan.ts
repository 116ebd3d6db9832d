import { fold } from '../core/talk/reading.ts'
import type { DemoPlace } from './places.ts'

type Town = readonly [name: string, area: string, lat: number, lng: number, ...also: string[]]

/** Towns that loads go between, the most asked-for first. Positions are WGS 84 and good to a kilometre or two. */
// biome-ignore format: a table
const TOWNS: readonly Town[] = [
  ['Karachi', 'Sindh', 24.8607, 67.0011, 'karachi port', 'krachi', 'kemari', 'keamari', 'کراچی'],
  ['Lahore', 'Punjab', 31.5204, 74.3587, 'lahor', 'lhr', 'badami bagh', 'لاہور'],
  ['Faisalabad', 'Punjab', 31.4504, 73.1350, 'lyallpur', 'faislabad', 'fsd', 'فیصل آباد'],
  ['Rawalpindi', 'Punjab', 33.5651, 73.0169, 'pindi', 'islamabad', 'rawal pindi', 'راولپنڈی'],
  ['Multan', 'Punjab', 30.1575, 71.5249, 'mooltan', 'ملتان'],
  ['Hyderabad', 'Sindh', 25.3960, 68.3578, 'haiderabad', 'hyderabad sindh', 'حیدرآباد'],
  ['Peshawar', 'Khyber Pakhtunkhwa', 34.0151, 71.5249, 'pekhawar', 'peshwar', 'پشاور'],
  ['Sukkur', 'Sindh', 27.7052, 68.8574, 'sakhar', 'sukkar', 'سکھر'],
  ['Quetta', 'Balochistan', 30.1798, 66.9750, 'kwatta', 'queta', 'کوئٹہ'],
  ['Sialkot', 'Punjab', 32.4945, 74.5229, 'sialkote', 'سیالکوٹ'],
]

/** Behind the towns of Algeria. */
const FIRST_RANK = 3_001

export const townId = (name: string): string => `pk-${fold(name).replaceAll(' ', '-')}`

export const pakistanTowns = TOWNS.map(([name, area, lat, lng, ...also], n) => ({
  ...{ id: townId(name), country: 'PK', name, area, stage: null, lat, lng, rank: FIRST_RANK + n },
  aliases: [...new Set([name, ...also].map(fold))],
})) satisfies readonly (Omit<DemoPlace, 'stage'> & { readonly stage: null })[]

type Vehicle = readonly [plate: string, kind: 'pickup' | 'truck' | 'trailer', capacityKg: number]

/** Carriers nobody knows: names and plates are made up. The owner's phone offers for loads. */
export const carriers: readonly {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly home: string
  /** Of 5, from so many. */
  readonly stars: readonly [sum: number, count: number]
  readonly vehicles: readonly Vehicle[]
}[] = [
  {
    ...{ id: 'pt_pk_ravi', name: 'Ravi Goods', phone: '+923000010001', home: 'Lahore', stars: [52, 11] },
    vehicles: [
      ['LES 4471', 'truck', 12_000],
      ['LES 4472', 'trailer', 25_000],
    ],
  },
  {
    ...{
      id: 'pt_pk_indus',
      name: 'Indus Carriers',
      phone: '+923000010002',
      home: 'Karachi',
      stars: [88, 20],
    },
    vehicles: [
      ['JT 8805', 'truck', 10_000],
      ['JT 8806', 'trailer', 30_000],
    ],
  },
  {
    ...{
      id: 'pt_pk_chenab',
      name: 'Chenab Transport',
      phone: '+923000010003',
      home: 'Faisalabad',
      stars: [0, 0],
    },
    vehicles: [['FDS 2093', 'truck', 15_000]],
  },
  {
    ...{
      id: 'pt_pk_mehran',
      name: 'Mehran Logistics',
      phone: '+923000010004',
      home: 'Hyderabad',
      stars: [19, 4],
    },
    vehicles: [
      ['HYD 611', 'pickup', 1_500],
      ['HYD 612', 'truck', 10_000],
    ],
  },
]
