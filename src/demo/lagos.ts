import { fold } from '../core/talk/reading.ts'
import type { DemoPlace } from './places.ts'

type Spot = readonly [stage: number, name: string, area: string, lat: number, lng: number, ...also: string[]]

/** Where shops of Lagos are, the most asked-for first. Positions are WGS 84 and good to a few hundred metres. */
// biome-ignore format: a table
const SPOTS: readonly Spot[] = [
  [501, 'Ikeja', 'Ikeja', 6.6018, 3.3515, 'ikeja along', 'computer village', 'ikeja bus stop'],
  [502, 'Yaba', 'Lagos Mainland', 6.5095, 3.3711, 'yaba market', 'tejuosho', 'sabo yaba'],
  [503, 'Surulere', 'Surulere', 6.4969, 3.3562, 'ojuelegba', 'surulere shitta'],
  [504, 'Mushin', 'Mushin', 6.5273, 3.3544, 'mushin market', 'ojuwoye'],
  [505, 'Oshodi', 'Oshodi-Isolo', 6.5569, 3.3434, 'oshodi market', 'oshodi under bridge'],
  [506, 'Balogun Market', 'Lagos Island', 6.4553, 3.3890, 'balogun', 'lagos island', 'idumota'],
  [507, 'Ajegunle', 'Ajeromi', 6.4514, 3.3312, 'boundary market', 'aj city'],
  [508, 'Agege', 'Agege', 6.6180, 3.3209, 'agege market', 'pen cinema'],
  [509, 'Ikorodu', 'Ikorodu', 6.6194, 3.5105, 'ikorodu garage', 'sabo ikorodu'],
  [510, 'Lekki', 'Eti-Osa', 6.4478, 3.4723, 'lekki phase 1', 'lekki phase one'],
  [511, 'Ajah', 'Eti-Osa', 6.4667, 3.5667, 'ajah market', 'ajah bus stop'],
  [512, 'Festac', 'Amuwo-Odofin', 6.4670, 3.2836, 'festac town', 'mile two', 'mile 2'],
]

/** Below those of Kigali, which are asked for more. */
const FIRST_RANK = 1_001

export const lagosPlaces: readonly (DemoPlace & { readonly country: 'NG' })[] = SPOTS.map(
  ([stage, name, area, lat, lng, ...also], n) => ({
    ...{ id: `ng-${fold(name).replaceAll(' ', '-')}`, country: 'NG', name, area, stage, lat, lng },
    rank: FIRST_RANK + n,
    aliases: [...new Set([name, ...also].map(fold))],
  }),
)

/** A distributor nobody knows: its name and its warehouses are made up. */
export const distributor = { id: 'pt_ng_agbara', name: 'Agbara Wholesale', kind: 'distributor' } as const

export const warehouses = [
  { id: 'wh_ng_ikeja', name: 'Ikeja depot', lat: 6.6137, lng: 3.3464, desk: '+2348030000101' },
  { id: 'wh_ng_apapa', name: 'Apapa depot', lat: 6.4489, lng: 3.3595, desk: '+2348030000102' },
] as const

/** Shops that the distributor knows, with the price list that is theirs. */
export const shops = [
  {
    phone: '+2348030000201',
    id: 'sh_ng_ngozi',
    name: 'Mama Ngozi Stores',
    segment: 'shop',
    lat: 6.5102,
    lng: 3.3722,
    // From nine to three.
    ...{ opens: 540, closes: 900 },
  },
  {
    phone: '+2348030000202',
    id: 'sh_ng_bola',
    name: 'Bola Kiosk',
    segment: 'kiosk',
    lat: 6.4975,
    lng: 3.3549,
  },
  {
    phone: '+2348030000203',
    id: 'sh_ng_emeka',
    name: 'Emeka Superette',
    segment: 'supermarket',
    lat: 6.4483,
    lng: 3.4731,
  },
] as const

/** Who brings what is packed: riders with licences LAG-D-0001 and on, at the place of that number. */
export const lagosCouriers = [
  { phone: '+2348030000301', name: 'Musa', plate: 'KJA 214 QA', licence: 'LAG-D-0001', stage: 501 },
  { phone: '+2348030000302', name: 'Chidi', plate: 'LSD 087 QC', licence: 'LAG-D-0002', stage: 502 },
  { phone: '+2348030000303', name: 'Tunde', plate: 'EKY 530 QB', licence: 'LAG-D-0003', stage: 503 },
  { phone: '+2348030000304', name: 'Blessing', plate: 'APP 661 QD', licence: 'LAG-D-0004', stage: 507 },
] as const

type Row = readonly [no: number, name: string, naira: number, onHand: number, ...also: string[]]

