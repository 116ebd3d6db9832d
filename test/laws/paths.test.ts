import assert from 'node:assert/strict'
import { z } from 'zod'
import { LIMITS } from '../../src/core/base/limits.ts'
import { postParams } from '../../src/core/run/draft.ts'
import { type Effect, FLOW_NAMES, type Snapshot, type Stamped } from '../../src/core/run/flow.ts'
import { CHANNELS } from '../../src/core/talk/channel.ts'
import { overpaidOf } from '../../src/flows/booking/facts.ts'
import { bookingContext } from '../../src/flows/booking/model.ts'
import { escrowContext } from '../../src/flows/escrow/model.ts'
import { flows } from '../../src/flows/index.ts'
import { invoiceContext, invoiceEffects } from '../../src/flows/invoice/model.ts'
import { lineOf } from '../../src/flows/lines/index.ts'
import { isKept } from '../../src/flows/lines/line.ts'
import { paymentContext } from '../../src/flows/payment/model.ts'
import { nextMilestone } from '../../src/flows/tracking/milestones.ts'
import { trackingContext } from '../../src/flows/tracking/model.ts'
import { en } from '../../src/flows/words/en/index.ts'
import { LANGUAGES } from '../../src/flows/words/index.ts'
import { TYPICAL } from './data.ts'
import { SECOND, T0 } from './events.ts'
import { CODECS, pagesOf, viewsOf } from './views.ts'
import { edges, type Stride, type Walk, walks } from './walk.ts'

/** Where each machine may stand; a new state is added here, and then must be reached. */
const STATES = {
  booking: [
    ...['asking', 'looking', 'quoting', 'confirming', 'holding', 'paying', 'unpaid', 'booked', 'rating'],
    ...['full', 'waiting', 'offered'],
    ...['completed', 'cancelled', 'refused', 'lapsed'],
  ],
  payment: [
    ...['submitting', 'unsent', 'pending', 'checking', 'declined', 'unresolved', 'conflicted', 'settled'],
    ...['approving', 'refunding', 'returning', 'checkingRefund', 'refused', 'owed', 'refunded'],
    ...['kept', 'handed'],
  ],
  tracking: ['seeking', 'queued', 'waiting', 'offered', 'assigned', 'underway', 'done', 'failed'],
  payout: ['sending', 'held', 'waiting', 'pending', 'checking', 'unresolved', 'paid', 'refused'],
  escrow: ['held', 'claimed', 'disputed', 'released', 'returned', 'ruled'],
  invoice: ['due', 'overdue', 'collecting', 'paying', 'settled', 'cancelled', 'writtenOff'],
} as const

/** All that was wanted on a way, in order. */
const wanted = ({ opening, strides }: Walk): readonly Effect[] => [
  ...opening,
  ...strides.flatMap(({ effects }) => effects),
]

/** How often money was moved on a way, by the posting's kind. */
const count = (walk: Walk, kind: string): number =>
  wanted(walk).filter(({ type, params }) => type === 'post' && postParams.parse(params).kind === kind).length

/** Many ways end where others did: what looks the same is drawn once. */
const drawn = new Set<string>()

/** At the end of every way a person sees something, in every language and on every channel. */
function hasScreens({ flow, end }: Walk): void {
  for (const language of LANGUAGES)
    for (const view of viewsOf(flow, end, language)) {
      const looks = JSON.stringify(view)
      if (drawn.has(looks)) continue
      drawn.add(looks)
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
    if (!effects.some(({ type }) => type === 'startPayment')) continue
    assert.ok(mayAsk, 'a second payment was asked for while the first stood open')
    mayAsk = false
  }
}

const ordered = z.object({ reference: z.string() })
const updated = z.object({ update: z.object({ status: z.string() }) })

