import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { FiscalReceipt } from '../../src/core/pay/fiscal.ts'
import { printedReceipt, qrPayload, type Signed, shortReceipt } from '../../src/core/pay/receipt.ts'
import { septets } from '../../src/core/talk/gsm7.ts'
import { qrPicture } from '../../src/integrations/fiscal/qr.ts'
import { NOW, numbered, refund, sale } from './fiscal-till.ts'

const SELLER = { tin: '999000001', name: 'Inzira Ltd', address: 'KN 3 Rd, Kigali' }
const SIGNATURE = {
  receiptNo: 21,
  totalNo: 62,
  internalData: 'X33IUQAZBTXCRUUK3R547I4UAY',
  signature: 'ISO5EIP5E7HDZCJC',
  signedAt: NOW + 21_000,
  sdcId: 'SDC010000033',
  mrcNo: 'WIS00000033',
}
const signed = (receipt: FiscalReceipt, of: number | null = null): Signed => ({
  receipt: numbered(receipt, 53, of === null ? null : 50),
  signature: SIGNATURE,
  ofReceiptNo: of,
})

describe('a printed receipt', () => {
  const sold = sale({ buyer: { tin: '100600570', purchaseCode: 'A1B2C3' } })

  it('of a sale', () => {
    const rule = '-'.repeat(42)
    assert.deepEqual(printedReceipt(SELLER, signed(sold)), [
      '                Inzira Ltd',
      '             KN 3 Rd, Kigali',
      '              TIN: 999000001',
      rule,
      'CLIENT ID: 100600570',
      rule,
      'Moto ride                       1,150.00 A',
      'Booking fee                     1,000.00 B',
      rule,
      'TOTAL                             2,150.00',
      'TOTAL A-EX                        1,150.00',
      'TOTAL B-18.00%                    1,000.00',
      'TOTAL TAX B                         152.54',
      'TOTAL TAX                           152.54',
      'MOBILE MONEY                      2,150.00',
      'ITEMS NUMBER                             2',
      rule,
      'SDC INFORMATION',
      'Date: 07/04/2026 Time: 04:00:21',
      'SDC ID: SDC010000033',
      'RECEIPT NUMBER: 21/62 NS',
      'Internal Data:',
      'X33I-UQAZ-BTXC-RUUK-3R54-7I4U-AY',
      'Receipt Signature:',
      'ISO5-EIP5-E7HD-ZCJC',
      rule,
      'RECEIPT NUMBER: 53',
      'Date: 07/04/2026 Time: 04:00:00',
      'MRC: WIS00000033',
    ])
  })

  it('of a refund: every amount has its minus, and the sale is named', () => {
    const lines = printedReceipt(SELLER, signed(refund(sold), 20))
    const amounts = lines.filter((line) => /\d\.\d\d( [ABCD])?$/.test(line))
    assert.equal(amounts.length, 8)
    for (const line of amounts) assert.match(line, / -[\d,]+\.\d\d/)
    assert.ok(lines.includes('REF. NORMAL RECEIPT#: 20'))
    assert.ok(lines.includes('RECEIPT NUMBER: 21/62 NR'))
  })

  it('of a refund of a sale whose signature was lost names our invoice', () => {
    const lost = { ...signed(refund(sold), 20), ofReceiptNo: null }
    assert.ok(printedReceipt(SELLER, lost).includes('REF. NORMAL RECEIPT#: invoice 50'))
  })

  it('says on a copy that it is one', () => {
    const lines = printedReceipt(SELLER, signed(sold), true)
    assert.equal(lines.filter((line) => line.trim() === 'COPY').length, 2)
    assert.ok(lines.some((line) => line.includes('THIS IS NOT AN OFFICIAL RECEIPT')))
    assert.ok(lines.includes('RECEIPT NUMBER: 21/62 CS'))
    assert.ok(printedReceipt(SELLER, signed(refund(sold), 20), true).includes('RECEIPT NUMBER: 21/62 CR'))
  })

  it('prints the rate that is above zero even where nothing was taxed by it', () => {
    const exempt = sale({ parts: [{ service: 'ride', amountMinor: 500 }] })
    assert.ok(printedReceipt(SELLER, signed(exempt)).some((line) => /^TOTAL B-18\.00% +0\.00$/.test(line)))
  })

  it('is never wider than the roll, its text never longer than one message', () => {
    const amounts = fc.integer({ min: 1, max: 10 ** 9 })
    const numbers = fc.integer({ min: 1, max: 9_999_999 })
    const text = fc.string({ minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(
        amounts,
        numbers,
        numbers,
        text,
        fc.boolean(),
        (amountMinor, receiptNo, totalNo, name, isCopy) => {
          const receipt = refund(sale({ parts: [{ service: 'fee', amountMinor }] }))
          const made = { ...signed(receipt, 9), signature: { ...SIGNATURE, receiptNo, totalNo } }
          for (const line of printedReceipt({ ...SELLER, name }, made, isCopy))
            assert.ok(line.length <= 42, line)
          const message = shortReceipt(made).join('\n')
          assert.ok((septets(message) ?? 161) <= 160, message)
        },
      ),
    )
  })
})

describe('a receipt by text message', () => {
  it('of a sale and of a refund', () => {
    assert.deepEqual(shortReceipt(signed(sale())), [
      'EBM 21/62 NS 07/04/2026',
      'RWF 2,150.00 tax 152.54',
      'SDC010000033 ISO5-EIP5-E7HD-ZCJC',
    ])
    assert.equal(shortReceipt(signed(refund(sale()), 20))[1], 'RWF -2,150.00 tax -152.54')
  })
})

describe('the QR code', () => {
  it('says what RRA’s verifier reads', () =>
    assert.equal(
      qrPayload(SIGNATURE),
      '07042026#040021#SDC010000033#21#X33IUQAZBTXCRUUK3R547I4UAY#ISO5EIP5E7HDZCJC',
    ))

  it('is a PNG, another one for another receipt', async () => {
    const [one, other] = await Promise.all([
      qrPicture(qrPayload(SIGNATURE)),
      qrPicture(qrPayload({ ...SIGNATURE, receiptNo: 22 })),
    ])
    assert.equal(one.subarray(0, 8).toString('hex'), '89504e470d0a1a0a')
    // Square, four pixels a module, a margin of two modules: version 4 has 33.
    assert.deepEqual([one.readUInt32BE(16), one.readUInt32BE(20)], [148, 148])
    assert.notDeepEqual(one, other)
  })
})
