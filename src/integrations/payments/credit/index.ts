import type { Log } from '../../../core/base/log.ts'
import { CURRENCIES } from '../../../core/base/money.ts'
import { type Charged, CREDIT, type CreditBook } from '../../../core/pay/credit.ts'
import type { Order, PaymentProvider, PaymentUpdate } from '../../../core/pay/provider.ts'

/** Buying now and paying later: a wallet like any other, but that its books are in our own database. */
export function credit({ book, log }: { readonly book: CreditBook; readonly log: Log }): PaymentProvider {
  /** Whether the database did it before it failed to say so is not known. */
  const asked = (what: string, update: Promise<PaymentUpdate>): Promise<PaymentUpdate> =>
    update.catch((error: unknown) => {
      log.warn({ what, error: String(error) }, 'credit_unknown')
      return { status: 'pending' }
    })
  return {
    name: CREDIT,
    currencies: CURRENCIES,
    takes: () => true,
    serves: (payer, money) => book.serves(payer, money),
    isAvailable: () => true,
    collect: (order) => asked('collect', book.charge(order).then(charged(order))),
    inspect: (order) =>
      asked(
        'inspect',
        book.chargeOf(order.reference).then((said) => (said ? charged(order)(said) : { status: 'absent' })),
      ),
    refund: (order) =>
      asked(
        'refund',
        book.giveBack(order).then((isDone) => (isDone ? settled(order) : TOO_MUCH)),
      ),
    inspectRefund: (order) =>
      asked(
        'inspectRefund',
        book.gaveBack(order.reference).then((isDone) => (isDone ? settled(order) : { status: 'absent' })),
      ),
    payouts: null,
    hooks: () => [],
  }
}

const TOO_MUCH: PaymentUpdate = { status: 'declined', fault: 'misconfigured' }

const settled = ({ reference, money }: Order): PaymentUpdate => ({
  status: 'settled',
  transaction: reference,
  paid: money,
})

const charged =
  (order: Order) =>
  (said: Charged): PaymentUpdate =>
    said === 'charged' ? settled(order) : { status: 'declined', fault: 'insufficient_funds' }