/** What came in is booked once, and goes out or is owed at most once; a second request carries the first one's reference. */
function movesMoneyOnce(walk: Walk): void {
  const [collected, refunded] = [count(walk, 'collected'), count(walk, 'refunded')]
  const owed = count(walk, 'owed')
  assert.ok(collected <= 1 && refunded + owed <= collected)
  const { state, context } = walk.end
  const isHanded = state === 'handed' && context.came === null
  assert.equal(owed === 1, state === 'owed' || isHanded)
  assert.equal(count(walk, 'handed'), state === 'handed' ? 1 : 0)
  assert.equal(refunded === 1, walk.end.state === 'refunded')
  const references = (type: string) =>
    new Set(
      wanted(walk)
        .filter((effect) => effect.type === type)
        .map(({ params }) => ordered.parse(params).reference),
    )
  assert.equal(references('collect').size, 1)
  givesBackOnce(walk)
  setsAsideOnce(walk)
}

/** What goes back was set aside before it was asked for, and is let go or moved by its end. */
function setsAsideOnce(walk: Walk): void {
  const of = (kind: string) => count(walk, kind)
  const { state } = walk.end
  assert.ok(!wanted(walk).some(({ type }) => type === 'refund') || of('refund') === 1)
  assert.ok(of('refund') <= 1 && of('refunded') + of('refund given up') <= of('refund'))
  const isOver = ['refunded', 'owed', 'kept'].includes(state) || (state === 'handed' && of('owed') === 1)
  assert.equal(of('refunded') + of('refund given up'), isOver ? 1 : 0)
}

/** A refund is asked for under another reference only after a plain no to the one before. */
function givesBackOnce({ strides }: Walk): void {
  let asked: string | null = null
  for (const { event, effects } of strides) {
    if (updated.safeParse(event).data?.update.status === 'declined') asked = null
    for (const { params } of effects.filter(({ type }) => type === 'refund')) {
      const { reference } = ordered.parse(params)
      assert.ok(asked === null || asked === reference, 'given back under two names')
      asked = reference
    }
  }
}

/** Money is set aside once, asked to be sent under one name, and its end decides what was set aside. */
function paysOutOnce(walk: Walk): void {
  const [aside, paid, back] = ['payout', 'paid out', 'payout refused'].map((kind) => count(walk, kind))
  const { state } = walk.end
  assert.deepEqual([aside, paid, back], [1, state === 'paid' ? 1 : 0, state === 'refused' ? 1 : 0])
  const references = wanted(walk)
    .filter(({ type }) => type === 'payOut' || type === 'inspectPayout')
    .map(({ params }) => ordered.parse(params).reference)
  assert.equal(new Set(references).size, 1)
}

/** Every posting has a name of its own, and what comes under one name is taken once. */
function isPaidOnce(walk: Walk): void {
  const kinds = wanted(walk).flatMap(({ type, params }) =>
    type === 'post' ? [postParams.parse(params).kind] : [],
  )
  assert.equal(new Set(kinds).size, kinds.length)
  const { repaid, openMinor } = invoiceContext.parse(walk.end.context)
  assert.equal(new Set(repaid.map(({ reference }) => reference)).size, repaid.length)
  assert.equal(openMinor === 0, walk.end.done)
}

/** What was set aside is decided on once, and its parts are what was paid. */
function dividesOnce(walk: Walk): void {
  const { state, done, context } = walk.end
  const posted = wanted(walk).flatMap(({ type, params }) =>
    type === 'post' ? [postParams.parse(params)] : [],
  )
  const decided = posted.filter(({ resolve }) => resolve)
  assert.equal(posted.filter(({ hold }) => hold).length, 1)
  assert.equal(decided.length, done ? 1 : 0)
  if (!done) return
  const back = wanted(walk).flatMap(({ params }) => {
    const told = z
      .object({ event: z.object({ type: z.literal('REFUND'), amountMinor: z.int() }) })
      .safeParse(params)
    return told.success ? [told.data.event.amountMinor] : []
  })
  const moved = posted.filter(({ hold, resolve }) => !hold && resolve?.how !== 'void')
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
  const { money, ruling } = escrowContext.parse(context)
  assert.ok(back.length <= 1)
  assert.equal(sum(moved.map(({ amountMinor }) => amountMinor)) + sum(back), money.amountMinor)
  const backMinor = {
    released: 0,
    returned: money.amountMinor,
    ruled: money.amountMinor - (ruling?.payeeMinor ?? 0),
  }
  assert.equal(sum(back), Object.entries(backMinor).find(([one]) => one === state)?.[1])
}

