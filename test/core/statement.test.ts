import assert from 'node:assert/strict'
import fc from 'fast-check'
import { dayAfter, type Movement, StatementError, spanOf } from '../../src/core/pay/statement.ts'
import { createTally } from '../../src/core/pay/tally.ts'
import { mtnStatement } from '../../src/integrations/statements/mtn.ts'
import { DAY, entry, feeOf, HEADING, printed, readLines, rowFor, totalOf } from './statements.ts'

async function faultsIn(text: string): Promise<string[]> {
  const tally = createTally(DAY)
  for (const line of await readLines(text)) tally.add(line)
  return tally.faults().map(({ found, why }) => `${found}: ${why}`)
}

describe('a statement', () => {
  const rows = [1, 2, 3].map((n) => rowFor(entry(`ref-${n}`)))
  const body = rows.map(printed)
  const file = (...parts: readonly string[]): string => [HEADING, ...parts].join('\n')

  it('is read as it was written, wherever its chunks end', async () => {
    const text = `\uFEFF${[HEADING, ...body, '', totalOf(rows), ''].join('\r\n')}`
    const expected = await readLines(text)
    assert.deepEqual(
      expected.flatMap((line) => (line.is === 'row' ? [line.row] : [])),
      rows.map((row, n) => ({ ...row, line: n + 2 })),
    )
    assert.deepEqual(expected.at(-1), {
      is: 'total',
      total: { day: DAY, rows: 3, money: { amountMinor: 30_000, currency: 'RWF' }, feeMinor: 150 },
    })
    for (const chunkBytes of [1, 7, 64]) assert.deepEqual(await readLines(text, chunkBytes), expected)
    assert.deepEqual(await faultsIn(text), [])
  })

  const good = body[0] ?? ''
  const bad: readonly (readonly [why: string, line: string])[] = [
    ['3 cells instead of 8', 'a,b,c'],
    ['Quote Not Closed', good.replace('t', '"t')],
    ['Invalid Opening Quote', good.replace(',ref', ',r"ef')],
    ['no amount', good.replace('10000', '10 000')],
    ['no amount', good.replace('10000', '-10000')],
    ['no amount', good.replace('RWF', 'XXX')],
    ['an amount of nothing', good.replace('10000', '0')],
    ['no fee', good.replace(',50,', ',,')],
    ['no known type', good.replace('COLLECTION', 'constructor')],
    ['no reference', good.replace('ref-1', '')],
    ['no reference', good.replace('ref-1', 'r\u00e9f')],
    ['no moment', good.replace(/2026-11-20/, '2026-11-31')],
    ['no moment', good.replace(/2026-.*/, 'yesterday')],
    ['longer than 2000 characters', 'x'.repeat(100_000)],
    ['no count of rows', totalOf(rows).replace(',3,', ',,')],
  ]
  for (const [why, line] of bad)
    it(`says of ${JSON.stringify(line.slice(0, 60))}: ${why}, and reads on`, async () => {
      const read = await readLines(file(body[1] ?? '', line, body[2] ?? ''))
      assert.deepEqual(
        read.map((one) => one.is),
        ['row', 'malformed', 'row'],
      )
      const found = read[1]
      assert.ok(found?.is === 'malformed')
      assert.deepEqual([found.malformed.line, found.malformed.why], [3, why])
      assert.doesNotMatch(found.malformed.text, /250788000001/)
    })

  it('has every line accounted for, whatever is in it', async () => {
    const line = fc.oneof(fc.string(), fc.constantFrom(...body, '"', 'a,"b', ',,,,,,,'))
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const whole = lines.map((text) => text.replace(/[\r\n]/g, ' '))
        const read = await readLines(file(...whole))
        assert.equal(read.length, whole.filter((text) => text.trim() !== '').length)
      }),
    )
  })

  const totals: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['fits', [...body, totalOf(rows)], []],
    ['is missing', body, ['total: there is no total: the file may be cut off']],
    [
      'counts other rows',
      [...body, totalOf(rows).replace(',3,', ',4,')],
      ['total: 4 rows are announced and 3 are there'],
    ],
    [
      'is of other amounts and fees',
      [...body, totalOf(rows).replace('30000', '30001').replace('150', '151')],
      [
        'total: amounts are said to be RWF 30,001 and add up to RWF 30,000',
        'total: fees are said to be RWF 151 and add up to RWF 150',
      ],
    ],
    [
      'leaves a currency out',
      [...body, printed(rows[0] ?? assert.fail()).replace('RWF', 'EUR'), totalOf(rows).replace(',3,', ',4,')],
      ['total: there is no total of EUR'],
    ],
    [
      'has a malformed line among its rows',
      [...body.slice(1), 'torn,250788000001', totalOf(rows)],
      ['malformed: 2 cells instead of 8: torn,250788•••001'],
    ],
  ]
  for (const [what, lines, expected] of totals)
    it(`whose total ${what}`, async () => assert.deepEqual(await faultsIn(file(...lines)), expected))

  for (const [what, text] of [
    ['empty', ''],
    ['something else', '<html>'],
    ['of another day', file(...body, totalOf(rows, '2026-11-19'))],
    ['of nothing that can be read', file(...Array.from({ length: 1_001 }, () => 'x'))],
  ] as const)
    it(`is refused when it is ${what}`, () => assert.rejects(faultsIn(text), StatementError))

  it('has a day that begins at midnight in Kigali', () => {
    assert.deepEqual(spanOf('2026-03-01', mtnStatement), {
      from: Date.parse('2026-02-28T22:00:00Z'),
      to: Date.parse('2026-03-01T22:00:00Z'),
    })
    assert.deepEqual([dayAfter('2026-03-01', -1), dayAfter('2027-12-31', 1)], ['2026-02-28', '2028-01-01'])
    for (const bad of ['2026-02-30', '26-1-1', 'today', ''])
      assert.throws(() => spanOf(bad, mtnStatement), StatementError)
  })

  it('costs half a per cent of receipts above RWF 4,000', () => {
    const fee = (amountMinor: number, kind: Movement = 'collection') =>
      feeOf(kind, { amountMinor, currency: 'RWF' })
    assert.deepEqual(
      [4_000, 4_001, 4_100, 10_000].map((amount) => fee(amount)),
      [0, 20, 21, 50],
    )
    assert.equal(fee(10_000, 'refund'), 0)
  })
})
