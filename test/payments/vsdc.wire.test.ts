import assert from 'node:assert/strict'
import fc from 'fast-check'
import { z } from 'zod'
import type { HttpAnswer } from '../../src/core/base/http.ts'
import type { FiscalUpdate } from '../../src/core/pay/fiscal.ts'
import { CODES } from '../../src/integrations/fiscal/vsdc/codes.ts'
import { type Asked, type Profile, readSale, saleBody } from '../../src/integrations/fiscal/vsdc/wire.ts'
import { NOW, numbered, refund, sale } from './fiscal-till.ts'
import { CODE_ROWS, INVENTED } from './vsdc.codes.ts'

const VSDC: Profile = { kind: 'vsdc' }
const OSDC: Profile = { kind: 'osdc', cmcKey: 'KEY', sdcId: 'SDC010000033', mrcNo: 'WIS00000033' }
const SELLER = { tin: '999000001', branch: '00', name: 'Inzira Ltd', address: 'Kigali' }

const ok = (body: unknown, status = 200): HttpAnswer => ({
  kind: 'answer',
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const coded = (resultCd: unknown, data: unknown = null) =>
  ok({ resultCd, resultMsg: 'x', resultDt: '20260407040021', data })
const read = (answer: HttpAnswer, asked: Asked = 'issue', profile: Profile = VSDC): FiscalUpdate =>
  readSale(answer, asked, profile)

const DATA = {
  rcptNo: 53,
  intrlData: 'X33IUQAZBTXCRUUK3R547I4UAY',
  rcptSign: 'ISO5EIP5E7HDZCJC',
  totRcptNo: 62,
  vsdcRcptPbctDate: '20260407040021',
  sdcId: 'SDC010000033',
  mrcNo: 'WIS00000033',
}
const SIGNED: FiscalUpdate = {
  status: 'signed',
  signature: {
    receiptNo: 53,
    totalNo: 62,
    internalData: DATA.intrlData,
    signature: DATA.rcptSign,
    signedAt: NOW + 21_000,
    sdcId: 'SDC010000033',
    mrcNo: 'WIS00000033',
  },
}

const body = (json: string) => z.record(z.string(), z.unknown()).parse(JSON.parse(json))

describe('vsdc wire: what is sent', () => {
  const fee = sale({ parts: [{ service: 'fee', amountMinor: 1000 }] })

  it('is the sale of the documents', () => {
    const sent = body(saleBody(SELLER, VSDC, numbered(fee, 53)))
    const wanted = {
      tin: '999000001',
      bhfId: '00',
      invcNo: 53,
      orgInvcNo: 0,
      custTin: null,
      prcOrdCd: null,
      salesTyCd: 'N',
      rcptTyCd: 'S',
      pmtTyCd: '06',
      salesSttsCd: '02',
      cfmDt: '20260407040000',
      salesDt: '20260407',
      rfdDt: null,
      rfdRsnCd: null,
      totItemCnt: 1,
      ...{ taxblAmtA: 0, taxblAmtB: 1000, taxblAmtC: 0, taxblAmtD: 0 },
      ...{ taxRtA: 0, taxRtB: 18, taxRtC: 0, taxRtD: 0 },
      ...{ taxAmtA: 0, taxAmtB: 152.54, taxAmtC: 0, taxAmtD: 0 },
      ...{ totTaxblAmt: 1000, totTaxAmt: 152.54, totAmt: 1000 },
    }
    assert.deepEqual({ ...sent, ...wanted }, sent)
    const [item] = z.array(z.record(z.string(), z.unknown())).parse(sent.itemList)
    const line = { itemSeq: 1, qty: 1, prc: 1000, splyAmt: 1000, dcRt: 0, dcAmt: 0, taxTyCd: 'B' }
    assert.deepEqual({ ...item, ...line, taxblAmt: 1000, taxAmt: 152.54, totAmt: 1000 }, item)
    assert.ok(!('cmcKey' in sent))
  })

  it('has the key of an OSDC', () =>
    assert.equal(body(saleBody(SELLER, OSDC, numbered(fee, 1))).cmcKey, 'KEY'))

  it('names a buyer and the purchase code', () => {
    const sold = sale({ buyer: { tin: '100600570', purchaseCode: 'A1B2C3' } })
    const sent = body(saleBody(SELLER, VSDC, numbered(sold, 1)))
    assert.deepEqual([sent.custTin, sent.prcOrdCd], ['100600570', 'A1B2C3'])
  })

  it('is positive in refunds too, and points at the sale', () => {
    const text = saleBody(SELLER, VSDC, numbered(refund(fee, { reason: 'wrong_price' }), 54, 53))
    assert.doesNotMatch(text, /:-/)
    const sent = body(text)
    assert.deepEqual(
      [sent.rcptTyCd, sent.orgInvcNo, sent.invcNo, sent.rfdDt, sent.rfdRsnCd],
      ['R', 53, 54, '20260407040100', '09'],
    )
  })

  it('shows exactly the hundredths it was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), (amountMinor) => {
        const sold = sale({ parts: [{ service: 'fee', amountMinor }] })
        const text = saleBody(SELLER, VSDC, numbered(sold, 1))
        const [, whole = '', fraction = ''] = /"totTaxAmt":(\d+)(?:\.(\d+))?,/.exec(text) ?? []
        assert.equal(Number(whole) * 100 + Number(fraction.padEnd(2, '0')), sold.taxHundredths)
      }),
    )
  })
})