const FIVE_MINUTES_MS = 300_000

/** Above the limit money goes back when a second person says so; what is a customer's by the rules stays owed to them. */
function isSeenByTwo(before: Snapshot, event: Stamped, after: Snapshot): void {
  const { refundMoney, money, refundLimitMinor, refundBy } = paymentContext.parse(after.context)
  const isLarge = (refundMoney ?? money).amountMinor > refundLimitMinor
  if (before.state === 'settled' && after.state !== 'settled')
    assert.equal(after.state === 'approving', isLarge)
  if (before.state !== 'approving' || after.state === 'approving') return
  const { by } = z.object({ by: z.string() }).parse(event)
  if (event.type === 'APPROVE') assert.ok(refundBy === null || by === SECOND)
  assert.notEqual(by.trim(), '')
  assert.ok(after.state === 'refunding' || after.state === (refundBy === null ? 'owed' : 'kept'))
}

/** Whoever has paid has seats until others are theirs, and asks for others no later than they may give them back. */
function keepsItsSeats(before: Snapshot, event: Stamped, after: Snapshot, told: string): void {
  if (told.includes('"MOVE"'))
    assert.deepEqual([before.context.paid, before.context.moving], [true, null], 'asked for twice, or unpaid')
  if (told.includes('"MOVE"')) isInTime(before, event)
  const isAsked = before.context.instead !== null
  if (event.type === 'CANCEL' && before.state === 'booked' && after.done && !isAsked) isInTime(before, event)
  // Who is asked and does not say yes has all of it back, whatever else comes of it.
  if (isAsked && after.state !== 'booked') assert.match(after.state, /^(?:cancelled|refused)$/)
  const { carrier, departure = null } = { departure: undefined, carrier: undefined, ...event }
  if (event.type === 'MOVED') {
    const { given } = bookingContext.parse(after.context)
    assert.deepEqual([after.context.carrier, after.context.moving], [carrier, null])
    assert.equal(given.find(({ field }) => field === 'departure')?.value ?? departure, departure)
    assert.equal(after.context.instead, null)
  } else if (event.type === 'RESEATED') {
    // Asked, and nothing else of it changes: not what it costs, nor what has passed.
    const { instead, price } = {
      instead: bookingContext.parse(after.context).instead,
      price: after.context.quote,
    }
    assert.deepEqual([after.context.carrier, price], [carrier, before.context.quote])
    assert.ok(instead !== null && instead.until >= event.at)
  } else if (event.type === 'RETIMED') {
    // The same seats and digits at another hour.
    const [was, is] = [before, after].map(({ context: now }) => bookingContext.parse(now).carrier)
    assert.deepEqual([is?.startCode, is?.passage?.ticket], [was?.startCode, was?.passage?.ticket])
  } else if (
    before.state === 'booked' &&
    after.state === 'booked' &&
    event.type !== 'HELD' &&
    event.type !== 'LEFT'
  )
    assert.deepEqual(after.context.carrier, before.context.carrier)
}
/** Seats are given back, or changed, up to two hours before, and what leaves an hour late or more until it leaves. */
function isInTime(before: Snapshot, { at }: Stamped): void {
  const { leavesAt = at + 2 * TWO_HOURS_MS, wasAt = leavesAt } =
    bookingContext.parse(before.context).carrier?.passage ?? {}
  assert.ok(at < (leavesAt - wasAt >= TWO_HOURS_MS / 2 ? leavesAt : leavesAt - TWO_HOURS_MS))
}
const TWO_HOURS_MS = 2 * 3_600_000
/** Offers come while a load is open, and only one that stands is taken; a price that waits is set aside when it comes. */
function takesWhatStands({ before, event, after, effects }: Stride): void {
  const [was, is] = [before, after].map(({ context }) => bookingContext.parse(context))
  if (!was || !is) return
  if (event.type === 'BID' || event.type === 'WITHDRAW') {
    const isOpen = before.state === 'quoting' || before.state === 'confirming'
    // Who was chosen is held to it from the yes on; the others may go until it is settled.
    const isLeft = event.type === 'WITHDRAW' && after.context.quote === before.context.quote
    assert.ok(isOpen || (isLeft && ['holding', 'paying', 'unpaid'].includes(before.state)), before.state)
    const has = is.given.find(({ field }) => field === 'offer')?.value
    if (!isOpen) assert.ok(is.bids?.offers.some(({ partner }) => partner === has))
  }
  // A price of the shipper's own agrees to nothing, and what is sealed has no price.
  if (event.type === 'COUNTER') {
    assert.ok((before.state === 'quoting' || before.state === 'confirming') && !was.bids?.sealed)
    assert.deepEqual([after.state, is.quote, is.given], [before.state, was.quote, was.given])
  }
  const isEscrow = lineOf(was.line).terms !== undefined
  const isSetAside = effects.some(({ type }) => type === 'openEscrow')
  assert.equal(isSetAside, isEscrow && is.paid && !was.paid)
  if (was.bids?.sealed && is.bids?.sealed) assert.doesNotMatch(JSON.stringify(effects), /"offerMade"/)
  if (lineOf(was.line).price !== 'offers' || after.state !== 'holding' || was.paid || is.paid) return
  const taken = is.bids?.offers.find(({ partner }) => is.given.some(({ value }) => value === partner))
  assert.ok(taken && taken.validUntil >= event.at)
  assert.equal(is.quote?.price.amountMinor, taken.amountMinor)
}

