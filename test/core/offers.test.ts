import assert from 'node:assert/strict'
import { fromDecimal } from '../../src/core/base/money.ts'
import * as real from '../../src/core/sell/bids.ts'
import { type Board, laws } from './offers-laws.ts'

const { placed, standing, ranked, without, MOST_BIDS } = real

/** What a wrong board does, and the law that sees it. */
const mutants: readonly {
  readonly does: string
  readonly is: Partial<Board>
  readonly law: keyof typeof laws
  readonly says: RegExp
}[] = [
  {
    does: 'keeps all there are',
    is: { placed: (bids, bid) => standing([...without(bids, bid.partner), bid], bid.madeAt) },
    law: 'keeps',
    says: /too many are kept/,
  },
  {
    does: 'keeps what a carrier asked before',
    is: { placed: (bids, bid) => standing([...bids, bid], bid.madeAt).slice(0, MOST_BIDS) },
    law: 'keeps',
    says: /a carrier asks two prices/,
  },
  {
    does: 'keeps what has passed',
    is: { placed: (bids, bid) => ranked([...without(bids, bid.partner), bid]).slice(0, MOST_BIDS) },
    law: 'keeps',
    says: /kept that has passed/,
  },
  {
    does: 'shows the dearest first',
    is: { placed: (bids, bid) => placed(bids, bid).toReversed() },
    law: 'keeps',
    says: /a better one stands behind/,
  },
  {
    does: 'lets the newest in whatever it asks',
    is: {
      placed: (bids, bid) =>
        ranked([...standing(without(bids, bid.partner), bid.madeAt).slice(0, MOST_BIDS - 1), bid]),
    },
    law: 'keeps',
    says: /a better one goes/,
  },
  {
    does: 'lets one go too early',
    is: { standing: (bids, at) => standing(bids, at + 1) },
    law: 'stands',
    says: /what stands is another/,
  },
  {
    does: 'reads whatever digits there are',
    is: { readAmount: (text, currency) => fromDecimal(text.replace(/\D/g, ''), currency)?.amountMinor },
    law: 'reads',
    says: /RWF|PKR|NGN|DZD|KES|guess|other money/,
  },
]

describe('a board of offers', () => {
  it('keeps the last word of each carrier, the best first, and lets the worst go', () => laws.keeps(real))
  it('has those that stand', () => laws.stands(real))
  it('reads an amount as people write it', () => laws.reads(real))
  it('never guesses an amount', () => laws.guesses(real))

  describe('would be wrong where one', () => {
    for (const { does, is, law, says } of mutants)
      it(does, () => assert.throws(() => laws[law]({ ...real, ...is }, true), says))
  })
})
