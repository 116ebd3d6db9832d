import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { postParams } from '../../src/core/run/draft.ts'
import type { Flow } from '../../src/core/run/flow.ts'
import { flows } from '../../src/flows/index.ts'

const TRIES = 30
const ALICE = 'Alice U.'

describe('a machine that forgets who asked', () => {
  const MONEY = { amountMinor: 1_500, currency: 'RWF' }
  const paid = { status: 'settled', transaction: '1', paid: MONEY }
  /** @returns how many requests to give back come of one person's tries */
  function sentBy(flow: Flow): number {
    const input = {
      ...{
        id: 'py_1',
        flow: 'booking',
        booking: 'bk_1',
        owner: '+250788000701',
        code: '4821',
        provider: 'mtn',
      },
      ...{ reference: '5f0c3c1e', refundReference: '5f0c3c1f', money: MONEY, refundLimitMinor: 300, at: 0 },
    }
    const tries = Array.from({ length: TRIES }, () => ({ type: 'APPROVE', by: ALICE }))
    const events = [{ type: 'UPDATE', update: paid }, { type: 'REFUND', by: ALICE }, ...tries]
    let { snapshot } = flow.open(input)
    let sent = 0
    for (const event of events) {
      const step = flow.step(snapshot, { ...event, at: 1 })
      snapshot = step.snapshot
      sent += step.effects.filter(({ type }) => type === 'refund').length
    }
    return sent
  }

  it('is found out, and ours forgets nothing', () => {
    const forgetful: Flow = {
      ...flows.payment,
      step: (snapshot, event) =>
        flows.payment.step({ ...snapshot, context: { ...snapshot.context, refundBy: null } }, event),
    }
    assert.deepEqual([sentBy(flows.payment), sentBy(forgetful)], [0, 1])
  })
})

describe('a refund that was under way before any was set aside', () => {
  const saved = z.object({
    version: z.int(),
    state: z.string(),
    context: z.record(z.string(), z.unknown()),
    done: z.boolean(),
  })
  const DAYS_MS = 73 * 3_600_000
  /** What is posted when the snapshot of then goes on today. */
  async function posted(version: number, state: string, event: (at: number) => object): Promise<unknown[]> {
    const path = `test/snapshots/payment/${version}/${state}.json`
    const then = flows.payment.revive(saved.parse(JSON.parse(await readFile(path, 'utf8'))))
    const at = Number(then.context.refundSince) + DAYS_MS
    const { effects } = flows.payment.step(then, { type: 'DEADLINE', ...event(at), at })
    return effects
      .filter(({ type }) => type === 'post')
      .map(({ params }) => {
        const { kind, debit, resolve } = postParams.parse(params)
        return [kind, debit, resolve]
      })
  }
  const paid = () => ({
    type: 'UPDATE',
    update: { status: 'settled', transaction: '2', paid: { amountMinor: 1_160, currency: 'RWF' } },
  })

  for (const version of [1, 2, 3])
    it(`of version ${version} is posted as it was`, async () => {
      assert.deepEqual(await posted(version, 'checkingRefund', paid), [['refunded', 'unearned', undefined]])
    })

  it('that was refused for too long is owed, and nothing is let go', async () => {
    assert.deepEqual(await posted(3, 'refused', () => ({})), [['owed', 'unearned', undefined]])
  })

  it('of this version moves what was set aside', async () => {
    const resolve = { how: 'post', kind: 'refund' }
    assert.deepEqual(
      (await posted(4, 'checkingRefund', paid)).map((one) => JSON.stringify(one)),
      [JSON.stringify(['refunded', 'goodwill', resolve])],
    )
  })
})
