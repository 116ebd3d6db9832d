import { LIMITS } from '../../src/core/base/limits.ts'
import type { FlowName, Happening, Snapshot } from '../../src/core/run/flow.ts'
import { bookingContext } from '../../src/flows/booking/model.ts'
import { escrowContext } from '../../src/flows/escrow/model.ts'
import { invoiceContext } from '../../src/flows/invoice/model.ts'
import { paymentContext } from '../../src/flows/payment/model.ts'
import { payoutContext } from '../../src/flows/payout/model.ts'
import { trackingContext } from '../../src/flows/tracking/model.ts'
import { type Data, LEAVES_AT } from './data.ts'

/** When every walk happens: 2026-03-02, 08:00 in Kigali. */
export const T0 = Date.parse('2026-03-02T08:00:00+02:00')

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
/** A price given at T0 is good until then. */
const GOOD_FOR_MS = 10 * MINUTE_MS

const FAULTS = [
  'payer_declined',
  'payer_timeout',
  'insufficient_funds',
  'payer_limit',
  'wrong_pin',
  'unknown_payer',
  'misconfigured',
  'provider_down',
] as const

/** Who asks for a refund by hand, and who else may say yes to it. */
export const ASKS = 'Alice U.'
export const SECOND = 'Eric N.'

/** What a walk through one machine needs to know of the world around it. */
export type Room = {
  inputs(data: Data): readonly Record<string, unknown>[]
  /** Everything the world may do, whether it fits the moment or not. */
  world(data: Data, snapshot: Snapshot): readonly Happening[]
  /** Two snapshots of one name are one situation: what only counts, or only is data, is left out. */
  situation(snapshot: Snapshot): string
}

const name = (...parts: readonly unknown[]): string => parts.map(String).join('|')

const booking: Room = {
  inputs({ owner, code, places }) {
    const input = { id: 'bk_1', owner, code, line: 'ride', journey: 'tr_1' }
    const wanted = [
      { field: 'from', text: places[0]?.label ?? '' },
      { field: 'to', text: places[1]?.label ?? '' },
    ]
    const parcel = { ...input, line: 'parcel', journey: 'tr_1' }
    const goods = [
      { field: 'receiver', text: '0788 123 456' },
      { field: 'weight', text: '12 kg' },
    ]
    const bus = { ...input, line: 'bus', journey: 'tr_1' }
    return [
      { ...input, wanted: [] },
      { ...input, wanted },
      { ...bus, wanted: [] },
      {
        ...bus,
        wanted: [...wanted, { field: 'departure', text: 'tomorrow' }, { field: 'travellers', text: '2' }],
      },
      { ...bus, wanted: [...wanted, { field: 'travellers', text: 'Amina, ' }] },
      { ...parcel, wanted: [] },
      { ...parcel, wanted: [...wanted, ...goods] },
      {
        ...parcel,
        wanted: [...wanted, { field: 'receiver', text: 'my aunt' }, { field: 'weight', text: '70 kg' }],
      },
    ]
  },
  world({ places, departures, price, renewed, driver, second, seated }, { state, context }) {
    const { payment, query, line, given } = bookingContext.parse(context)
    const isWhen = line === 'bus' && given.length === 2
    const found = isWhen ? departures : places
    const quoted = (money: typeof price) => ({
      type: 'QUOTED',
      quote: {
        price: money,
        commissionMinor: 100,
        lines: [],
        metres: 8_490,
        near: { lat: -1.94, lng: 30.04 },
        validUntil: T0 + GOOD_FOR_MS,
      },
    })
    const sure = found.filter(({ label }) => label === query)
    return [
      { type: 'FOUND', options: found, sure: false },
      { type: 'FOUND', options: sure.length > 0 ? sure : found.slice(1, 2), sure: true },
      { type: 'FOUND', options: [], sure: false },
      quoted(price),
      quoted(renewed),
      { type: 'UNQUOTED' },
      ...(state === 'confirming' ? [{ type: 'ANSWER', value: 'yes', at: T0 + GOOD_FOR_MS + 1 }] : []),
      ...(line === 'bus' ? [seated] : [driver, second]).map((carrier) => ({ type: 'HELD', carrier })),
      { type: 'UNHELD' },
      { type: 'UNHELD', why: 'busHoarding' },
      { type: 'REMIND' },
      { type: 'LEFT' },
      { type: 'PAYING', payment: 'py_1' },
      { type: 'PAID', payment: payment ?? 'py_0' },
      ...FAULTS.map((fault) => ({ type: 'UNPAID', payment, fault })),
      { type: 'UNPAID', payment: 'py_of_an_earlier_try', fault: 'payer_timeout' },
      { type: 'UNSURE', payment },
      { type: 'UNSURE', payment: 'py_of_an_earlier_try' },
      ...['here', 'aboard', 'collected', 'boarded', 'done'].map((milestone) => ({
        type: 'PASSED',
        milestone,
      })),
      { type: 'RETURNING' },
      { type: 'ARRIVED' },
      { type: 'CANCEL' },
      { type: 'CANCEL', at: LEAVES_AT - HOUR_MS },
      { type: 'DEADLINE' },
    ]
  },
  situation({ state, context, done }) {
    const { given, found, wanted, query, problem, line, ...is } = bookingContext.parse(context)
    if (done) return name(line, state, is.ended)
    if (state === 'asking' || state === 'looking')
      return name(line, state, given.length, found?.length ?? '-', wanted.length, query !== null, problem)
    const fault = state === 'unpaid' ? is.fault : '-'
    const money = [is.payment !== null, is.unsure, is.paid, is.cash, fault]
    return name(line, state, problem, is.carrier !== null, ...money, is.milestone)
  },
}