/** Whoever offered is told what became of it once it is another's or nobody's, and nobody else, and not twice. */
function tellsWhoOffered({ before, after, effects }: Stride): void {
  const [was, is] = [before, after].map(({ context }) => bookingContext.parse(context))
  const isSettled = after.done || (after.state === 'booked' && before.state !== 'booked')
  const has = is?.paid ? is.given.find(({ field }) => field === 'offer')?.value : undefined
  const waited = (was?.bids?.offers ?? []).filter(({ partner }) => partner !== has)
  const told = effects.flatMap(({ type, params }) => {
    const said = type === 'say' ? fate.safeParse(params).data : undefined
    return said ? [said.to] : []
  })
  assert.deepEqual(told.toSorted(), isSettled ? waited.map(({ phone }) => phone).toSorted() : [])
}
const fate = z.object({ to: z.string(), phrase: z.object({ key: z.enum(['bidLost', 'bidClosed']) }) })

/** Where it ends and what it costs change together, by a yes to both, and the driver hears of it at once. */
function endsWhereAgreed({ before, event, after, effects }: Stride): void {
  if (before.state !== 'booked') return
  const [was, is] = [before, after].map(({ context }) => bookingContext.parse(context))
  if (!was || !is) return
  const told = effects.flatMap(({ params }) => {
    const redirect = redirected.safeParse(params).data
    return redirect ? [redirect.event] : []
  })
  if (told.length === 0) {
    const fares = [was, is].map(({ quote, paidMinor, redirects }) => [quote?.price, paidMinor, redirects])
    assert.deepEqual(fares[1], fares[0])
    const ends = [was, is].map(({ given }) => given.find(({ field }) => field === 'to'))
    assert.deepEqual(ends[1], ends[0])
    return
  }
  assert.deepEqual([event.type, 'value' in event && event.value], ['ANSWER', 'yes'])
  const { to, quote } = was.redirect ?? {}
  assert.ok(quote && to && event.at <= quote.validUntil && is.redirect === null)
  assert.deepEqual(is.quote?.price, quote.price)
  assert.ok(is.given.includes(to) || is.given.some(({ value }) => value === to.value))
  assert.ok(is.redirects === was.redirects + 1 && is.redirects <= LIMITS.redirects)
  const ahead = is.paid ? (was.paidMinor ?? was.quote?.price.amountMinor ?? 0) : 0
  const due = { ...quote.price, amountMinor: Math.max(0, quote.price.amountMinor - ahead) }
  assert.deepEqual(told, [{ type: 'REDIRECT', to: to.label, price: quote.price, due }])
}
const redirected = z.object({ event: z.looseObject({ type: z.literal('REDIRECT') }) })

