import * as does from './changes.ts'
import { invoice, openOf } from './changes.ts'
import { stageOf, stepAt } from './patience.ts'

/** What may happen to an invoice whichever way it stands, until nothing of it is open. */
const anytime = {
  PAID: { guard: does.isOurs, target: 'settled', actions: [does.takeRepaid, does.news('invoicePaid')] },
  REPAID: [
    {
      guard: does.isLastOfIt,
      target: 'settled',
      actions: [does.takeRepaid, does.abandon, does.news('invoicePaid')],
    },
    { guard: does.isNews, actions: does.takeRepaid },
  ],
  CREDITED: [
    {
      guard: does.isUndone,
      target: 'cancelled',
      actions: [does.takeCredit, does.abandon, does.news('invoiceCancelled')],
    },
    { guard: does.isAllOfIt, target: 'settled', actions: [does.takeCredit, does.abandon] },
    { actions: does.takeCredit },
  ],
} as const

/** And while no payment for it is under way. */
const waiting = {
  ...anytime,
  PAY: { target: 'paying', actions: does.ask },
  WRITE_OFF: { guard: does.isNamed, target: 'writtenOff', actions: does.writeOff },
  DEADLINE: [
    { guard: does.isTimeTo('collecting'), target: 'collecting', actions: does.moveOn },
    { guard: does.isTimeTo('overdue'), target: 'overdue', actions: does.moveOn },
    { guard: does.isTimeTo('due'), actions: does.moveOn },
    { actions: does.seen },
  ],
} as const

const unpaid = [does.takeFault, does.showMe] as const

/**
 * What a customer owes for something bought on credit: told when it is opened, before and after it is due, and paid
 * from the phone like anything else. Whoever does not pay ends with a person, and with no more credit.
 */
export const invoiceMachine = invoice.createMachine({
  id: 'invoice',
  initial: 'due',
  context: ({ input }) => ({
    id: input?.id,
    number: input?.number,
    owner: input?.owner,
    code: input?.code,
    account: input?.account,
    payment: input?.payment,
    booking: input?.booking,
    money: input?.money,
    lines: input?.lines,
    issuedAt: input?.issuedAt,
    dueAt: input?.dueAt,
    issuedOn: input?.issuedOn,
    dueOn: input?.dueOn,
    openMinor: input?.money.amountMinor,
    repaid: [],
    asked: [],
    asking: null,
    unsure: false,
    fault: null,
    // A reminder of what was told a moment ago would be noise.
    step: stepAt(input?.dueAt ?? 0, input?.issuedAt ?? 0),
    at: input?.issuedAt,
  }),
  entry: does.news('invoiced'),
  states: {
    due: { on: waiting },
    overdue: { on: waiting },
    collecting: { on: waiting },
    paying: {
      entry: {
        type: 'payInvoice',
        params: ({ context }) => ({ owner: context.owner, money: openOf(context), code: context.code }),
      },
      on: {
        ...anytime,
        PAYING: { guard: ({ context }) => context.asking === null, actions: does.takePayment },
        UNPAID: [
          {
            guard: (now) => does.isPresent(now) && stageOf(now.context) === 'collecting',
            target: 'collecting',
            actions: unpaid,
          },
          {
            guard: (now) => does.isPresent(now) && stageOf(now.context) === 'overdue',
            target: 'overdue',
            actions: unpaid,
          },
          { guard: does.isPresent, target: 'due', actions: unpaid },
        ],
        UNSURE: { guard: does.isPresent, actions: does.doubt },
      },
    },
    settled: { type: 'final' },
    cancelled: { type: 'final' },
    writtenOff: { type: 'final' },
  },
})
