import { setup } from 'xstate'
import { formatMoney, type Money } from '../../core/base/money.ts'
import type { Account } from '../../core/pay/accounts.ts'
import { RECEIVABLE } from '../../core/pay/credit.ts'
import type { Params } from '../effects.ts'
import { HELP_PHONE, phrase } from '../words/index.ts'
import type { InvoiceContext, InvoiceEvent, InvoiceInput, invoiceEffects } from './model.ts'
import { STEPS, stageOf, stepAt } from './patience.ts'

type Does = Params<typeof invoiceEffects>
type Of = { readonly context: InvoiceContext }
type Is = Of & { readonly event: InvoiceEvent }

export const invoice = setup({
  types: { context: {} as InvoiceContext, events: {} as InvoiceEvent, input: {} as InvoiceInput },
  actions: {
    payInvoice: (_, _params: Does['payInvoice']) => {},
    repay: (_, _params: Does['repay']) => {},
    stopCredit: (_, _params: Does['stopCredit']) => {},
    say: (_, _params: Does['say']) => {},
    show: (_, _params: Does['show']) => {},
    tell: (_, _params: Does['tell']) => {},
    post: (_, _params: Does['post']) => {},
  },
})

export const openOf = ({ money, openMinor }: InvoiceContext): Money => ({ ...money, amountMinor: openMinor })

/** The slots that texts about an invoice may fill. */
export const words = (context: InvoiceContext) => ({
  number: context.number,
  code: context.code,
  price: formatMoney(openOf(context)),
  date: context.dueOn,
  help: HELP_PHONE,
})

/** What an event brings, and under which name: a payment that was begun for it, or what a person received. */
function cameOf({ context, event }: Is) {
  if (event.type === 'PAID') {
    const asked = context.asked.find(({ payment }) => payment === event.payment)
    return asked && { reference: asked.payment, amountMinor: asked.amountMinor, by: null }
  }
  if (event.type === 'REPAID')
    return { reference: event.how.trim(), amountMinor: event.amountMinor, by: event.by.trim() }
  return undefined
}

const WRITTEN_OFF = 'written off'
/** Names under which we take down ourselves what comes in. */
const isOurName = (reference: string): boolean => reference === WRITTEN_OFF || reference.startsWith('py_')

/** A payment of ours is taken whole: what is more than is open stays on the customer's account. */
export const isOurs = (now: Is): boolean => cameOf(now) !== undefined
/** What a person writes down: once under its name, by somebody, and not more than is open. */
export const isNews = (now: Is): boolean => {
  const came = cameOf(now)
  const { openMinor, repaid } = now.context
  if (!came?.by || came.reference === '' || isOurName(came.reference)) return false
  const isKnown = repaid.some(({ reference }) => reference === came.reference)
  return !isKnown && came.amountMinor > 0 && came.amountMinor <= openMinor
}
export const isAllOfIt = (now: Is): boolean =>
  (now.event.type === 'CREDITED' ? now.event.amountMinor : (cameOf(now)?.amountMinor ?? 0)) >=
  now.context.openMinor
export const isLastOfIt = (now: Is): boolean => isNews(now) && isAllOfIt(now)
/** All of it is given back, and nothing came in for it. */
export const isUndone = (now: Is): boolean => isAllOfIt(now) && now.context.repaid.length === 0
/** Of the payment that is under way. */
export const isPresent = ({ context, event }: Is): boolean =>
  'payment' in event && event.payment === context.asking
export const isNamed = ({ event }: Is): boolean =>
  event.type === 'WRITE_OFF' && event.by.trim() !== '' && event.why.trim() !== ''

