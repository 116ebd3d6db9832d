import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { invoiceBilling } from '../../src/flows/invoice/describe.ts'
import { en } from '../../src/flows/words/en/index.ts'
import { phone } from '../channels/hosting.ts'

const FOLDER = 'test/snapshots/invoice/1'
const saved = z.object({ state: z.string(), context: z.record(z.string(), z.unknown()) })

const FRESH = { fault: null, unsure: false, openMinor: 1_160, number: '2026-000123', dueOn: '2026-04-01' }
const LATE = 'Invoice 2026-000123: RWF 1,160 was due on 2026-04-01. To pay by phone: PAY 4821. Help: 3847'

/** By the machine's state: the public one, and the words. */
const TOLD: Readonly<Record<string, readonly [state: string, say: string]>> = {
  due: ['due', 'Invoice 2026-000123, trip 4821: RWF 1,160, to be paid by 2026-04-01.'],
  overdue: ['overdue', LATE],
  collecting: ['overdue', LATE],
  paying: ['paying', 'Approve RWF 1,160 on your phone with your mobile-money PIN. Trip 4821.'],
  settled: ['settled', 'Invoice 2026-000123 is paid. Thank you.'],
  cancelled: ['cancelled', 'Invoice 2026-000123, trip 4821, is cancelled. You pay nothing for it.'],
  writtenOff: ['closed', 'Invoice 2026-000123 is closed. Help: 3847'],
}

async function told(state: string, change: object = {}) {
  const { context } = saved.parse(JSON.parse(await readFile(`${FOLDER}/${state}.json`, 'utf8')))
  const invoice = { id: 'iv_1', owner: phone('+250788000009'), code: '4821', state }
  return invoiceBilling.describe({ ...invoice, context: { ...context, ...FRESH, ...change } }, 'en')
}

describe('what is told of an invoice', () => {
  it('is said for every state there is', async () => {
    const files = await readdir(FOLDER)
    assert.deepEqual(files.map((name) => name.replace('.json', '')).sort(), Object.keys(TOLD).sort())
  })

  for (const [machine, [state, say]] of Object.entries(TOLD))
    it(`${machine} is ${state}`, async () => {
      const shown = await told(machine)
      assert.deepEqual([shown.state, shown.say], [state, say])
      assert.deepEqual(invoiceBilling.shape.strict().parse(shown), shown)
    })

  it('asks nobody to pay again while that is not known', async () => {
    const { state, say } = await told('paying', { unsure: true })
    assert.deepEqual([state, say], ['checking', en.checking])
  })

  it('says why it was not paid, and what is left of it', async () => {
    const { say, open, money } = await told('due', { fault: 'wrong_pin', openMinor: 160 })
    assert.equal(say, 'The PIN was wrong. RWF 160 for trip 4821.')
    assert.deepEqual(
      [open, money],
      [160, 1_160].map((amountMinor) => ({ amountMinor, currency: 'RWF' })),
    )
  })
})
