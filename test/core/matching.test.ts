import assert from 'node:assert/strict'
import * as real from '../../src/core/move/matching.ts'
import { laws, type Matching } from './matching-laws.ts'

const { scoreOf, matched } = real

/** What a wrong one does, and the law that sees it. */
const mutants: readonly {
  readonly does: string
  readonly is: Matching
  readonly law: keyof typeof laws
  readonly says: RegExp
}[] = [
  {
    does: 'tells a carrier of each of its vehicles',
    is: {
      scoreOf,
      matched: (load, all) => all.map((one) => scoreOf(load, one)).sort((a, b) => b.points - a.points),
    },
    law: 'ranks',
    says: /missing, or told twice/,
  },
  {
    does: 'begins with the worst',
    is: { scoreOf, matched: (load, all) => matched(load, all).toReversed() },
    law: 'ranks',
    says: /better one comes later/,
  },
  {
    does: 'takes whatever vehicle of theirs came first',
    is: {
      scoreOf,
      matched: (load, all) =>
        matched(
          load,
          all.filter((one, n) => all.findIndex(({ partner }) => partner === one.partner) === n),
        ),
    },
    law: 'ranks',
    says: /another vehicle of theirs is better|depends on the order/,
  },
  {
    does: 'likes those who stand far away',
    is: { matched, scoreOf: (load, one) => ({ ...scoreOf(load, one), points: scoreOf(load, one).km / 100 }) },
    law: 'weighs',
    says: /loses by being there/,
  },
  {
    does: 'gives more than there is',
    is: { matched, scoreOf: (load, one) => ({ ...scoreOf(load, one), points: 101 }) },
    law: 'weighs',
    says: /101 points/,
  },
  {
    does: 'holds what they have delivered against them',
    is: {
      matched,
      scoreOf: (load, one) => ({ ...scoreOf(load, one), points: 60 - Math.min(60, one.delivered) }),
    },
    law: 'weighs',
    says: /loses by being known better/,
  },
  {
    does: 'tells everybody that it is near',
    is: { matched, scoreOf: (load, one) => ({ ...scoreOf(load, one), reason: 'near' }) },
    law: 'explains',
    says: /'near'/,
  },
]

describe('matching of carriers with a load', () => {
  it('tells each carrier once, the best first', () => laws.ranks(real))
  it('never holds against a vehicle what speaks for it', () => laws.weighs(real))
  it('tells a true reason, the strongest', () => laws.explains(real))

  describe('would be wrong in one that', () => {
    for (const { does, is, law, says } of mutants)
      it(does, () => assert.throws(() => laws[law](is, true), says))
  })
})
