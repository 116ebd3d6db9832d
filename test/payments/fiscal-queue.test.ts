import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { silent } from '../../src/core/base/log.ts'
import { type FiscalDevice, type FiscalReceipt, STOP_AFTER_MS } from '../../src/core/pay/fiscal.ts'
import { qrPayload } from '../../src/core/pay/receipt.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import {
  createFiscalQueue,
  enqueueReceipt,
  type FiscalQueue,
} from '../../src/integrations/postgres/fiscal.ts'
import { freePort } from '../../src/integrations/process.ts'
import { movableClock } from '../support/clock.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { createTill, DEVICE, migrated, refund, sale } from './fiscal-till.ts'

const LEASE_MS = 30_000

describe('the fiscal queue', function () {
  this.timeout(30_000)
  let till: ReturnType<typeof createTill>
  let database: TestDatabase
  let [here, there]: Db[] = []
  let clock: ReturnType<typeof movableClock>
  let queue: FiscalQueue
  let other: FiscalQueue
  let device: FiscalDevice

  const db = (): Db => {
    assert.ok(here)
    return here
  }
  beforeEach(async () => {
    till = createTill()
    ;[database] = await Promise.all([freshDatabase(migrated), till.start()])
    here = connectPostgres(database.url, silent)
    there = connectPostgres(database.url, silent)
    clock = movableClock()
    queue = createFiscalQueue(here, { clock, leaseMs: LEASE_MS })
    other = createFiscalQueue(there, { clock, leaseMs: LEASE_MS })
    device = till.client()
    await queue.open(DEVICE, 0)
  })
  afterEach(async () => {
    await Promise.all([here?.destroy(), there?.destroy(), till.stop()])
    await database.drop()
  })

  const add = (receipt: FiscalReceipt, at = clock.now()) =>
    db().transaction((trx) => enqueueReceipt(trx, DEVICE, receipt, at))
  const addAll = async (receipts: readonly FiscalReceipt[]) => {
    for (const receipt of receipts) await add(receipt)
  }
  const stateOf = async (receipt: FiscalReceipt) => (await queue.find(receipt.id))?.state
  /** A worker that goes on until nothing waits, over whatever fails; a crash frees the device by time alone. */
  const drain = async (worker: FiscalQueue, by = device, seen = new Set<string>()) => {
    for (let step = 0; step < 500; step++) {
      const { status } = await worker.issueNext(by).catch(() => ({ status: 'crashed' as const }))
      seen.add(status)
      if (status === 'idle') return
      if (status === 'busy') await sleep(2)
      if (status === 'crashed') clock.advance(LEASE_MS)
    }
    assert.fail('the queue is never empty')
  }
  const numbersOf = async () => (await till.ledger()).map(({ invcNo }) => invcNo)
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

  describe('numbers', () => {
    it('have no gaps and no twins when many ask at once and some fall back', async () => {
      const given = await Promise.allSettled(
        Array.from({ length: 30 }, (_, index) =>
          (index % 2 ? db() : (there ?? db())).transaction(async (trx) => {
            const no = await enqueueReceipt(trx, DEVICE, sale(), clock.now())
            if (index % 3 === 0) throw new Error('the sale fell through')
            return no
          }),
        ),
      )
      const numbers = given.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      assert.deepEqual(
        numbers.sort((a, b) => a - b),
        upTo(20),
      )
    })

    it('are given once to an id, also when it is asked for twice at once', async () => {
      const sold = sale()
      assert.deepEqual(await Promise.all([add(sold), add(sold), add(sold)]), [1, 1, 1])
      assert.equal(await add(sale()), 2)
      assert.equal(await add(sold), 1)
    })

    it('wait for a sale that is not final yet, for the same id and for another', async () => {
      const sold = sale()
      const [first, same, next] = await Promise.all([
        db().transaction(async (trx) => {
          const no = await enqueueReceipt(trx, DEVICE, sold, clock.now())
          await sleep(120)
          return no
        }),
        sleep(40).then(() => add(sold)),
        sleep(60).then(() => add(sale())),
      ])
      assert.deepEqual([first, same, next], [1, 1, 2])
    })

    it('are not given to an id that stands for something else, nor to a device nobody knows', async () => {
      const sold = sale()
      await add(sold)
      await assert.rejects(add(sale({ id: sold.id, method: 'cash' })), /something else/)
      const lost = db().transaction((trx) => enqueueReceipt(trx, '999000009-00', sale(), 0))
      await assert.rejects(lost, /not known/)
      await assert.rejects(enqueueReceipt(db(), DEVICE, sale(), 0), /transaction/)
      assert.equal(await add(sale()), 2)
    })

    it('go on from where the device stands', async () => {
      await queue.open('999000002-00', 41)
      await queue.open('999000002-00', 7)
      const no = await db().transaction((trx) => enqueueReceipt(trx, '999000002-00', sale(), 0))
      assert.equal(no, 42)
    })
  })

  describe('refunds', () => {
    it('point at their sale, follow it, and are one R each', async () => {
      const sold = sale()
      const [part, rest] = [
        refund(sold, { parts: [{ service: 'fee', amountMinor: 400 }] }),
        refund(sold, { parts: [{ service: 'fee', amountMinor: 600 }] }),
      ]
      await addAll([sold, part, sale(), rest])
      await drain(queue)
      const entries = await till.ledger()
      assert.deepEqual(
        entries.map(({ rcptTyCd, orgInvcNo, totAmt }) => [rcptTyCd, orgInvcNo, totAmt]),
        [
          ['S', 0, 2150],
          ['R', 1, 400],
          ['S', 0, 2150],
          ['R', 1, 600],
        ],
      )
      assert.equal((await queue.find(rest.id))?.ofReceiptNo, 1)
    })

    it('never give back more than was sold, nor what nobody sold', async () => {
      const sold = sale()
      await assert.rejects(add(refund(sold)), /no fiscal receipt/)
      await add(sold)
      const whole = refund(sold)
      assert.equal(await add(whole), 2)
      assert.equal(await add(whole), 2)
      await assert.rejects(
        add(refund(sold, { parts: [{ service: 'ride', amountMinor: 1 }] })),
        /sold for less/,
      )
      await assert.rejects(add(refund(sold)), /sold for less/)
    })

    it('asked for at once are not given twice', async () => {
      const sold = sale()
      await add(sold)
      const slow = db().transaction(async (trx) => {
        await enqueueReceipt(trx, DEVICE, refund(sold), clock.now())
        await sleep(100)
      })
      await sleep(40)
      await assert.rejects(add(refund(sold)), /sold for less/)
      await slow
    })
  })

  describe('two workers', () => {
    it('at once: one request in flight, in order, each receipt once', async () => {
      const sold = Array.from({ length: 25 }, () => sale())
      await addAll(sold)
      const [one, two] = [till.client(), till.client()]
      const seen = new Set<string>()
      const workers = [
        drain(queue, one, seen),
        drain(other, two, seen),
        drain(queue, one, seen),
        drain(other, two, seen),
      ]
      await Promise.all(workers)
      assert.deepEqual([...seen].sort(), ['busy', 'idle', 'signed'], 'nothing is sent twice')
      assert.deepEqual(await numbersOf(), upTo(25))
      assert.equal((await till.state()).mostInFlight, 1)
      for (const receipt of sold) {
        const found = await queue.find(receipt.id)
        assert.ok(found?.state === 'signed' && found.signature)
        const entry = (await till.ledger()).find(({ invcNo }) => invcNo === found.receipt.invoiceNo)
        assert.equal(qrPayload(found.signature), entry?.qr)
      }
    })

    it('the second is told to wait, and nothing is idle work', async () => {
      assert.deepEqual(await queue.issueNext(device), { status: 'idle' })
      const sold = sale()
      await add(sold)
      await till.scenario({ fault: 'delay', delayMs: 150 })
      const first = queue.issueNext(device)
      await sleep(60)
      assert.deepEqual(await other.issueNext(device), { status: 'busy' })
      assert.deepEqual(await first, { status: 'signed', id: sold.id })
    })

    it('one outlives its lease: the signature it brings late is kept all the same', async () => {
      const sold = sale()
      await add(sold)
      let wake = () => {}
      const asleep = new Promise<void>((resolve) => {
        wake = resolve
      })
      const issue: FiscalDevice['issue'] = async (receipt) => {
        const update = await device.issue(receipt)
        await asleep
        return update
      }
      const late = queue.issueNext({ ...device, issue })
      while ((await till.ledger()).length === 0) await sleep(5)
      clock.advance(LEASE_MS)
      assert.equal((await other.issueNext(till.client())).status, 'unseen')
      assert.equal(await stateOf(sold), 'unseen')
      wake()
      assert.equal((await late).status, 'signed')
      assert.equal(await stateOf(sold), 'signed')
      assert.deepEqual(await numbersOf(), [1])
    })
  })

  describe('after a crash', () => {
    const dying = (when: 'before' | 'after'): FiscalDevice => {
      const die = async (send: () => Promise<unknown>): Promise<never> => {
        if (when === 'after') await send()
        throw new Error('the process died')
      }
      const { id, issue, inspect } = device
      return { id, issue: (one) => die(() => issue(one)), inspect: (one) => die(() => inspect(one)) }
    }

    it('before anything was sent: nobody else comes too early, then it is signed under its number', async () => {
      const sold = sale()
      await add(sold)
      await assert.rejects(queue.issueNext(dying('before')))
      assert.deepEqual(await other.issueNext(device), { status: 'busy' })
      clock.advance(LEASE_MS)
      assert.deepEqual(await other.issueNext(device), { status: 'signed', id: sold.id })
      assert.deepEqual(await numbersOf(), [1])
    })

    it('between the device and us: unseen, one receipt, the next goes on, a person brings the signature', async () => {
      const [sold, after] = [sale(), sale()]
      await addAll([sold, after])
      await assert.rejects(queue.issueNext(dying('after')))
      clock.advance(LEASE_MS)
      assert.deepEqual(await other.issueNext(device), { status: 'unseen', id: sold.id })
      assert.deepEqual(await other.issueNext(device), { status: 'signed', id: after.id })
      assert.deepEqual(await numbersOf(), [1, 2])
      const lent = (await queue.find(after.id))?.signature
      assert.ok(lent)
      const [entry] = await till.ledger()
      assert.ok(entry)
      const found = {
        ...lent,
        receiptNo: 1,
        totalNo: 1,
        internalData: entry.intrlData,
        signature: entry.rcptSign,
      }
      assert.equal(await queue.recover(sold.id, found), true)
      assert.equal(await queue.recover(sold.id, lent), false)
      assert.deepEqual((await queue.find(sold.id))?.signature, found)
    })

    it('a refusal today does not end the doubt of yesterday', async () => {
      const sold = sale()
      await add(sold)
      await till.scenario({ fault: 'drop', after: true })
      assert.equal((await queue.issueNext(device)).status, 'unknown')
      await till.scenario({ outcome: '921' })
      assert.equal((await queue.issueNext(device)).status, 'refused')
      assert.equal(await queue.again(sold.id), true)
      assert.equal((await queue.issueNext(device)).status, 'unseen')
      assert.deepEqual(await numbersOf(), [1])
    })
  })

  describe('what the device refuses', () => {
    it('blocks all behind it, keeps its number, and goes out once a person has mended it', async () => {
      const buyer = { tin: '100600570', purchaseCode: 'short' }
      const [bad, next] = [sale({ buyer }), sale()]
      await addAll([bad, next])
      assert.deepEqual(await queue.issueNext(device), { status: 'refused', id: bad.id })
      assert.deepEqual(await queue.issueNext(device), { status: 'blocked', id: bad.id })
      assert.equal((await queue.find(bad.id))?.code, '882')
      assert.equal(await queue.again(next.id), false)
      assert.equal(await queue.again(bad.id, { ...buyer, purchaseCode: 'A1B2C3' }), true)
      await drain(queue)
      assert.deepEqual(await numbersOf(), [1, 2])
      assert.equal((await queue.find(bad.id))?.receipt.buyer?.purchaseCode, 'A1B2C3')
      assert.equal(await add(bad), 1, 'the same sale, told again')
    })

    it('may be a buyer, who is then left out', async () => {
      const bad = sale({ buyer: { tin: '100600570', purchaseCode: 'short' } })
      await add(bad)
      await queue.issueNext(device)
      assert.equal(await queue.again(bad.id, null), true)
      assert.equal((await queue.issueNext(device)).status, 'signed')
    })

    it('a number that somebody else used is not taken for ours', async () => {
      await add(sale())
      await drain(queue)
      await db()('fiscal_receipts').delete()
      await db()('fiscal_devices').update({ last_invoice_no: 0 })
      const sold = sale()
      await add(sold)
      assert.deepEqual(await queue.issueNext(device), { status: 'taken', id: sold.id })
      assert.deepEqual(await queue.issueNext(device), { status: 'blocked', id: sold.id })
      assert.equal((await queue.find(sold.id))?.code, '994')
    })

    it('only for now waits, and is tried again', async () => {
      const sold = sale()
      await add(sold)
      await till.scenario({ outcome: '901' })
      assert.equal((await queue.issueNext(device)).status, 'not_issued')
      assert.equal(await stateOf(sold), 'pending')
      assert.equal((await queue.issueNext(device)).status, 'signed')
    })
  })

  describe('offline', () => {
    it('receipts are pending, and after 24 hours sales must stop until the oldest is signed', async () => {
      const [first, second] = [sale(), sale()]
      const begun = clock.now()
      await add(first, begun)
      await add(second, begun + 3_600_000)
      const gone = till.client({ baseUrl: `http://127.0.0.1:${await freePort()}` })
      assert.deepEqual(await queue.issueNext(gone), { status: 'not_sent', id: first.id })
      assert.equal(await stateOf(first), 'pending')
      assert.equal(await queue.mustStop(DEVICE, begun + STOP_AFTER_MS - 1), false)
      assert.equal(await queue.mustStop(DEVICE, begun + STOP_AFTER_MS), true)
      assert.equal((await queue.issueNext(device)).status, 'signed', 'the number was never in doubt')
      assert.equal(await queue.mustStop(DEVICE, begun + STOP_AFTER_MS), false)
      assert.equal(await queue.mustStop(DEVICE, begun + STOP_AFTER_MS + 3_600_000), true)
      await drain(queue)
      assert.equal(await queue.mustStop(DEVICE, begun + 10 * STOP_AFTER_MS), false)
    })

    it('the device itself stops after 24 hours without RRA, and goes on with the same number', async () => {
      const [first, second] = [sale(), sale()]
      await addAll([first, second])
      await till.setDevice({ online: false })
      await till.advance(STOP_AFTER_MS - 60_000)
      assert.equal((await queue.issueNext(device)).status, 'signed')
      await till.advance(60_000)
      assert.equal((await queue.issueNext(device)).status, 'unknown')
      assert.equal(await stateOf(second), 'pending')
      await till.setDevice({ online: true })
      assert.equal((await queue.issueNext(device)).status, 'signed')
      assert.deepEqual(await numbersOf(), [1, 2])
    })
  })

  it('whatever happens on the way, the device’s book has each receipt once, in order, without gaps', async () => {
    const trouble = fc.constantFrom(
      { fault: 'error5xxBefore' },
      { fault: 'error5xxAfter' },
      { fault: 'html', after: true },
      { fault: 'drop' },
      { fault: 'drop', after: true },
      { outcome: 'truncated' },
      { outcome: '999' },
      { outcome: '922' },
      { outcome: 'invented' },
    )
    const all: FiscalReceipt[] = []
    const story = fc.array(
      fc.record({ isRefunded: fc.boolean(), troubles: fc.array(trouble, { maxLength: 2 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    await fc.assert(
      fc.asyncProperty(story, async (sales) => {
        for (const { isRefunded, troubles } of sales) {
          const sold = sale()
          const made = isRefunded ? [sold, refund(sold)] : [sold]
          await addAll(made)
          all.push(...made)
          for (const one of troubles) await till.scenario(one)
        }
        await Promise.all([drain(queue, till.client()), drain(other, till.client())])
        const entries = await till.ledger()
        assert.deepEqual(
          entries.map(({ invcNo }) => invcNo),
          upTo(all.length),
        )
        for (const [index, receipt] of all.entries()) {
          const found = await queue.find(receipt.id)
          const entry = entries[index]
          assert.equal(entry?.rcptTyCd, receipt.kind === 'refund' ? 'R' : 'S')
          assert.equal(entry.totAmt, receipt.amountMinor)
          assert.equal(entry.orgInvcNo, found?.receipt.ofInvoiceNo ?? 0)
          assert.ok(found?.state === 'signed' || found?.state === 'unseen', found?.state)
          if (found.signature) assert.equal(qrPayload(found.signature), entry.qr)
        }
      }),
      { numRuns: 12 },
    )
    assert.equal((await till.state()).mostInFlight, 1)
  })
})