describe('vsdc wire: what an answer means', () => {
  it('signed, as VSDC says it', () => assert.deepEqual(read(coded('000', DATA)), SIGNED))

  it('signed, as OSDC says it: counters are strings, ids come from the introduction', () => {
    const { rcptNo: _r, vsdcRcptPbctDate, sdcId: _s, mrcNo: _m, ...rest } = DATA
    const data = { ...rest, curRcptNo: '53', totRcptNo: '62', sdcDateTime: vsdcRcptPbctDate }
    assert.deepEqual(read(coded('000', data), 'issue', OSDC), SIGNED)
    assert.deepEqual(read(coded('000', data), 'issue', VSDC), { status: 'unknown', code: '000' })
  })

  for (const [name, change] of [
    ['no data', null],
    ['no counter', { ...DATA, rcptNo: undefined }],
    ['a counter of zero', { ...DATA, rcptNo: 0 }],
    ['no signature', { ...DATA, rcptSign: '' }],
    ['a signature that would break the QR code', { ...DATA, rcptSign: 'ISO5#IP5' }],
    ['a date that is none', { ...DATA, vsdcRcptPbctDate: '20260231040021' }],
    ['no device', { ...DATA, sdcId: null }],
  ] as const)
    it(`signed with ${name} is unknown, to be asked after`, () =>
      assert.deepEqual(read(coded('000', change)), { status: 'unknown', code: '000' }))

  it('994 is our own receipt after a doubt, and somebody else’s without one', () => {
    assert.deepEqual(read(coded('994'), 'inspect'), { status: 'unseen' })
    assert.deepEqual(read(coded('994'), 'issue'), { status: 'taken' })
  })

  for (const [code, update] of CODE_ROWS)
    for (const asked of ['issue', 'inspect'] as const)
      it(`${code}, ${asked}`, () => assert.deepEqual(read(coded(code), asked), update))

  it('every documented code has its row', () =>
    assert.deepEqual([...CODES.keys()].sort(), ['000', '994', ...CODE_ROWS.map(([code]) => code)].sort()))

  for (const code of INVENTED)
    it(`an invented code, ${JSON.stringify(code)}, is unknown`, () =>
      assert.deepEqual(read(coded(code, DATA)), { status: 'unknown', code: code.slice(0, 10) }))

  const nothing: FiscalUpdate = { status: 'unknown', code: null }
  const strange: readonly (readonly [name: string, answer: HttpAnswer])[] = [
    ['a page', ok('<html>rejected</html>')],
    ['cut-off JSON', ok(JSON.stringify({ resultCd: '000', data: DATA }).slice(0, -40))],
    ['an empty body', ok('')],
    ['null', ok('null')],
    ['a code that is a number', coded(881)],
    ['a refusal as 500', ok({ resultCd: '921' }, 500)],
    ['a success as 502', ok({ resultCd: '000', data: DATA }, 502)],
    ['404', ok('not here', 404)],
    ['a time-out', { kind: 'unknown', why: 'timeout' }],
  ]
  for (const [name, answer] of strange)
    it(`${name} is unknown`, () => {
      assert.deepEqual(read(answer, 'issue'), nothing)
      assert.deepEqual(read(answer, 'inspect'), nothing)
    })

  it('what never left is not sent', () =>
    assert.deepEqual(read({ kind: 'not_sent', why: 'ECONNREFUSED' }), { status: 'not_sent' }))

  it('no answer makes it throw, and only 000 with a signature is signed', () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ maxLength: 4 }), (json, code) => {
        assert.notEqual(read(ok(json)).status, 'signed')
        const update = read(coded(code, DATA))
        assert.equal(update.status === 'signed', code === '000')
      }),
    )
  })
})
