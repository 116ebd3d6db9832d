import assert from 'node:assert/strict'
import { basketPrice } from '../../src/core/sell/pricing.ts'
import { laws } from './pricing-laws.ts'
import { mutants } from './pricing-mutants.ts'
import { AT, rule } from './pricing-rules.ts'

const RICE = { product: 12, category: 'Rice' }
const SOAP = { product: 51, category: 'Soap' }
const BASE = [
  rule({ kind: 'base', product: 12, unitMinor: 1_000 }),
  rule({ kind: 'base', product: 51, unitMinor: 250 }),
]
const NOBODY = { segment: null, shop: null }
const SHOP = { segment: 'shop', shop: 'sh_1' }
const buy = (count: number, of = RICE) => [{ ...of, count }]

const LIST = rule({ kind: 'list', segment: 'shop', product: 12, unitMinor: 900 })
const CONTRACT = rule({ kind: 'contract', shop: 'sh_1', product: 12, unitMinor: 850 })
const TEN_OFF = rule({ kind: 'promotion', name: 'ten', gives: { offBp: 1_000 } })
const ELEVENTH = rule({ kind: 'promotion', name: 'eleventh', gives: { buy: 10, free: 1 } })
const STEPS = rule({
  kind: 'volume',
  steps: [
    { after: 10, offBp: 500 },
    { after: 20, offBp: 1_000 },
  ],
})
const VAT = rule({ kind: 'tax', bp: 750 })
const UNTAXED = rule({ kind: 'tax', bp: 0, category: 'Rice' })
const BROUGHT = rule({ kind: 'delivery', feeMinor: 1_500, freeFromMinor: 50_000 })

type Row = readonly [
  what: string,
  rules: readonly object[],
  buyer: typeof NOBODY | typeof SHOP,
  items: ReturnType<typeof buy>,
  lines: Readonly<Record<string, number>>,
]

/** Worked by hand. */
const TABLE: readonly Row[] = [
  ['the base price of each piece', [], NOBODY, buy(3), { base: 3_000 }],
  ['that of each product', [], NOBODY, [...buy(3), ...buy(4, SOAP)], { base: 4_000 }],
  ['the list of the buyer’s segment', [LIST], SHOP, buy(3), { base: 3_000, list: -300 }],
  ['and of no other', [LIST], NOBODY, buy(3), { base: 3_000 }],
  [
    'what is agreed with the buyer, before any list',
    [LIST, CONTRACT],
    SHOP,
    buy(3),
    { base: 3_000, contract: -450 },
  ],
  [
    'where something is agreed, nothing is off',
    [CONTRACT, TEN_OFF, STEPS],
    SHOP,
    buy(30),
    { base: 30_000, contract: -4_500 },
  ],
  ['a part off', [TEN_OFF], NOBODY, buy(3), { base: 3_000, promotion: -300 }],
  // 23 = 11 + 11 + 1: two of them are free.
  ['every eleventh for nothing', [ELEVENTH], NOBODY, buy(23), { base: 23_000, promotion: -2_000 }],
  ['not the tenth', [ELEVENTH], NOBODY, buy(10), { base: 10_000 }],
  [
    'the better of two: 10 % off 22 is 2,200, two free are 2,000',
    [TEN_OFF, ELEVENTH],
    NOBODY,
    buy(22),
    { base: 22_000, promotion: -2_200 },
  ],
  ['on the list’s price', [LIST, TEN_OFF], SHOP, buy(10), { base: 10_000, list: -1_000, promotion: -900 }],
  // Of 25 pieces ten are full, ten at 5 % off, five at 10 % off.
  ['less for each piece after so many', [STEPS], NOBODY, buy(25), { base: 25_000, volume: -1_000 }],
  ['and no less for as many', [STEPS], NOBODY, buy(10), { base: 10_000 }],
  [
    'what is left of a promotion',
    [TEN_OFF, STEPS],
    NOBODY,
    buy(25),
    { base: 25_000, promotion: -2_500, volume: -900 },
  ],
  // 23 pieces, 21 of them paid: ten full, ten at 5 % off, one at 10 % off.
  [
    'pieces that are paid, not those that are free',
    [ELEVENTH, STEPS],
    NOBODY,
    buy(23),
    { base: 23_000, promotion: -2_000, volume: -600 },
  ],
  [
    'tax on what is left: 7.5 % of 2,700',
    [TEN_OFF, VAT],
    NOBODY,
    buy(3),
    { base: 3_000, promotion: -300, tax: 203 },
  ],
  ['by the narrowest rule', [VAT, UNTAXED], NOBODY, [...buy(1), ...buy(2, SOAP)], { base: 1_500, tax: 38 }],
  ['and what it is brought for', [BROUGHT], NOBODY, buy(3), { base: 3_000, delivery: 1_500 }],
  ['which is free from so much on', [BROUGHT], NOBODY, buy(50), { base: 50_000 }],
  ['but not just below', [BROUGHT], NOBODY, [...buy(49), ...buy(3, SOAP)], { base: 49_750, delivery: 1_500 }],
  [
    'the newest of two',
    [rule({ kind: 'base', product: 12, unitMinor: 1_100, from: 500 })],
    NOBODY,
    buy(1),
    { base: 1_100 },
  ],
  [
    'not one that has not begun',
    [rule({ kind: 'base', product: 12, unitMinor: 1_100, from: AT + 1 })],
    NOBODY,
    buy(1),
    { base: 1_000 },
  ],
  [
    'nor one that is over',
    [rule({ kind: 'base', product: 12, unitMinor: 1_100, from: 500, until: AT })],
    NOBODY,
    buy(1),
    { base: 1_000 },
  ],
  [
    'the lower of two that began at once',
    [rule({ kind: 'base', product: 12, unitMinor: 990 })],
    NOBODY,
    buy(1),
    { base: 990 },
  ],
]