const payment: Room = {
  inputs({ owner, code, price }) {
    const input = {
      id: 'py_1',
      flow: 'booking',
      booking: 'bk_1',
      owner,
      code,
      provider: 'mtn',
      reference: '5f0c3c1e-0000-4000-8000-000000000001',
      refundReference: '5f0c3c1e-0000-4000-8000-000000000002',
      money: price,
      at: T0,
    }
    // One person may give back all of it, or but a part.
    return [price.amountMinor, price.amountMinor - 1].map((refundLimitMinor) => ({
      ...input,
      refundLimitMinor,
    }))
  },
  world({ price }) {
    const settled = (amountMinor: number) => ({
      status: 'settled',
      transaction: '363440463',
      paid: { ...price, amountMinor },
    })
    const updates = [
      settled(price.amountMinor),
      settled(price.amountMinor - 1),
      ...FAULTS.slice(0, 2).map((fault) => ({ status: 'declined', fault })),
      { status: 'pending' },
      { status: 'pending', handle: 'ws_CO_191220191020363925', url: 'https://pay.example/p/4821' },
      { status: 'absent' },
      { status: 'not_sent' },
    ]
    // Soon, when the provider must know its own, when nobody waits any more, after the horizon, and after the last try.
    const moments = [SECOND_MS, 40 * SECOND_MS, 6 * MINUTE_MS, 25 * HOUR_MS, 80 * HOUR_MS].map(
      (ms) => T0 + ms,
    )
    return [
      ...moments.flatMap((at) => [
        ...updates.map((update) => ({ type: 'UPDATE', update, at })),
        { type: 'DEADLINE', at },
      ]),
      ...['HINT', 'ABANDON', 'UNWANTED', 'REFUND'].map((type) => ({ type })),
      { type: 'REFUND', amountMinor: 300 },
      { type: 'REFUND', amountMinor: 0 },
      { type: 'REFUND', by: ASKS },
      { type: 'REFUND', by: ASKS, amountMinor: 300 },
      ...[ASKS, ` ${ASKS.toUpperCase()}`, ' ', SECOND].flatMap((by) => [
        { type: 'APPROVE', by },
        { type: 'REJECT', by, why: 'the ride was as agreed' },
        { type: 'HANDED', by, how: 'cash at the office' },
      ]),
      { type: 'REFUSED', why: 'booked before' },
    ]
  },
  situation({ state, context, done }) {
    const { polls, absent, hinted, unsure, abandoned, fault, handle, transaction, secondLooks, ...is } =
      paymentContext.parse(context)
    // Once it is paid, how it came to be does not matter any more.
    if (done || transaction !== null)
      return name(state, is.refundBy, is.refundMoney !== null, is.came !== null, handle !== null)
    const tries =
      state === 'unsent' || state === 'submitting' ? polls : state === 'declined' ? secondLooks : '-'
    const known = [abandoned, fault !== null, handle !== null]
    return name(state, tries, Math.min(absent, 2), hinted, unsure, ...known)
  },
}

