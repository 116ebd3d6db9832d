import assert from 'node:assert/strict'
import { firstReference, nextReference } from '../../src/core/base/id.ts'
import { StatementError, type StatementRow, spanOf } from '../../src/core/pay/statement.ts'
import { createTally } from '../../src/core/pay/tally.ts'
import { STATEMENTS } from '../../src/integrations/statements/index.ts'
import { readLines } from './statements.ts'

const DAY = '2026-11-20'
const OURS = firstReference('6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11')
const BACK = nextReference(OURS)
const ACCOUNT = OURS.slice(-12)
const MPESA =
  'Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,' +
  'Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.'
const STRIPE =
  'balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,' +
  'payment_metadata[reference],refund_metadata[reference]'

type Sample = {
  readonly heading: string
  /** Lines, and what each is read as: the kind, our name or theirs, the sum, the fee; null where it is passed over. */
  readonly lines: readonly (readonly [line: string, read: string | null])[]
  /** The first line with something replaced in it, and what is said of it then. */
  readonly spoiled: readonly (readonly [from: string, to: string, why: string])[]
}

const SAMPLES: Readonly<Record<string, Sample>> = {
  airtel: {
    heading: 'airtel_money_id,external_id,type,msisdn,amount,currency,charge,completed_at',
    lines: [
      [
        `MP1,${OURS},PAYMENT,250733000001,1150,RWF,0,2026-11-20T10:00:00+02:00`,
        `collection ${OURS} 1150 RWF 0`,
      ],
      ['CI1,,REFUND,250733000001,1150,RWF,0,2026-11-20T10:00:00+02:00', 'refund CI1 1150 RWF 0'],
      [
        `MP2,${OURS},DISBURSEMENT,250733000001,9000,RWF,25,2026-11-20T10:00:00+02:00`,
        `payout ${OURS} 9000 RWF 25`,
      ],
      [
        `MP3,${BACK},DISBURSEMENT,250733000001,400,RWF,0,2026-11-20T10:00:00+02:00`,
        `refund ${BACK} 400 RWF 0`,
      ],
    ],
    spoiled: [
      [',250733000001', '', '7 cells instead of 8'],
      ['1150', '1150.5', 'no amount'],
      ['1150', '0', 'an amount of nothing'],
      ['RWF', 'FRW', 'no amount'],
      [',0,', ',,', 'no fee'],
      ['PAYMENT', 'FEES', 'no known type'],
      [OURS, '', 'no reference'],
      ['MP1', '', 'no transaction'],
      ['T10:00:00+02:00', '', 'no moment'],
      [`MP1,${OURS},PAYMENT`, `TOTAL,${DAY},many`, 'no count of rows'],
    ],
  },
  mpesa: {
    heading: `Short Code:,174379\r\nOpening Balance:,"12,000.00"\r\n\r\n${MPESA}`,
    lines: [
      [
        `TKL1AB23CD,2026-11-20 10:00:00,2026-11-20 09:59:40,Pay Bill from 254708000001,Completed,"1,150.00",,"13,150.00",true,Pay Bill Online,254708000001 - JOHN,,${ACCOUNT}`,
        `collection ${ACCOUNT} 115000 KES 0`,
      ],
      [
        'TKL2AB23CD,2026-11-20 10:01:00,2026-11-20 10:01:00,Reversal,Completed,,"-1,150.00",,true,Pay Bill Reversal,,TKL1AB23CD,',
        'refund TKL1AB23CD 115000 KES 0',
      ],
      [
        `TKL3AB23CD,2026-11-20 10:02:00,2026-11-20 10:02:00,Business Payment to Customer via API to 254708000001. Original conversation ID is ${OURS}.,Completed,,-90.50,,true,Business Payment to Customer via API,,,`,
        `payout ${OURS} 9050 KES 0`,
      ],
      [
        `TKL4AB23CD,2026-11-20 10:02:00,2026-11-20 10:02:00,Original conversation ID is ${BACK},Completed,,-90.50,,true,Business Payment to Customer via API,,,`,
        `refund ${BACK} 9050 KES 0`,
      ],
      [
        'TKL1AB23CD,2026-11-20 10:00:00,2026-11-20 10:00:00,Pay Bill Charge,Completed,,-7.00,,true,Pay Bill Charge,,,',
        null,
      ],
      [
        `TKL5AB23CD,2026-11-20 10:00:00,2026-11-20 10:00:00,x,Cancelled,"1,150.00",,,true,Pay Bill Online,,,${ACCOUNT}`,
        null,
      ],
    ],
    spoiled: [
      ['Completed,', '', '12 cells instead of 13'],
      ['"1,150.00"', '"1,150.005"', 'no amount'],
      ['"1,150.00",', ',"1,150.00"', 'no amount'],
      ['"1,150.00"', '0.00', 'an amount of nothing'],
      ['Online', 'Wonders', 'no known type'],
      [ACCOUNT, '', 'no reference'],
      ['TKL1AB23CD', '', 'no transaction'],
      ['2026-11-20 10:00:00', '20.11.2026 10:00:00', 'no moment'],
    ],
  },
  stripe: {
    heading: STRIPE,
    lines: [
      [
        `txn_1,2026-11-20 08:00:00,eur,11.50,0.58,10.92,charge,ch_1,${OURS},`,
        `collection ${OURS} 1150 EUR 58`,
      ],
      [`txn_2,2026-11-20 08:00:00,rwf,-400,0,-400,refund,re_1,,${BACK}`, `refund ${BACK} 400 RWF 0`],
      ['txn_3,2026-11-20 08:00:00,eur,-10.92,0.00,-10.92,payout,po_1,,', null],
    ],
    spoiled: [
      ['txn_1,', '', '9 cells instead of 10'],
      ['11.50', '-11.50', 'no amount'],
      ['11.50', '0.00', 'an amount of nothing'],
      ['eur', 'xxx', 'no amount'],
      ['0.58', '', 'no fee'],
      ['charge', 'dispute', 'no known type'],
      [OURS, '', 'no reference'],
      ['txn_1', '', 'no transaction'],
      ['08:00:00', '25:00:00', 'no moment'],
    ],
  },
  satim: {
    heading: 'number,order_id,operation,card,amount,currency,commission,processed_at',
    lines: [
      [
        'K7QF2M,o-1,PURCHASE,6280****7215,250.00,DZD,0,2026-11-20T10:00:00+01:00',
        'collection o-1 25000 DZD 0',
      ],
      ['R7QF2M,o-1,REFUND,,50.00,DZD,0,2026-11-20T10:00:00+01:00', 'refund o-1 5000 DZD 0'],
    ],
    spoiled: [
      [',6280****7215', '', '7 cells instead of 8'],
      ['250.00', '250.001', 'no amount'],
      ['250.00', '0', 'an amount of nothing'],
      ['DZD', 'DA', 'no amount'],
      [',0,', ',x,', 'no fee'],
      ['PURCHASE', 'toString', 'no known type'],
      ['o-1', '', 'no reference'],
      ['K7QF2M', '', 'no transaction'],
      ['2026-11-20', '2026-11-31', 'no moment'],
      ['K7QF2M,o-1,PURCHASE', `TOTAL,${DAY},`, 'no count of rows'],
    ],
  },
}

