import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import { createWebServer } from '../../src/app.ts'
import { type Admits, createAdmission } from '../../src/core/base/admission.ts'
import { type Hook, text } from '../../src/core/base/hook.ts'
import { silent } from '../../src/core/base/log.ts'
import { close, listen } from '../../src/listen.ts'
import { movableClock } from '../support/clock.ts'

const PER_MINUTE = 5
const CALLS = 8
const MINUTE_MS = 60_000
const ANN = '203.0.113.7'
const BEN = '203.0.113.8'

/** What stands before us adds whom it heard to what the caller claims. */
type Call = (from: string, claimed?: string) => Promise<number>

async function door(
  proxies: number,
  admits: Admits,
  check: (call: Call, clock: ReturnType<typeof movableClock>) => Promise<void>,
) {
  const clock = movableClock()
  const hook: Hook = { methods: ['POST'], path: '/hooks/sms/x', answer: async () => text(200, 'OK') }
  const server: Server = createWebServer([hook], () => {}, silent, proxies, { admits, clock })
  const port = await listen(server, 0)
  const call: Call = async (from, claimed) => {
    const headers = { 'x-forwarded-for': claimed === undefined ? from : `${claimed}, ${from}` }
    const answer = await fetch(`http://127.0.0.1:${port}/hooks/sms/x`, {
      method: 'POST',
      headers,
      body: 'a=b',
    })
    await answer.text()
    assert.equal(answer.headers.get('retry-after'), answer.status === 429 ? '60' : null)
    return answer.status
  }
  try {
    await check(call, clock)
  } finally {
    await close(server)
  }
}

const often = (call: Call, from: string, claimed?: (n: number) => string) =>
  Promise.all(Array.from({ length: CALLS }, (_, n) => call(from, claimed?.(n))))
const heard = (statuses: readonly number[]) => statuses.filter((status) => status === 200).length

async function isFair(call: Call, clock: ReturnType<typeof movableClock>): Promise<void> {
  assert.equal(heard(await often(call, ANN)), PER_MINUTE)
  assert.equal(await call(BEN), 200, 'another')
  clock.advance(MINUTE_MS)
  assert.equal(await call(ANN), 200, 'a minute later')
  clock.advance(MINUTE_MS)
  assert.equal(heard(await often(call, ANN, (n) => `198.51.100.${n}`)), PER_MINUTE, 'whatever they claim')
}

describe('who calls our hooks too often', () => {
  it('is told when to come again, and nobody else', () => door(1, createAdmission(PER_MINUTE), isFair))

  it('is known by their connection where nothing of ours stands before us', () =>
    door(0, createAdmission(PER_MINUTE), async (call) => {
      assert.equal(heard(await often(call, ANN, (n) => `198.51.100.${n}`)), PER_MINUTE)
      assert.equal(await call(BEN), 429)
    }))

  it('would be heard by a house that believes what a caller claims', () =>
    assert.rejects(door(2, createAdmission(PER_MINUTE), isFair), /whatever they claim/))

  it('would keep others out of a house that knows callers by its own proxy', () =>
    assert.rejects(door(0, createAdmission(PER_MINUTE), isFair), /another/))

  it('would never be heard again by a house that forgets nothing', () => {
    const admits = createAdmission(PER_MINUTE)
    return assert.rejects(
      door(1, (who) => admits(who, 0), isFair),
      /a minute later/,
    )
  })
})