const tracking: Room = {
  inputs({ owner, code, places, price }) {
    const input = {
      id: 'tr_1',
      booking: 'bk_1',
      owner,
      code,
      near: { lat: -1.94, lng: 30.04 },
      from: places[0]?.label,
      to: places[1]?.label,
      price: `RWF ${price.amountMinor.toLocaleString('en')}`,
    }
    return [
      { ...input, line: 'ride', goods: null, seats: null, go: false },
      { ...input, line: 'parcel', goods: { receiver: owner, kg: '15 kg' }, seats: null, go: true },
      {
        ...input,
        ...{ line: 'bus', goods: null, go: false },
        seats: { departure: 'kigali-huye-20260304-0730', from: 'kigali', to: 'huye', count: 2 },
      },
    ]
  },
  world({ driver, second, seated }, { context }) {
    const isSeated = context.seats !== null
    const drivers = isSeated ? [seated.phone] : [driver.phone, second.phone]
    return [
      ...(isSeated ? [seated] : [driver, second]).map((one) => ({ type: 'OFFERED', driver: one })),
      { type: 'NOBODY' },
      { type: 'NOBODY', why: 'busHoarding' },
      { type: 'KEPT', seats: [14, 15] },
      { type: 'CALLED_OFF', by: ASKS, why: 'the road is closed' },
      ...[...(seated.passage?.remindAt ?? []), LEAVES_AT + 2 * HOUR_MS].map((at) => ({
        type: 'DEADLINE',
        at,
      })),
      ...drivers.flatMap((phone) => [
        ...['ACCEPT', 'DECLINE', 'DROP', 'RETURN'].map((type) => ({ type, driver: phone })),
        ...[ASKS, ' '].map((by) => ({ type: 'UNLOCK', by })),
        ...[true, false].map((arrived) => ({ type: 'RULE', arrived, by: ASKS, why: 'they told us' })),
        ...['here', 'aboard', 'collected', 'boarded', 'done', 'returned'].flatMap((milestone) =>
          [null, driver.startCode, driver.returnCode, seated.startCode, '9999'].map((code) => ({
            type: 'PASS',
            driver: phone,
            milestone,
            code,
          })),
        ),
      ]),
      { type: 'GO', cash: false },
      { type: 'GO', cash: true },
      { type: 'CANCEL' },
      { type: 'DEADLINE' },
    ]
  },
  situation({ state, context, done }) {
    const { line, asked, driver, go, cash, passed, returning, wrongCodes, problem, reminded } =
      trackingContext.parse(context)
    if (done) return name(line, state)
    const isLooking = state === 'seeking' || state === 'offered'
    const told = isLooking
      ? [asked.length]
      : [cash, passed, returning, Math.min(wrongCodes, LIMITS.wrongCodes), problem, reminded]
    return name(line, state, driver !== null, go, ...told)
  },
}

const payout: Room = {
  inputs: ({ owner, price }) => [
    {
      id: 'po_1',
      account: 'driver:dr_1',
      owner,
      provider: 'mtn',
      reference: '5f0c3c1e-0000-4000-8000-000000000003',
      money: price,
      period: '2026-W47',
      startedAt: T0,
    },
  ],
  world({ price }) {
    const settled = (amountMinor: number) => ({
      status: 'settled',
      transaction: '363440464',
      paid: { ...price, amountMinor },
    })
    const updates = [
      settled(price.amountMinor),
      settled(price.amountMinor - 1),
      { status: 'declined', fault: 'unknown_payer' },
      { status: 'pending' },
      { status: 'pending', handle: 'AG_20260302_1' },
      { status: 'absent' },
      { status: 'not_sent' },
    ]
    const moments = [SECOND_MS, 40 * SECOND_MS, 25 * HOUR_MS].map((ms) => T0 + ms)
    return [
      ...moments.flatMap((at) => [
        ...updates.map((update) => ({ type: 'UPDATE', update, at })),
        { type: 'DEADLINE', at },
      ]),
      { type: 'HINT' },
      ...[true, false].map((wasPaid) => ({ type: 'RULED', wasPaid, by: SECOND })),
    ]
  },
  situation({ state, context, done }) {
    if (done) return state
    const { polls, absent, sent, handle, transaction } = payoutContext.parse(context)
    const tries = state === 'waiting' || state === 'sending' ? polls : '-'
    return name(state, tries, Math.min(absent, 2), sent, handle !== null, transaction !== null)
  },
}