const shown = ({ kind, reference, money, feeMinor }: StatementRow): string =>
  `${kind} ${reference} ${money.amountMinor} ${money.currency} ${feeMinor}`

for (const [name, { heading, lines, spoiled }] of Object.entries(SAMPLES))
  describe(`a statement of ${name}`, () => {
    const format = STATEMENTS[name] ?? assert.fail(name)
    const [good] = lines[0] ?? assert.fail()
    const read = (...texts: readonly string[]) => readLines([heading, ...texts].join('\r\n'), 64, format)

    it('is read line by line', async () => {
      const rows = await read(...lines.map(([line]) => line))
      assert.deepEqual(
        rows.map((line) => (line.is === 'row' ? shown(line.row) : line)),
        lines.flatMap(([, wanted]) => wanted ?? []),
      )
      const { from, to } = spanOf(DAY, format)
      for (const line of rows) assert.ok(line.is === 'row' && line.row.at > from && line.row.at < to)
    })

    for (const [from, to, why] of spoiled)
      it(`says “${why}” of ${JSON.stringify(to)} in the place of ${JSON.stringify(from)}, and reads on`, async () => {
        assert.ok(good.includes(from))
        const [first, second, third] = await read(good, good.replace(from, to), good)
        assert.deepEqual([first?.is, third?.is], ['row', 'row'])
        assert.equal(second?.is === 'malformed' && second.malformed.why, why)
      })

    it('is refused when it is none', async () => {
      for (const text of ['', '<html>busy</html>', good, `${'x\n'.repeat(50)}${heading}`])
        await assert.rejects(readLines(text, 64, format), StatementError)
    })

    if (!format.hasTotals)
      it('is of one day to the last row, for it has no totals', async () => {
        const tally = createTally('2026-11-19', spanOf('2026-11-19', format))
        const [row] = await read(good)
        assert.throws(() => row && tally.add(row), StatementError)
        assert.deepEqual(createTally(DAY, spanOf(DAY, format)).faults(), [])
      })
  })