/** All that was paid ahead is somebody's once they have arrived: the driver's, ours, or their own again. */
function dividesWhatWasPaid({ before, after, effects }: Stride): void {
  const { paid, cash, paidMinor, quote, line } = bookingContext.parse(before.context)
  if (after.state !== 'rating' || before.state !== 'booked' || !paid || cash || lineOf(line).terms) return
  const given = effects.flatMap(({ type, params }) => {
    const post = type === 'post' ? postParams.parse(params) : null
    return post?.debit === 'unearned' ? [post.amountMinor] : []
  })
  const back = effects.flatMap(({ params }) => {
    const told = refunding.safeParse(params).data
    return told ? [told.event.amountMinor] : []
  })
  const all = [...given, ...back].reduce((sum, one) => sum + one, 0)
  assert.equal(all, paidMinor ?? quote?.price.amountMinor)
}
const refunding = z.object({ event: z.object({ type: z.literal('REFUND'), amountMinor: z.int() }) })

const reserveOf = ({ context }: Snapshot) =>
  lineOf(z.object({ line: z.string() }).parse(context).line).reserve
const isAssigned = (snapshot: Snapshot): boolean => reserveOf(snapshot) === 'assign'

/** What holds at every step from every situation, whatever way led there. */
const STEPS = {
  /** A payment is asked for by who never asked, or was told no. */
  booking({ before, event, after, effects }: Stride) {
    if (effects.some(({ type }) => type === 'startPayment'))
      assert.ok(
        [isAssigned(before) ? 'confirming' : 'holding', 'offered', 'unpaid'].includes(before.state),
        before.state,
      )
    if (after.state === 'unpaid' && before.state !== 'unpaid') assert.equal(event.type, 'UNPAID')
    // Who is simply assigned is looked for once it is paid, or a third is to pay them, and only then; seats are held
    // before, and sold then.
    if (after.state === 'holding' && before.state !== 'holding') {
      const { paid, cash } = after.context
      const isInCash = cash === true && before.state === 'unpaid'
      assert.equal(before.state === 'confirming', !(paid === true || isInCash))
      if (isAssigned(before)) assert.ok(paid === true || cash === true, 'sought before anybody pays')
      else if (!isKept(reserveOf(before))) assert.equal(paid, false)
    }
    takesWhatStands({ before, event, after, effects })
    tellsWhoOffered({ before, event, after, effects })
    // Nobody is asked to approve what may be paid already; no doubt outlives the payment that it is about.
    if (event.type === 'UNSURE')
      assert.deepEqual([after.context.unsure, event.payment], [true, before.context.payment])
    if (after.context.unsure === true) {
      assert.ok(['paying', 'cancelled', 'refused', 'lapsed'].includes(after.state), after.state)
      assert.doesNotMatch(JSON.stringify(effects), /"(?:riderFound|busHeld)"/)
    }
    if (after.state === 'paying') {
      const { say } = flows.booking.screen(after, 'traveller', 'en')
      assert.equal(say === en.checking, after.context.unsure)
    }
    const told = JSON.stringify(effects)
    keepsItsSeats(before, event, after, told)
    endsWhereAgreed({ before, event, after, effects })
    dividesWhatWasPaid({ before, event, after, effects })
    // Money in hand is earned by arriving, and goes back on every other way out.
    if (before.context.paid !== true || before.state === 'rating') return
    const isEscrow = lineOf(bookingContext.parse(before.context).line).terms !== undefined
    const isOurs = event.type === 'RELEASED' || event.type === 'RULED'
    assert.equal(told.includes(isEscrow ? '"PROVEN"' : '"earned"'), after.state === 'rating' && !isOurs)
    const isTooMuch =
      after.state === 'rating' && overpaidOf(bookingContext.parse(before.context)).amountMinor > 0
    assert.equal(told.includes(isEscrow ? '"RETURN"' : '"REFUND"'), (after.done || isTooMuch) && !isOurs)
    assert.ok(!isEscrow || !/"earned"|"REFUND"/.test(told), 'what waits is moved by nobody but who keeps it')
  },
  /** A request is made again only when the first surely never arrived, and nothing certain is ever undone. */
  payment({ before, event, after, effects }: Stride) {
    if (effects.some(({ type }) => type === 'collect'))
      assert.ok(before.state === 'unsent' || JSON.stringify(event).includes('"absent"'))
    if (after.state === 'unsent' && before.state !== 'unsent')
      assert.match(JSON.stringify(event), /"not_sent"/)
    // Where to pay is told with the page's name, once, however often the provider says it.
    if (JSON.stringify(effects).includes('"payHere"')) assert.equal(before.context.handle, null)
    const isTold = JSON.stringify(effects).includes('"UNSURE"')
    assert.equal(isTold, after.context.unsure === true && before.context.unsure === false)
    const isOdd = after.state === 'conflicted' || event.type === 'REFUSED'
    if (isTold) assert.ok(isOdd || event.at > T0 + FIVE_MINUTES_MS)
    if (before.state === 'settled') assert.ok(['settled', 'approving', 'refunding'].includes(after.state))
    isSeenByTwo(before, event, after)
    if (before.context.transaction !== null)
      assert.equal(after.context.transaction, before.context.transaction)
  },
  /** It is sent again only when it surely never went, and refused only on a plain no, or never having left. */
  payout({ before, event, after, effects }: Stride) {
    const isAbsent = JSON.stringify(event).includes('"absent"')
    const isWaiting = before.state === 'waiting' || before.state === 'held'
    if (effects.some(({ type }) => type === 'payOut')) assert.ok(isWaiting || isAbsent)
    // Only a person's name lets it go before it is known who gets it.
    assert.equal(after.context.clearedBy, event.type === 'APPROVE' ? SECOND : before.context.clearedBy)
    if (event.type === 'RULED' && before.state === 'held') assert.equal(after.state, 'refused')
    else if (event.type === 'RULED')
      assert.deepEqual([before.state, after.state], ['unresolved', event.wasPaid ? 'paid' : 'refused'])
    else if (after.state === 'refused')
      assert.ok(before.state === 'waiting' || JSON.stringify(event).includes('"declined"'))
    if (after.state === 'waiting' && before.state !== 'waiting') assert.equal(before.context.sent, false)
  },
  /** Nobody but the one who was asked moves a journey, the right code lets it begin, and its end lets them go. */
  tracking({ before, event, after, effects }: Stride) {
    const { driver } = trackingContext.parse(before.context)
    if (typeof event.driver === 'string') assert.equal(event.driver, driver?.phone)
    const wasNext = nextMilestone(trackingContext.parse(before.context))
    if (after.context.passed === Number(before.context.passed) + 1 && wasNext?.prove === 'code')
      assert.equal(event.code, before.context.returning ? driver?.returnCode : driver?.startCode)
    // Whoever drives hears at once where they go now, and what of it to take.
    if (event.type === 'REDIRECT') {
      assert.deepEqual([after.context.to, after.context.due], [event.to, event.due])
      assert.match(JSON.stringify(effects), /"jobRedirected(?:Cash)?"/)
    }
    // What is packed is somebody's: it waits for who carries it on, and only a person ends it.
    const isPacked = reserveOf(before) === 'stock' && Number(before.context.passed) > 0
    if (after.state === 'offered') assert.ok(reserveOf(before) === 'offer' || isPacked)
    const leaves = effects.some(({ type }) => type === 'leave')
    assert.equal(leaves, wasNext?.relay === true && after.context.passed === 1 && before.context.passed === 0)
    if (isPacked && after.state === 'failed' && before.state !== 'failed')
      assert.ok(['RULE', 'GIVE_UP', 'CANCEL'].includes(event.type), event.type)
    const isPutBack = effects.some(({ type }) => type === 'putBack')
    assert.equal(isPutBack, before.state === 'waiting' && after.state === 'failed')
    if (isPutBack) assert.match(String(event.by), /\S/)
    // What must be proven is not proven by time, and only a person's word opens a lock. A bus waits for nobody.
    const isLocked = Number(before.context.wrongCodes) >= LIMITS.wrongCodes
    const isRuled = event.type === 'RULE' || event.type === 'UNLOCK'
    const isMissed = before.state === 'assigned' && event.at > (driver?.passage?.leavesAt ?? event.at)
    if (after.state === 'done' && before.state !== 'done' && wasNext?.prove === 'code')
      assert.equal(event.type, isMissed ? 'DEADLINE' : isLocked ? 'RULE' : 'PASS')
    if (event.type === 'MOVED' || event.type === 'RESEATED')
      assert.deepEqual(
        [after.context.driver, after.context.wish, after.context.reminded],
        [event.driver, event.wish, 0],
      )
    else if (
      before.state === 'assigned' &&
      !['KEPT', 'RETIMED'].includes(event.type) &&
      !leaves &&
      !after.done
    )
      if (reserveOf(before) === 'seats')
        // Of seats alone: goods that are packed go on from one driver to another.
        assert.deepEqual(after.context.driver, before.context.driver)
    // What is called off is what it goes by, not what it went by before.
    if (event.type === 'CALLED_OFF') {
      // Whoever has paid has another looked for; whoever has not pays nothing.
      const isReseated = effects.some(({ type }) => type === 'reseat')
      assert.equal(after.done || isReseated, event.departure === undefined)
      assert.ok(!isReseated || before.context.go === true)
    }
    if (event.type === 'KEPT') assert.deepEqual(trackingContext.parse(after.context).driver, event.driver)
    const whereabouts = ({ state, context }: Snapshot) => [state, context.passed, context.returning]
    // Whose price a person has divided needs no journey any more.
    const isDivided = event.type === 'CANCEL'
    if (isLocked && before.state === 'underway' && !isRuled && !isDivided)
      assert.deepEqual(whereabouts(after), whereabouts(before))
    if (!isLocked && isRuled) assert.deepEqual(after, before)
    if (!after.done || before.done) return
    const told = JSON.stringify(effects)
    assert.equal(told.includes('"ARRIVED"'), after.state === 'done')
    assert.equal(told.includes('"proven":false'), after.context.claimed)
    if (after.context.claimed) assert.deepEqual([event.type, event.code, isLocked], ['PASS', null, false])
    // Whoever is asked whether they would wait was told already.
    const isAsked = before.state === 'queued' && event.type === 'DEADLINE'
    const isNews = after.state === 'failed' && event.type !== 'CANCEL' && !isAsked
    assert.equal(told.includes('"UNHELD"'), isNews)
    // Nobody found: whoever was asked before was let go when the search began. Who has arrived sat on a seat that was theirs.
    const isKept = before.context.wish !== null && !isPacked
    const isLetGo = effects.some(({ type }) => type === (isKept ? 'free' : 'releaseDriver'))
    // Whoever stood in line for it stands there no more.
    const isQueued = before.state === 'queued'
    const isNobodys = (event.type === 'NOBODY' && !isQueued) || event.type === 'GIVE_UP'
    assert.equal(isLetGo, !isNobodys && !(isKept && after.state === 'done'))
  },
  /** Only a delivery, its payer, or their silence gives the price away; where they disagree, a person does. */
  escrow({ before, event, after }: Stride) {
    if (after.state === 'released' && before.state !== 'released') {
      if (before.state === 'disputed') assert.equal(event.type, 'CONFIRM')
      if (event.type === 'DEADLINE') assert.equal(before.state, 'claimed')
    }
    if (after.state === 'returned' && before.state !== 'returned')
      assert.deepEqual([before.state, event.type], ['held', 'RETURN'])
    if (after.state === 'ruled' && before.state !== 'ruled')
      assert.deepEqual([before.state, event.type], ['disputed', 'RULE'])
  },
  /** What the books take off the receivable the customer's account does too; it ends when nothing is open. */
  invoice({ before, event, after, effects }: Stride) {
    const of = (wanted: string) => effects.filter(({ type }) => type === wanted).map(({ params }) => params)
    const posted = of('post').map((params) => postParams.parse(params))
    const repaid = of('repay').map((params) => invoiceEffects.repay.parse(params).amountMinor)
    assert.deepEqual(
      posted.map(({ credit, amountMinor }) => [credit, amountMinor]),
      repaid.map((amountMinor) => ['provider:credit', amountMinor]),
    )
    const [was, is] = [before, after].map(({ context }) => invoiceContext.parse(context).openMinor)
    const credited = event.type === 'CREDITED' ? Number(event.amountMinor) : 0
    assert.equal(is, Math.max(0, (was ?? 0) - credited - repaid.reduce((sum, one) => sum + one, 0)))
    assert.equal(after.done, is === 0)
    // One payment at a time, and none for what has ended.
    assert.equal(of('payInvoice').length, after.state === 'paying' && before.state !== 'paying' ? 1 : 0)
    const isCollected =
      event.type === 'DEADLINE' && before.state !== after.state && after.state === 'collecting'
    assert.equal(of('stopCredit').length, isCollected ? 1 : 0)
    if (after.state === 'cancelled') assert.deepEqual(after.context.repaid, [])
    if (event.type === 'REPAID') assert.ok(['cash', 'BK FT26325'].includes(String(event.how)))
    const isLeft = before.context.asking !== null && after.done && event.type !== 'PAID'
    assert.equal(JSON.stringify(effects).includes('"ABANDON"'), isLeft)
  },
} as const

const LAWS = {
  booking: asksOnce,
  payment: movesMoneyOnce,
  tracking: () => {},
  payout: paysOutOnce,
  escrow: dividesOnce,
  invoice: isPaidOnce,
} as const

for (const name of FLOW_NAMES)
  describe(`all paths of ${name}`, () => {
    const all = walks(name, TYPICAL)

    it('reach every state, and no other', () => {
      const reached = new Set(
        all
          .flatMap(({ start, strides }) => [start, ...strides.map(({ after }) => after)])
          .map(({ state }) => state),
      )
      assert.deepEqual([...reached].sort(), [...STATES[name]].sort())
      assert.deepEqual(Object.keys(all[0]?.flow.machine.states ?? {}).sort(), [...STATES[name]].sort())
    })

    it('hold at every step', () => {
      const steps = edges(all, TYPICAL)
      assert.ok(steps.length > all.length)
      for (const step of steps) STEPS[name](step)
    })

    for (const walk of all)
      it(walk.title, () => {
        hasScreens(walk)
        LAWS[name](walk)
      })
  })
