import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Currency } from '../../src/core/base/money.ts'
import { type Entry, reconcile } from '../../src/core/pay/reconcile.ts'
import { MOVEMENTS, type StatementRow } from '../../src/core/pay/statement.ts'
import {
  all,
  day,
  entry,
  FATES,
  feeOf,
  findings,
  HEADING,
  printed,
  readLines,
  rowFor,
  told,
  totalOf,
} from './statements.ts'

const NAMES = Object.keys(FATES)
const ERRORS = [
  ...['money we do not know of', 'of the day before, and on neither statement', 'another amount'],
  ...['another currency', 'another fee', 'on an earlier statement and on this one'],
]

const fateOf = (name: string, one: Entry) => FATES[name]?.(one) ?? assert.fail(name)

describe('reconciliation', () => {
  for (const name of NAMES)
    it(`of what is ${name}`, async () => {
      const { ours, theirs, found } = fateOf(name, entry('r1'))
      const seen = await findings(ours, theirs)
      assert.deepEqual(told(seen), found.map((what) => `${what} collection r1`).sort())
      assert.deepEqual(
        seen.map(({ ordinal }) => ordinal),
        seen.map((_, n) => n + 1),
      )
    })

  it('tells the gravest of several errors, with both sides', async () => {
    const ours = entry('r1')
    const theirs = rowFor(ours, { money: { amountMinor: 1, currency: 'EUR' }, feeMinor: 7 })
    assert.deepEqual(await findings([ours], [theirs]), [
      { found: 'currency', kind: 'collection', reference: 'r1', ordinal: 1, ours, theirs },
    ])
  })

  it('never takes a refund for the collection of the same reference', async () => {
    const [paid, back] = [entry('r1'), entry('r1', { kind: 'refund' })]
    assert.deepEqual(told(await findings([paid], [rowFor(back)])), [
      'missing_ours refund r1',
      'timing collection r1',
    ])
  })

  it('refuses what is not in order, instead of finding errors that are none', async () => {
    const sides = { ours: [entry('b'), entry('a')], theirs: [], day, feeOf }
    await assert.rejects(all(reconcile(sides)), RangeError)
  })

  it('finds whatever is planted, and nothing else', async () => {
    const movement = fc.record({
      name: fc.constantFrom(...NAMES),
      kind: fc.constantFrom(...MOVEMENTS),
      amountMinor: fc.integer({ min: 1, max: 10_000_000 }),
      currency: fc.constantFrom<Currency>('RWF', 'EUR'),
      reference: fc.uuid({ version: 4 }),
    })
    const movements = fc.uniqueArray(movement, { selector: ({ reference }) => reference, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(movements, async (some) => {
        const planted = some.map(({ name, kind, reference, amountMinor, currency }) => ({
          ...fateOf(name, entry(reference, { kind, money: { amountMinor, currency } })),
          named: `${kind} ${reference}`,
        }))
        const seen = await findings(
          planted.flatMap(({ ours }) => ours),
          planted.flatMap(({ theirs }) => theirs),
        )
        const expected = planted.flatMap(({ found, named }) => found.map((what) => `${what} ${named}`))
        assert.deepEqual(told(seen), expected.sort())
      }),
      { numRuns: 300 },
    )
  })
})

describe('a large day', function () {
  this.timeout(120_000)
  const ROWS = 100_000
  const PLANTED = 500

  it(`of ${ROWS} rows with ${PLANTED} errors has all of them found, and no other`, async () => {
    const ours: Entry[] = []
    const theirs: StatementRow[] = []
    const planted: string[] = []
    for (let n = 0; n < ROWS; n += 1) {
      // No order that either side could rely on.
      const reference = `${((n * 48_271) % 2_147_483_647).toString(16).padStart(8, '0')}-${n}`
      const isBad = n % (ROWS / PLANTED) === 7
      const name = isBad ? (ERRORS[planted.length % ERRORS.length] ?? '') : 'the same on both sides'
      const fate = fateOf(name, entry(reference))
      ours.push(...fate.ours)
      theirs.push(...fate.theirs)
      if (isBad) planted.push(...fate.found.map((found) => `${found} collection ${reference}`))
    }
    const text = [HEADING, ...theirs.map(printed), totalOf(theirs)].join('\n')
    const startedAt = performance.now()
    const read = await readLines(text)
    const readAt = performance.now()
    const rows = read.flatMap((line) => (line.is === 'row' ? [line.row] : []))
    const found = await findings(ours, rows)
    const endedAt = performance.now()
    console.log(
      `      read in ${Math.round(readAt - startedAt)} ms, reconciled in ${Math.round(endedAt - readAt)} ms`,
    )
    assert.equal(planted.length, PLANTED)
    assert.deepEqual(told(found.filter((one) => one.found !== 'matched')), planted.sort())
    assert.equal(found.length, ROWS)
  })
})