export const seen = invoice.assign(({ event }) => ({ at: event.at }))
export const ask = invoice.assign({ asking: null, unsure: false, fault: null })
export const takePayment = invoice.assign(({ context, event }) =>
  event.type === 'PAYING'
    ? {
        asking: event.payment,
        asked: [...context.asked, { payment: event.payment, amountMinor: event.amountMinor }],
      }
    : {},
)
export const takeFault = invoice.assign(({ event }) =>
  event.type === 'UNPAID' ? { fault: event.fault, asking: null, unsure: false, at: event.at } : {},
)
export const doubt = invoice.assign({ unsure: true })
export const takeCredit = invoice.assign(({ context, event }) =>
  event.type === 'CREDITED'
    ? { openMinor: Math.max(0, context.openMinor - event.amountMinor), at: event.at }
    : {},
)

/** Off the books' receivable and off the customer's account: each time under a kind of its own. */
const takeOff = (kind: string, debit: (now: Is) => Account) =>
  invoice.enqueueActions((now) => {
    const came = cameOf(now)
    if (!came) return
    const { context, event, enqueue } = now
    const { reference, amountMinor, by } = came
    const count = context.repaid.length + 1
    enqueue({
      type: 'post',
      params: {
        kind: count === 1 ? kind : `${kind} ${count}`,
        debit: debit(now),
        credit: RECEIVABLE,
        amountMinor,
        currency: context.money.currency,
      },
    })
    const { account } = context
    enqueue({ type: 'repay', params: { account, reference, amountMinor, by, at: event.at } })
    enqueue.assign({
      openMinor: Math.max(0, context.openMinor - amountMinor),
      repaid: [...context.repaid, { reference, amountMinor }],
      fault: null,
      at: event.at,
    })
  })
/** The payment has booked it as what we owe for service; what came by hand is in the bank. */
export const takeRepaid = takeOff('repaid', ({ event }) => (event.type === 'REPAID' ? 'bank' : 'unearned'))

/** A payment that is under way has nothing left to pay: it is not asked for again, and goes back if it comes. */
export const abandon = invoice.enqueueActions(({ context, enqueue }) => {
  const { asking } = context
  if (asking !== null)
    enqueue({ type: 'tell', params: { to: { flow: 'payment', id: asking }, event: { type: 'ABANDON' } } })
})

export const writeOff = invoice.enqueueActions(({ context, event, enqueue }) => {
  const { account, openMinor: amountMinor, money } = context
  const by = event.type === 'WRITE_OFF' ? event.by.trim() : null
  enqueue({
    type: 'post',
    params: { kind: WRITTEN_OFF, debit: 'loss', credit: RECEIVABLE, amountMinor, currency: money.currency },
  })
  enqueue({ type: 'repay', params: { account, reference: WRITTEN_OFF, amountMinor, by, at: event.at } })
  enqueue.assign({ openMinor: 0 })
})

/** The steps of the calendar that lie behind now, however many they are: only the last is told of. */
const reached = ({ context, event }: Is): number => stepAt(context.dueAt, event.at)
export const isTimeTo = (stage: ReturnType<typeof stageOf>) => (now: Is) =>
  reached(now) > now.context.step && stageOf({ step: reached(now) }) === stage
export const moveOn = invoice.enqueueActions((now) => {
  const { context, event, enqueue } = now
  const step = reached(now)
  const { says, stage } = STEPS[step - 1] ?? { says: null, stage: 'due' }
  if (says) enqueue({ type: 'say', params: { to: context.owner, phrase: phrase(says, words(context)) } })
  if (stage === 'collecting') enqueue({ type: 'stopCredit', params: { account: context.account } })
  enqueue.assign({ step, at: event.at })
})

export const news = (key: 'invoiced' | 'invoicePaid' | 'invoiceCancelled') =>
  invoice.enqueueActions(({ context, enqueue }) => {
    // What is told of is what was to be paid, also once nothing of it is.
    const price = formatMoney(context.money)
    enqueue({
      type: 'say',
      params: { to: context.owner, phrase: phrase(key, { ...words(context), price }) },
    })
  })
export const showMe = {
  type: 'show',
  params: ({ context }: Of) => ({ to: context.owner, role: 'traveller' as const }),
} as const
