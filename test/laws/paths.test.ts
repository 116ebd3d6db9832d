import assert from 'node:assert/strict'
import { CHANNELS } from '../../src/core/talk/channel.ts'
import { TYPICAL } from './data.ts'
import { CODECS, LANGUAGES, pagesOf, viewsOf } from './views.ts'
import { type Walk, walks } from './walk.ts'

/** Where each machine may stand; a new state is added here, and then must be reached. */
const STATES = {
  booking: [
    ...['asking', 'looking', 'quoting', 'confirming', 'holding', 'paying', 'unpaid', 'booked', 'rating'],
    ...['completed', 'cancelled', 'refused', 'lapsed'],
  ],
  payment: [
    ...['submitting', 'unsent', 'pending', 'checking', 'declined', 'unresolved', 'conflicted', 'settled'],
    ...['refunding', 'returning', 'checkingRefund', 'owed', 'refunded'],
  ],
  tracking: ['seeking', 'offered', 'assigned', 'underway', 'done', 'failed'],
} as const

/** How often something was wanted on a way. */
const count = (walk: Walk, type: string, kind?: string): number =>
  [walk.opening, ...walk.strides.map(({ effects }) => effects)]
    .flat()
    .filter((effect) => effect.type === type && (kind === undefined || kindOf(effect.params) === kind)).length

const kindOf = (params: unknown): unknown =>
  typeof params === 'object' && params && 'kind' in params ? params.kind : undefined

/** At the end of every way a person sees something, in every language and on every channel. */
function hasScreens({ flow, end }: Walk): void {
  for (const language of LANGUAGES)
    for (const view of viewsOf(flow, end, language)) {
      assert.notEqual(view.prompt.say.trim(), '')
      assert.doesNotMatch(view.prompt.say, /[{}]|undefined|null|NaN/)
      for (const channel of CHANNELS)
        for (const page of pagesOf(channel, view))
          assert.notEqual(CODECS[channel].codec.encode(page).replace(/^(?:CON|END) /, ''), '')
    }
}

/** Money is asked for once; again only after a plain no. */
function asksOnce({ strides }: Walk): void {
  let mayAsk = true
  for (const { event, effects } of strides) {
    if (event.type === 'UNPAID') mayAsk = true
    for (const { type } of effects) {
      if (type !== 'startPayment') continue
      assert.ok(mayAsk, 'a second payment was asked for while the first stood open')
      mayAsk = false
    }
  }
}

/** A booking that ends with money in hand has earned it or gives it back. */
function keepsNothing(walk: Walk): void {
  asksOnce(walk)
  const { context, state, done } = walk.end
  assert.ok(count(walk, 'post', 'earned') <= 1)
  if (!done || context.paid !== true) return
  const isReturned = walk.strides.some(({ effects }) =>
    effects.some(({ type, params }) => type === 'tell' && JSON.stringify(params).includes('"REFUND"')),
  )
  assert.equal(count(walk, 'post', 'earned') === 1, state === 'completed')
  assert.equal(isReturned, state !== 'completed')
}

/** What came in is booked once, and goes out at most once; a second request carries the first one's reference. */
function movesMoneyOnce(walk: Walk): void {
  const [collected, refunded] = [count(walk, 'post', 'collected'), count(walk, 'post', 'refunded')]
  assert.ok(collected <= 1 && refunded <= collected)
  assert.equal(refunded === 1, walk.end.state === 'refunded')
  const references = (type: string) =>
    [walk.opening, ...walk.strides.map(({ effects }) => effects)]
      .flat()
      .filter((effect) => effect.type === type)
      .map(({ params }) => (params as { readonly reference: string }).reference)
  assert.equal(new Set(references('collect')).size, 1)
  assert.ok(new Set(references('refund')).size <= 1)
  for (const { event, effects, before } of walk.strides)
    if (effects.some(({ type }) => type === 'collect'))
      assert.ok(
        before.state === 'unsent' || JSON.stringify(event).includes('"absent"'),
        'asked again although the provider may have heard',
      )
}

/** Whoever was taken is let go, and the booking hears how it ended. */
function letsGo(walk: Walk): void {
  const { state } = walk.end
  if (state !== 'done' && state !== 'failed') return
  const told = JSON.stringify(walk.strides.map(({ effects }) => effects))
  const isCancelled = walk.strides.at(-1)?.event.type === 'CANCEL'
  if (state === 'done') assert.match(told, /"ARRIVED"/)
  else assert.equal(/"UNHELD"/.test(told), !isCancelled)
  const last = walk.strides.at(-1)?.effects.map(({ type }) => type) ?? []
  // Nobody found: whoever was asked before was let go when the search began.
  if (walk.strides.at(-1)?.event.type !== 'NOBODY') assert.ok(last.includes('releaseDriver'))
}

const LAWS = { booking: keepsNothing, payment: movesMoneyOnce, tracking: letsGo } as const

for (const name of ['booking', 'payment', 'tracking'] as const)
  describe(`all paths of ${name}`, () => {
    const all = walks(name, TYPICAL)

    it('reach every state, and no other', () => {
      const reached = new Set(all.flatMap(({ start, strides }) => [start, ...strides.map(({ after }) => after)]).map(({ state }) => state))
      assert.deepEqual([...reached].sort(), [...STATES[name]].sort())
      assert.deepEqual(Object.keys(all[0]?.flow.machine.states ?? {}).sort(), [...STATES[name]].sort())
    })

    for (const walk of all)
      it(walk.title, () => {
        hasScreens(walk)
        LAWS[name](walk)
      })
  })
