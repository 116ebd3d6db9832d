import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import type { FiscalUpdate } from '../../src/core/pay/fiscal.ts'
import { qrPayload } from '../../src/core/pay/receipt.ts'
import { introduce } from '../../src/integrations/fiscal/vsdc/index.ts'
import { freePort } from '../../src/integrations/process.ts'
import { createTill, numbered, refund, sale, TIN } from './fiscal-till.ts'
import { CODE_ROWS } from './vsdc.codes.ts'

const OTHER = '999000002'

describe('vsdc', () => {
  const till = createTill()
  before(till.start)
  after(till.stop)
  afterEach(() => till.clear())

  let last = 0
  const next = () => numbered(sale(), ++last)
  const isSigned = async (invoiceNo: number) =>
    (await till.ledger()).filter(({ invcNo }) => invcNo === invoiceNo).length

  describe('signs', () => {
    it('a sale, then its refund, each counted and with the QR code the device would print', async () => {
      const client = till.client()
      const sold = next()
      const first = await client.issue(sold)
      const back = await client.issue(numbered(refund(sold), ++last, sold.invoiceNo))
      assert.ok(first.status === 'signed' && back.status === 'signed')
      const [saleEntry, refundEntry] = await till.ledger()
      assert.equal(qrPayload(first.signature), saleEntry?.qr)
      assert.equal(qrPayload(back.signature), refundEntry?.qr)
      assert.match(first.signature.internalData, /^[A-Z2-7]{26}$/)
      assert.match(first.signature.signature, /^[A-Z2-7]{16}$/)
      assert.deepEqual([first.signature.receiptNo, first.signature.totalNo], [1, 1])
      assert.deepEqual([back.signature.receiptNo, back.signature.totalNo], [1, 2])
      assert.ok(Math.abs(first.signature.signedAt - Date.now()) < 60_000)
      assert.deepEqual([refundEntry?.rcptTyCd, refundEntry?.orgInvcNo], ['R', sold.invoiceNo])
    })

    it('for a business, once a purchase code', async () => {
      const buyer = { tin: '100600570', purchaseCode: 'A1B2C3' }
      const client = till.client()
      const signed = await client.issue(numbered(sale({ buyer }), ++last))
      assert.equal(signed.status, 'signed')
      const again = await client.issue(numbered(sale({ buyer }), last + 1))
      assert.deepEqual(again, { status: 'refused', fault: 'buyer', code: '883' })
    })

    it('one at a time, in the order they came', async () => {
      const client = till.client()
      await till.scenario({ fault: 'delay', delayMs: 30, times: 3 })
      const handed = Array.from({ length: 8 }, next)
      const updates = await Promise.all(handed.map((receipt) => client.issue(receipt)))
      assert.deepEqual(new Set(updates.map(({ status }) => status)), new Set(['signed']))
      const numbers = (await till.ledger()).slice(-8).map(({ invcNo }) => invcNo)
      assert.deepEqual(
        numbers,
        handed.map(({ invoiceNo }) => invoiceNo),
      )
      assert.equal((await till.state()).mostInFlight, 1)
    })

    it('no more than a hundred wait; one more is not sent', async () => {
      let asked = 0
      const client = till.client({
        http: async () => {
          asked += 1
          return { kind: 'unknown', why: 'timeout' }
        },
      })
      const updates = await Promise.all(Array.from({ length: 120 }, () => client.issue(numbered(sale(), 1))))
      assert.equal(updates.filter(({ status }) => status === 'not_sent').length, 20)
      assert.equal(asked, 100)
    })
  })

  describe('says what the device said:', () => {
    for (const [code, update] of CODE_ROWS)
      it(code, async () => {
        const receipt = numbered(sale(), last + 1)
        await till.scenario({ outcome: code })
        assert.deepEqual(await till.client().issue(receipt), update)
        assert.equal(await isSigned(receipt.invoiceNo), 0)
      })

    it('994: taken when it was never sent, unseen when it may have been', async () => {
      const receipt = next()
      const client = till.client()
      assert.equal((await client.issue(receipt)).status, 'signed')
      assert.deepEqual(await client.issue(receipt), { status: 'taken' })
      assert.deepEqual(await client.inspect(receipt), { status: 'unseen' })
      assert.equal(await isSigned(receipt.invoiceNo), 1)
    })

    it('922 for a refund before its sale, 921 for a day that is declared', async () => {
      const sold = sale()
      const early = await till.client().issue(numbered(refund(sold), last + 1, last + 5))
      assert.deepEqual(early, { status: 'not_issued', code: '922' })
      await till.setDevice({ declaredTo: '20260407' })
      const late = await till.client().issue(numbered(sold, last + 1))
      assert.deepEqual(late, { status: 'refused', fault: 'declared', code: '921' })
      await till.setDevice({ declaredTo: '' })
    })

    it('901 for a taxpayer it does not serve', async () => {
      const seller = { tin: '123456789', name: 'x', address: 'y' }
      const update = await till.client({ seller }).issue(numbered(sale(), 1))
      assert.deepEqual(update, { status: 'not_issued', code: '901' })
    })
  })

  describe('when the way is bad', () => {
    const unseen: FiscalUpdate = { status: 'unseen' }
    const faults: readonly (readonly [name: string, fault: object, isTaken: boolean])[] = [
      ['500 before the effect', { fault: 'error5xxBefore' }, false],
      ['503 before the effect', { fault: 'error5xxBefore', status: 503 }, false],
      ['500 after the effect', { fault: 'error5xxAfter' }, true],
      ['a page before the effect', { fault: 'html' }, false],
      ['a page after the effect', { fault: 'html', after: true }, true],
      ['a dropped request', { fault: 'drop' }, false],
      ['a dropped answer', { fault: 'drop', after: true }, true],
      ['cut-off JSON', { outcome: 'truncated' }, true],
      ['success without data', { outcome: 'unsigned' }, true],
      ['an invented code', { outcome: 'invented' }, true],
    ]
    for (const [name, fault, isTaken] of faults)
      it(`${name}: unknown, and asked after it is ${isTaken ? 'unseen' : 'signed'}, once`, async () => {
        const receipt = next()
        const client = till.client()
        await till.scenario(fault)
        assert.equal((await client.issue(receipt)).status, 'unknown')
        assert.equal(await isSigned(receipt.invoiceNo), isTaken ? 1 : 0)
        const update = await client.inspect(receipt)
        if (isTaken) assert.deepEqual(update, unseen)
        else assert.equal(update.status, 'signed')
        assert.equal(await isSigned(receipt.invoiceNo), 1)
      })

    it('a slow device: unknown, and signed behind our back', async () => {
      const receipt = next()
      await till.scenario({ fault: 'delay', delayMs: 300 })
      assert.deepEqual(await till.client({ timeoutMs: 80 }).issue(receipt), { status: 'unknown', code: null })
      assert.deepEqual(await till.client().inspect(receipt), unseen)
      assert.equal(await isSigned(receipt.invoiceNo), 1)
    })

    it('nobody listens: not sent', async () => {
      const client = till.client({ baseUrl: `http://127.0.0.1:${await freePort()}` })
      assert.deepEqual(await client.issue(numbered(sale(), last + 1)), { status: 'not_sent' })
    })
  })

  it('tells the log numbers and codes, and nobody’s TIN code', async () => {
    const lines: string[] = []
    const write = (fields: object, event: string) => lines.push(JSON.stringify({ ...fields, event }))
    const log = { info: write, warn: write, error: write }
    await till.scenario({ outcome: '884' })
    await till
      .client({ log })
      .issue(numbered(sale({ buyer: { tin: '100600570', purchaseCode: 'A1B2C3' } }), last + 1))
    assert.deepEqual(lines, [
      JSON.stringify({
        device: `${TIN}-00`,
        invoiceNo: last + 1,
        code: '884',
        event: 'fiscal receipt refused',
      }),
    ])
  })

  describe('as OSDC', () => {
    const ask = (kind: 'vsdc' | 'osdc') =>
      introduce({
        baseUrl: till.baseUrl(),
        kind,
        tin: OTHER,
        branch: '00',
        serialNo: 'INZIRA01',
        http: till.http,
        timeoutMs: 2_000,
      })

    it('is introduced once, signs with its key, and counts in strings', async () => {
      const met = await ask('osdc')
      assert.ok(met.kind === 'introduced' && met.cmcKey !== null)
      assert.equal(met.lastInvoiceNo, 0)
      assert.deepEqual(await ask('osdc'), { kind: 'already' })
      const { cmcKey, sdcId, mrcNo } = met
      const seller = { tin: OTHER, name: 'Other Ltd', address: 'Huye' }
      const client = till.client({ seller, profile: { kind: 'osdc', cmcKey, sdcId, mrcNo }, log: silent })
      const update = await client.issue(numbered(sale(), 1))
      assert.ok(update.status === 'signed')
      assert.equal(qrPayload(update.signature), (await till.ledger(OTHER))[0]?.qr)
      const wrong = till.client({ seller, profile: { kind: 'osdc', cmcKey: 'no', sdcId, mrcNo } })
      assert.deepEqual(await wrong.issue(numbered(sale(), 2)), { status: 'not_issued', code: '901' })
    })

    it('cannot be introduced through a page', async () => {
      await till.scenario({ no: OTHER, on: 'init', fault: 'html' })
      assert.deepEqual(await ask('vsdc'), { kind: 'unavailable', code: null })
    })
  })
})