const DAY_MS = 24 * HOUR_MS

const invoice: Room = {
  inputs({ owner, code, price, places }) {
    const input = {
      id: 'iv_1',
      number: '2026-000123',
      owner,
      code,
      account: 'ca_1',
      payment: 'py_1',
      booking: 'bk_1',
      money: price,
      lines: [
        {
          what: { key: 'rideSummary', args: { from: places[0]?.label ?? '', to: places[1]?.label ?? '' } },
          amountMinor: price.amountMinor,
        },
      ],
      issuedAt: T0,
      issuedOn: '2026-03-02',
    }
    return [
      { ...input, dueAt: T0 + 30 * DAY_MS, dueOn: '2026-04-01' },
      { ...input, dueAt: T0 + DAY_MS, dueOn: '2026-03-03' },
    ]
  },
  world({ price: { amountMinor } }, { context }) {
    const { asking, asked, dueAt } = invoiceContext.parse(context)
    const moments = [-10, -2, 0, 1, 7, 30].map((days) => dueAt + days * DAY_MS)
    const hand = { type: 'REPAID', by: 'Alice U.' }
    return [
      ...moments.map((at) => ({ type: 'DEADLINE', at })),
      { type: 'PAY' },
      ...(asked.length < 2 ? [{ type: 'PAYING', payment: `py_${asked.length + 2}`, amountMinor }] : []),
      ...FAULTS.slice(0, 2).map((fault) => ({ type: 'UNPAID', payment: asking, fault })),
      { type: 'UNPAID', payment: 'py_of_an_earlier_try', fault: 'payer_timeout' },
      { type: 'UNSURE', payment: asking },
      { type: 'UNSURE', payment: 'py_of_an_earlier_try' },
      ...asked.map(({ payment }) => ({ type: 'PAID', payment })),
      { type: 'PAID', payment: 'py_of_something_else' },
      { ...hand, amountMinor: 100, how: 'cash' },
      { ...hand, amountMinor, how: 'BK FT26325' },
      { ...hand, amountMinor: amountMinor + 1, how: 'BK FT26326' },
      { ...hand, amountMinor: 50, how: 'cash', by: ' ' },
      ...['written off', 'py_2', ' '].map((how) => ({ ...hand, amountMinor: 50, how })),
      { type: 'CREDITED', amountMinor: 100 },
      { type: 'CREDITED', amountMinor },
      { type: 'WRITE_OFF', by: 'Alice U.', why: 'gone' },
      { type: 'WRITE_OFF', by: 'Alice U.', why: '' },
    ]
  },
  situation({ state, context, done }) {
    if (done) return state
    const { money, openMinor, repaid, asked, asking, unsure, fault, step } = invoiceContext.parse(context)
    const is = [openMinor < money.amountMinor, repaid.length, asked.length > 0, asking !== null, unsure]
    return name(state, step, fault !== null, ...is)
  },
}

const escrow: Room = {
  inputs({ owner, code, price, driver }) {
    const input = {
      id: 'es_1',
      booking: 'bk_1',
      payment: 'py_1',
      owner,
      code,
      payee: { account: 'driver:dr_1', phone: driver.phone, name: driver.name },
      money: price,
      deliverWithinMs: 7 * DAY_MS,
      objectWithinMs: 2 * DAY_MS,
    }
    return [0, 101].map((commissionMinor) => ({ ...input, commissionMinor }))
  },
  world({ price: { amountMinor } }) {
    const rule = (payeeMinor: number, by = SECOND) => ({
      type: 'RULE',
      payeeMinor,
      by,
      why: 'half of it came',
    })
    return [
      ...['PROVEN', 'CLAIMED', 'CONFIRM', 'RETURN', 'DEADLINE'].map((type) => ({ type })),
      { type: 'DISPUTE', why: 'two sacks are missing' },
      ...[0, 1, Math.floor(amountMinor / 3), amountMinor, amountMinor + 1, -1, 0.5].map((minor) =>
        rule(minor),
      ),
      rule(amountMinor, ' '),
    ]
  },
  situation({ state, context }) {
    const { why, ruling, commissionMinor } = escrowContext.parse(context)
    return name(state, why !== null, ruling?.payeeMinor ?? '-', commissionMinor > 0)
  },
}

export const ROOMS: Readonly<Record<FlowName, Room>> = {
  booking,
  payment,
  tracking,
  payout,
  escrow,
  invoice,
}
