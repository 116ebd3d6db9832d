import { LIMITS } from '../../src/core/base/limits.ts'
import type { FlowName, Happening, Snapshot } from '../../src/core/run/flow.ts'
import { PRICE_STEPS } from '../../src/core/sell/pricing.ts'
import { fieldOf } from '../../src/flows/booking/form.ts'
import { bookingContext } from '../../src/flows/booking/model.ts'
import { newWay } from '../../src/flows/booking/new-way.ts'
import type { Carrier } from '../../src/flows/effects.ts'
import { escrowContext } from '../../src/flows/escrow/model.ts'
import { invoiceContext } from '../../src/flows/invoice/model.ts'
import { areaValue } from '../../src/flows/lines/field.ts'
import { LINES } from '../../src/flows/lines/index.ts'
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

/** On the bus after theirs, with other digits. */
const ANOTHER = 'kigali-huye-20260304-1300'
const moved = (seated: Carrier): Carrier => {
  const { passage } = seated
  if (!passage) return seated
  const leavesAt = LEAVES_AT + 5.5 * HOUR_MS
  const hours = { leavesAt, arrivesAt: leavesAt + 2.5 * HOUR_MS, when: '04/03 13:00' }
  return { ...seated, startCode: '5150', passage: { ...passage, ...hours, seats: [3, 4] } }
}
/** Whether that is the question of a booking's form that is open. */
const isAsked = (context: Snapshot['context'], field: string): boolean =>
  fieldOf(bookingContext.parse(context))?.id === field

const lateness = (carrier: Carrier | null): number => {
  const { leavesAt = 0, wasAt = leavesAt } = carrier?.passage ?? {}
  return leavesAt - wasAt
}
/** Their own bus, later. */
const late = (seated: Carrier, lateMs: number): Carrier => {
  const { passage } = seated
  if (!passage) return seated
  const { wasAt = passage.leavesAt } = passage
  const leavesAt = wasAt + lateMs
  const hours = { leavesAt, arrivesAt: leavesAt + 2.5 * HOUR_MS, when: '04/03 10:30' }
  return { ...seated, passage: { ...passage, ...hours, wasAt } }
}

/** As the moto's tariff has it. */
const WAITING = { freeMinutes: 10, stepMinutes: 1, stepMinor: 21, roundToMinor: 10 }

/** Every step of a price, of each thing in a basket. */
const linesOf = (label: string) => [
  ...label
    .split(' + ')
    .flatMap((of, n) =>
      PRICE_STEPS.slice(0, -1).map((what) => ({ what, of: `${n}${of.slice(1)}`, amountMinor: 1_234_567 })),
    ),
  { what: 'delivery', amountMinor: 1_000 },
]

/** Every step of the price of a seat. */
const SEAT_LINES = ['seats', 'demand', 'early', 'rounding', 'bags', 'cover', 'choice'].map((what) => ({
  ...{ what, amountMinor: 1_234_567 },
}))