/** A carton, bag or crate each, and what one costs without tax; made up, of the size that such goods had in 2025. */
// biome-ignore format: a table
const GOODS: Readonly<Record<string, readonly Row[]>> = {
  Rice: [[12, 'Rice 50kg', 78_000, 400, 'parboiled rice', 'bag of rice'], [13, 'Rice 25kg', 40_000, 300], [14, 'Rice 10kg', 16_800, 300], [15, 'Ofada rice 25kg', 46_500, 80], [16, 'Basmati rice 5kg', 14_200, 120]],
  Oil: [[21, 'Palm oil 25L', 43_500, 120, 'red oil'], [22, 'Palm oil 5L', 9_200, 300], [23, 'Vegetable oil 25L', 52_000, 150, 'groundnut oil'], [24, 'Vegetable oil 5L', 11_400, 320], [25, 'Vegetable oil 1L x12', 29_800, 200]],
  Sugar: [[31, 'Sugar 50kg', 76_500, 160], [32, 'Sugar 1kg x10', 16_200, 260], [33, 'Sugar cubes x50', 21_500, 140, 'cube sugar'], [34, 'Salt 25kg', 9_800, 180], [35, 'Salt 1kg x20', 9_400, 200]],
  Noodles: [[41, 'Noodles 70g x40', 8_400, 600, 'indomie', 'instant noodles'], [42, 'Noodles 120g x40', 13_900, 400], [43, 'Spaghetti 500g x20', 17_800, 300, 'pasta'], [44, 'Macaroni 500g x20', 17_500, 180], [45, 'Noodles onion x40', 8_700, 350]],
  Soap: [[51, 'Bar soap x24', 12_600, 240, 'laundry soap'], [52, 'Bath soap x48', 19_900, 160, 'toilet soap'], [53, 'Detergent 900g x12', 17_400, 220, 'washing powder'], [54, 'Dish wash 500ml x12', 10_800, 150], [55, 'Bleach 1L x12', 9_600, 130]],
  Milk: [[61, 'Powder milk 400g x24', 58_000, 140], [62, 'Evaporated milk x24', 21_200, 260, 'tin milk', 'peak'], [63, 'Sachet milk 14g x210', 24_500, 300], [64, 'Chocolate drink x24', 33_800, 160, 'cocoa drink'], [65, 'Custard 2kg x6', 18_900, 110]],
  Drinks: [[71, 'Cola 50cl x12', 4_300, 700, 'coke', 'soft drink'], [72, 'Orange 50cl x12', 4_300, 500, 'fanta'], [73, 'Water 75cl x12', 2_100, 900], [74, 'Malt 33cl x24', 12_400, 300], [75, 'Energy drink x24', 13_600, 240]],
  Flour: [[81, 'Wheat flour 50kg', 61_000, 150], [82, 'Semovita 10kg', 13_800, 200, 'semo'], [83, 'Garri 50kg', 36_500, 120], [84, 'Yam flour 10kg', 17_900, 90, 'elubo'], [85, 'Beans 50kg', 71_000, 100]],
}

/** The zone that is nearest to the door has the heaviest. */
const ZONES = ['A', 'A', 'A', 'B', 'B', 'B', 'C', 'C'] as const
/** Between two products of an aisle. */
const BAYS_EACH = 2

export const goods = Object.entries(GOODS).flatMap(([category, rows], shelf) =>
  rows.map(([no, name, naira, onHand, ...also], n) => ({
    ...{ no, name, category, rank: shelf * 100 + n, onHand, unitMinor: naira * 100 },
    shelf: { zone: ZONES[shelf] ?? 'C', aisle: shelf + 1, bay: n * BAYS_EACH + 1 },
    aliasText: [...new Set([name, ...also].map(fold))].join(' | '),
  })),
)

const off = (unitMinor: number, bp: number): number => Math.round((unitMinor * (10_000 - bp)) / 10_000)
const about = (category: string | null, rule: object) => ({ product: null, rule: { ...rule, category } })
const of = (product: number, rule: object) => ({ product, rule })

/** What the price lists of the larger shops take off, in hundredths of a percent. */
const LISTS = { shop: 200, supermarket: 450 } as const
/** Basic food bears no value added tax in Nigeria, everything else 7.5 % (Finance Act 2019, in force since 1 February 2020). */
const UNTAXED = ['Rice', 'Oil', 'Sugar', 'Flour', 'Milk']

/** The distributor's prices: what is made up is so from the first, and what the law says since it does. */
export const priceRules: readonly { readonly product: number | null; readonly rule: object }[] = [
  ...goods.map(({ no, unitMinor }) => of(no, { kind: 'base', unitMinor })),
  ...Object.entries(LISTS).flatMap(([segment, bp]) =>
    goods.map(({ no, unitMinor }) => of(no, { kind: 'list', segment, unitMinor: off(unitMinor, bp) })),
  ),
  of(12, { kind: 'contract', shop: 'sh_ng_emeka', unitMinor: 7_350_000 }),
  of(41, { kind: 'promotion', name: 'Buy 10 get 1', gives: { buy: 10, free: 1 } }),
  about('Soap', { kind: 'promotion', name: 'Soap weeks', gives: { offBp: 500 } }),
  about('Drinks', {
    kind: 'volume',
    steps: [
      { after: 20, offBp: 300 },
      { after: 50, offBp: 600 },
    ],
  }),
  about(null, { kind: 'volume', steps: [{ after: 10, offBp: 100 }] }),
  about(null, { kind: 'tax', bp: 750 }),
  ...UNTAXED.map((category) => about(category, { kind: 'tax', bp: 0 })),
  about(null, { kind: 'delivery', feeMinor: 150_000, freeFromMinor: 50_000_000 }),
  about(null, { kind: 'commission', bp: 250 }),
]