/** Whether a law says that of whoever breaks it. */
function isBroken(law: () => void, says: RegExp): boolean {
  try {
    law()
    return false
  } catch (error) {
    return says.test(String(error))
  }
}

describe('the price of a basket', () => {
  for (const [what, rules, buyer, items, steps] of TABLE)
    it(`is ${what}`, () => {
      const price = basketPrice([...BASE, ...rules.map(rule)], { ...buyer, items }, AT)
      const told: Record<string, number> = {}
      for (const { what: step, amountMinor } of price?.lines ?? [])
        told[step] = (told[step] ?? 0) + amountMinor
      assert.deepEqual(told, steps)
    })

  it('is none where something has no price', () =>
    assert.equal(
      basketPrice(BASE, { ...NOBODY, items: buy(1, { product: 99, category: 'Milk' }) }, AT),
      null,
    ))

  it('leaves whoever brings it their fee where the buyer pays none, and never more than there is', () => {
    const free = basketPrice([...BASE, BROUGHT], { ...NOBODY, items: buy(50) }, AT)
    assert.deepEqual([free?.amountMinor, free?.feeMinor], [50_000, 1_500])
    const cheap = rule({ kind: 'base', product: 12, unitMinor: 10, from: 1 })
    const generous = rule({ kind: 'delivery', feeMinor: 1_500, freeFromMinor: 0 })
    assert.equal(basketPrice([...BASE, cheap, generous], { ...NOBODY, items: buy(1) }, AT)?.feeMinor, 10)
  })

  for (const { says, holds } of laws) it(says, () => holds(basketPrice))

  describe('would be wrong from somebody who', () => {
    for (const { does, price, says } of mutants)
      it(does, () => {
        const broken = laws
          .map(
            ({ holds }) =>
              () =>
                holds(price),
          )
          .filter((law) => isBroken(law, says))
        assert.ok(broken.length > 0, 'no law says so')
      })
  })
})