const booking: Room = {
  inputs({ owner, code, places, agent }) {
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
    const seats = [
      { field: 'departure', text: 'tomorrow' },
      { field: 'travellers', text: '2' },
    ]
    const forSomebody = [
      { ...input, agent, wanted },
      { ...parcel, agent, wanted: [...wanted, ...goods] },
      { ...bus, agent, wanted: [...wanted, ...seats] },
    ]
    const freight = { ...input, line: 'freight' }
    const load = [
      { field: 'what', text: 'cement in bags' },
      { field: 'vehicle', text: '8 t' },
      ...wanted,
      { field: 'when', text: 'tomorrow' },
    ]
    const order = { ...input, line: 'order', journey: 'tr_1' }
    return [
      ...LINES.map(({ id: line }) => ({ ...input, line, wanted: [] })),
      { ...order, wanted: [{ field: 'product', text: '12x3 1238x2' }] },
      {
        ...freight,
        wanted: [
          ...load,
          { field: 'sealed', text: 'sealed' },
          { field: 'target', text: '450,000' },
          { field: 'receiver', text: '0788 123 456' },
        ],
      },
      { ...input, wanted },
      { ...input, wanted: [{ field: 'by', text: 'a bicycle' }, ...wanted] },
      {
        ...bus,
        wanted: [...wanted, ...seats],
      },
      { ...bus, wanted: [...wanted, ...seats, { field: 'extra', text: '12 bags, seats 195 196, insured' }] },
      { ...bus, wanted: [...wanted, ...seats, { field: 'extra', text: 'a goat' }] },
      { ...bus, wanted: [...wanted, { field: 'travellers', text: 'Amina, ' }] },
      ...forSomebody,
      { ...parcel, wanted: [...wanted, ...goods] },
      {
        ...parcel,
        wanted: [...wanted, { field: 'receiver', text: 'my aunt' }, { field: 'weight', text: '70 kg' }],
      },
    ]
  },
  world(data, { state, context }) {
    const { places, departures, products, basket, price, renewed, driver, second, seated, packing } = data
    const { hauled, bids } = data
    const {
      payment,
      query,
      line,
      given,
      carrier,
      bids: board,
      agent,
      redirect,
    } = bookingContext.parse(context)
    const isWhen = line === 'bus' && (isAsked(context, 'departure') || state === 'booked')
    const isDay = line === 'freight' && given.some(({ field }) => field === 'to')
    const isGoods = line === 'order' && isAsked(context, 'product')
    const days = ['02/03', '03/03'].map((label, n) => ({ value: `2026-03-0${n + 2}`, label }))
    const found = isWhen ? departures : isDay ? days : isGoods ? products : places
    const areas = [...new Set(places.map(({ label, detail = label }) => detail))].map((label) => ({
      value: areaValue(label),
      label,
    }))
    const quoted = (money: typeof price) => ({
      type: 'QUOTED',
      quote: {
        price: money,
        commissionMinor: 100,
        lines: line === 'order' ? linesOf(basket.label) : line === 'bus' ? SEAT_LINES : [],
        ...(line === 'order' && { seller: { id: 'pt_agbara', amountMinor: money.amountMinor - 1_000 } }),
        metres: 8_490,
        ...(line === 'ride' && agent === null && { waiting: WAITING, other: renewed }),
        near: { lat: -1.94, lng: 30.04 },
        validUntil: T0 + GOOD_FOR_MS,
      },
    })
    const cheaper = { ...price, amountMinor: Math.floor(price.amountMinor / 3) }
    const far = ({ type, quote }: ReturnType<typeof quoted>) => ({
      ...{ type, quote: { ...quote, metres: LIMITS.redirectMetres + 1 } },
    })
    const sure = isDay ? days.slice(1) : found.filter(({ label }) => label === query)
    const carriers = { bus: [seated], freight: [hauled], order: [packing, driver] }[line] ?? [driver, second]
    return [
      { type: 'FOUND', options: found, sure: false },
      { type: 'FOUND', options: sure.length > 0 ? sure : found.slice(1, 2), sure: true },
      { type: 'FOUND', options: [], sure: false },
      ...(isGoods ? [] : [{ type: 'FOUND', options: areas, sure: false }]),
      ...(isGoods ? [{ type: 'FOUND', options: [basket], sure: true }] : []),
      quoted(price),
      quoted(renewed),
      ...(redirect ? [quoted(cheaper), far(quoted(price))] : []),
      ...(redirect?.quote ? [{ type: 'ANSWER', value: 'yes', at: T0 + GOOD_FOR_MS + 1 }] : []),
      ...(line === 'bus' ? [{ ...quoted(price), unsold: true }] : []),
      { type: 'UNQUOTED' },
      ...(state === 'confirming'
        ? ['yes', 'cash', 'more'].map((value) => ({ type: 'ANSWER', value, at: T0 + GOOD_FOR_MS + 1 }))
        : []),
      ...carriers.map((one) => ({ type: 'HELD', carrier: one })),
      ...(line === 'freight' ? bids : []).flatMap((bid) => [
        { type: 'BID', bid },
        { type: 'WITHDRAW', partner: bid.partner },
        ...[bid.amountMinor - 1, bid.amountMinor].map((amountMinor) => {
          return { type: 'COUNTER', partner: bid.partner, amountMinor }
        }),
      ]),
      ...(board === null
        ? []
        : [
            ...bids.map(({ partner }) => ({ type: 'ANSWER', value: partner, at: LEAVES_AT })),
            { type: 'BID', bid: bids[0], at: board.until + 1 },
          ]),
      { type: 'RELEASED' },
      { type: 'RULED' },
      { type: 'UNHELD' },
      ...['busHoarding', 'busFull', 'busNoneFree'].map((why) => ({ type: 'UNHELD', why })),
      { type: 'UNHELD', why: 'orderShort', lacking: data.lacking },
      { type: 'REMIND' },
      ...[T0, LEAVES_AT - HOUR_MS].flatMap((at) => [
        ...[null, 'tomorrow 13:00'].map((text) => ({ type: 'CHANGE', text, at })),
        { type: 'ANSWER', value: found[1]?.value, at },
      ]),
      { type: 'MOVED', carrier: moved(seated), departure: found[1]?.value, commissionMinor: 90 },
      ...['busStays', 'busDearer'].map((why) => ({ type: 'UNMOVED', why })),
      { type: 'RESEATED', carrier: moved(seated), departure: found[1]?.value },
      ...(carrier?.passage ? [HOUR_MS / 2, 3 * HOUR_MS] : []).map((lateMs) => ({
        ...{ type: 'RETIMED', carrier: carrier && late(carrier, lateMs) },
      })),
      { type: 'CANCEL', at: LEAVES_AT + HOUR_MS },
      { type: 'LEFT' },
      { type: 'STRANDED' },
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
      ...(line === 'ride'
        ? [{ type: 'PASSED', milestone: 'aboard', waited: { minutes: 25, amountMinor: 310 } }]
        : []),
      { type: 'RETURNING' },
      { type: 'ARRIVED' },
      { type: 'ASKED' },
      { type: 'UNASKED', why: 'customerSpared' },
      { type: 'ARRIVED', proven: true },
      { type: 'ARRIVED', proven: false },
      { type: 'CANCEL' },
      { type: 'CANCEL', at: LEAVES_AT - HOUR_MS },
      { type: 'DEADLINE' },
    ]
  },
  situation({ state, context, done }) {
    const { given, found, wanted, query, problem, ...is } = bookingContext.parse(context)
    const isOther = is.agent === null && given.some(({ field, value }) => field === 'by' && value === 'car')
    const line = `${is.line} ${is.agent?.stage ?? ''} ${isOther}`
    // Once agreed, what an agent booked goes on as any other: on one line that is walked to the end.
    if (is.agent?.stage === 'agreed' && is.line !== 'ride') return line
    if (done) return name(line, state, is.ended)
    if (state === 'asking' || state === 'looking')
      // A basket has no end.
      return name(
        line,
        state,
        Math.min(given.length, 6),
        isAsked(context, 'product'),
        found?.length ?? '-',
        wanted.length,
        query !== null,
        problem,
      )
    const fault = state === 'unpaid' ? is.fault : '-'
    const money = [is.payment !== null, is.unsure, is.paid, is.cash, fault]
    const another = [is.moving !== null, found?.length ?? '-', lateness(is.carrier), is.instead !== null]
    // Wherever it was asked, to go elsewhere goes on as any other such question.
    if (is.redirect) {
      const { to, quote } = is.redirect
      const stage = [to !== null, quote?.price.amountMinor ?? '-']
      return name(line, state, problem, found?.length ?? '-', ...stage, is.cash, is.redirects)
    }
    const elsewhere =
      state === 'booked' && is.redirects > 0 ? [newWay(bookingContext.parse(context)).key] : []
    const isOffering = state === 'quoting' || state === 'confirming'
    const board = isOffering && is.bids ? [is.bids.offers.map(({ partner }) => partner), is.bids.sealed] : []
    const isPicked = given.some(({ field }) => field === 'offer')
    return name(
      line,
      state,
      problem,
      ...another,
      ...elsewhere,
      is.carrier !== null,
      ...money,
      is.milestone,
      is.waited !== undefined,
      isPicked,
      ...board,
    )
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
  inputs({ owner, code, places, price, hauled }) {
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
    const basket = [
      { product: 12, count: 3 },
      { product: 123, count: 2 },
    ]
    return [
      { ...input, line: 'order', goods: null, wish: { kind: 'stock', basket }, fee: 'RWF 1,500', go: false },
      {
        ...{ ...input, line: 'ride', goods: null, wish: null, go: false, fleet: 'car' },
        waiting: { terms: WAITING, fare: price, since: null, waited: null },
      },
      { ...input, line: 'parcel', goods: { receiver: owner, kg: '15 kg' }, wish: null, go: true },
      { ...input, line: 'parcel', goods: { receiver: owner, kg: '15 kg' }, wish: null, go: true, cash: true },
      {
        ...input,
        ...{ line: 'bus', goods: null, go: false },
        wish: {
          ...{ kind: 'seats', departure: 'kigali-huye-20260304-0730' },
          ...{ from: 'kigali', to: 'huye', count: 2 },
        },
      },
      {
        ...input,
        ...{ line: 'freight', goods: null, go: false },
        wish: {
          ...{ kind: 'carrier', load: 'bk_1', partner: hauled.id, vehicle: 've_1', name: hauled.name },
          ...{ phone: hauled.phone, plate: hauled.plate, what: 'cement in bags', when: '03/03' },
        },
      },
    ]
  },
  world({ driver, second, seated, hauled, packing, lacking, price, places }, { context }) {
    const { line, passed } = trackingContext.parse(context)
    const packers = passed === 0 ? [packing] : [driver, second]
    const carriers = { bus: [seated], freight: [hauled], order: packers }[line] ?? [driver, second]
    const drivers = carriers.map(({ phone }) => phone)
    const kept = line === 'freight' ? hauled : { ...seated, passage: { ...seated.passage, seats: [14, 15] } }
    return [
      ...carriers.map((one) => ({ type: 'OFFERED', driver: one })),
      { type: 'NOBODY', why: 'orderShort', lacking },
      { type: 'KEPT', driver: packing },
      ...[ASKS, ' '].flatMap((by) => [
        { type: 'SEEK', by },
        { type: 'GIVE_UP', by, why: 'nobody goes there' },
      ]),
      { type: 'NOBODY' },
      ...['busHoarding', 'busFull'].map((why) => ({ type: 'NOBODY', why })),
      ...['WAIT', 'QUEUED', 'WAKE'].map((type) => ({ type })),
      { type: 'KEPT', driver: kept },
      ...[{}, { departure: 'kigali-huye-20260303-0600' }].map((of) => ({
        ...{ type: 'CALLED_OFF', by: ASKS, why: 'the road is closed', ...of },
      })),
      { type: 'MOVE', to: ANOTHER, price },
      {
        ...{ type: 'MOVED', driver: moved(seated), commissionMinor: 90 },
        wish: context.wish && { ...context.wish, departure: ANOTHER },
      },
      { type: 'UNMOVED', why: 'busStays' },
      {
        ...{ type: 'RESEATED', driver: moved(seated) },
        wish: context.wish && { ...context.wish, departure: ANOTHER },
      },
      { type: 'UNSEATED' },
      ...['kigali-huye-20260304-0730', ANOTHER].map((departure) => ({
        ...{ type: 'DELAYED', departure, by: ASKS, why: 'a flat tyre' },
      })),
      { type: 'RETIMED', driver: late(seated, HOUR_MS / 2) },
      ...[...(seated.passage?.remindAt ?? []), LEAVES_AT + 2 * HOUR_MS].map((at) => ({
        type: 'DEADLINE',
        at,
      })),
      ...drivers.flatMap((phone) => [
        ...['ACCEPT', 'DECLINE', 'DROP', 'RETURN', 'NOT_TAKEN'].map((type) => ({ type, driver: phone })),
        ...[ASKS, ' '].map((by) => ({ type: 'UNLOCK', by })),
        ...[true, false].map((arrived) => ({ type: 'RULE', arrived, by: ASKS, why: 'they told us' })),
        ...['here', 'aboard', 'collected', 'boarded', 'done', 'returned'].flatMap((milestone) =>
          [null, driver.startCode, driver.returnCode, seated.startCode, hauled.startCode, '9999'].map(
            (code) => ({
              type: 'PASS',
              driver: phone,
              milestone,
              code,
            }),
          ),
        ),
      ]),
      ...drivers.flatMap((phone) => [
        {
          ...{ type: 'PASS', driver: phone, milestone: 'aboard', code: driver.startCode },
          at: T0 + 25 * MINUTE_MS,
        },
        { type: 'RATE', driver: phone, stars: 4 },
      ]),
      ...[price.amountMinor, 0].map((amountMinor) => ({
        ...{ type: 'REDIRECT', to: places[2]?.label, price, due: { ...price, amountMinor } },
      })),
      { type: 'GO', cash: false },
      { type: 'GO', cash: true },
      { type: 'CANCEL' },
      { type: 'DEADLINE' },
    ]
  },
  situation({ state, context, done }) {
    const {
      line,
      asked,
      driver,
      go,
      cash,
      passed,
      returning,
      wrongCodes,
      problem,
      reminded,
      searches,
      wish,
      stars,
      waiting,
      due,
    } = trackingContext.parse(context)
    if (done) return name(line, state, stars, waiting?.waited?.amountMinor)
    const isLooking = state === 'seeking' || state === 'offered' || state === 'waiting'
    const told = isLooking
      ? [asked.length, passed, searches]
      : [
          cash,
          passed,
          waiting?.waited?.amountMinor,
          due?.amountMinor,
          returning,
          Math.min(wrongCodes, LIMITS.wrongCodes),
          problem,
          reminded,
        ]
    const isPatient = wish?.kind === 'seats' && wish.wait === true
    return name(line, state, driver !== null, go, isPatient, ...told)
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
      { type: 'HELD', why: 'swapped', forMs: HOUR_MS },
      { type: 'HELD', why: 'unknown', forMs: null },
      ...[SECOND, ' '].map((by) => ({ type: 'APPROVE', by })),
    ]
  },
  situation({ state, context, done }) {
    if (done) return state
    const { polls, absent, sent, handle, transaction, clearedBy } = payoutContext.parse(context)
    const tries = state === 'waiting' || state === 'sending' ? polls : '-'
    const known = [handle, transaction, clearedBy].map((one) => one !== null)
    return name(state, tries, Math.min(absent, 2), sent, ...known)
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
