import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refit } from '../../src/build.ts'
import type { Order, PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import type { Flow, Snapshot, Stamped, Step } from '../../src/core/run/flow.ts'
import type { Committed } from '../../src/core/run/store.ts'
import type { Work } from '../../src/core/run/work.ts'
import { nothing } from '../support/work.ts'

/** How long the careless ones let a promise hang before it is kept. */
const CARELESS_MS = 300
/** Longer than a worker lives under fire. */
const FORGETFUL_MS = 3_000

/** Each attempt goes under a reference of its own, remembered in the process that asked. */
function underNewReference<O extends Order>(
  ask: (order: O) => Promise<PaymentUpdate>,
  askAfter: (order: O) => Promise<PaymentUpdate>,
) {
  const known = new Map<string, string>()
  return {
    async ask(order: O) {
      const reference = randomUUID()
      const update = await ask({ ...order, reference })
      known.set(order.reference, reference)
      // Long enough for some to die between the asking and the writing down.
      await sleep(CARELESS_MS)
      return update
    },
    askAfter: (order: O) => askAfter({ ...order, reference: known.get(order.reference) ?? order.reference }),
  }
}

function newReferencePerAttempt(provider: PaymentProvider): PaymentProvider {
  const { ask, askAfter } = underNewReference(provider.collect, provider.inspect)
  return { ...provider, collect: ask, inspect: askAfter }
}

function newReferencePerRefund(provider: PaymentProvider): PaymentProvider {
  const { ask, askAfter } = underNewReference(provider.refund, provider.inspectRefund)
  return { ...provider, refund: ask, inspectRefund: askAfter }
}

const hardOfHearing = ({ next, was }: NonNullable<Work['conversation']>): Work['conversation'] => ({
  next: { ...next, heard: next.heard.split('*').slice(0, -1).join('*') },
  was,
})

/** The same payments, but that this is what an event does to them. */
const payingBy = (step: (own: Flow, snapshot: Snapshot, event: Stamped) => Step): Refit => ({
  flows: ({ payment, ...flows }) => ({
    ...flows,
    payment: { ...payment, step: (snapshot, event) => step(payment, snapshot, event) },
  }),
})

/** Nobody asks the provider what became of the money. */
const hintIsPayment = (provider: PaymentProvider): PaymentProvider => ({
  ...provider,
  inspect: async ({ reference, money }) => ({ status: 'settled', transaction: reference, paid: money }),
})

const MUTANTS = {
  /** Whoever takes over from the dead asks for the money again. */
  'new reference per attempt': (): Refit => ({ payment: newReferencePerAttempt }),
  /** What no callback tells is never asked. */
  'no poller': (): Refit => ({
    store: (store) => ({
      ...store,
      overdue: async (now, limit) =>
        (await store.overdue(now, limit)).filter((instance) => instance.flow !== 'payment'),
    }),
  }),
  /** The answer goes out while the turn is still only in memory. */
  'answer before commit': (): Refit => ({
    store(store) {
      const writing = new Map<string, Promise<unknown>>()
      return {
        ...store,
        async commit(work) {
          if (!work.answer) return store.commit(work)
          const { person } = work.answer
          const written = sleep(CARELESS_MS).then(() => store.commit(work))
          // Nobody hears of it when this fails: that is the fault.
          writing.set(
            person,
            written.catch(() => {}),
          )
          return 'done'
        },
        async standing(person, messageId) {
          await writing.get(person)
          return store.standing(person, messageId)
        },
      }
    },
  }),
  /** An errand is done in one transaction and crossed off in another. */
  'errand crossed off later': (): Refit => ({
    store(store) {
      const apart = async (work: Work, commit: (work: Work) => Promise<Committed>) => {
        const committed = await commit({ ...work, finished: [] })
        if (committed === 'done' && work.finished.length > 0)
          void sleep(FORGETFUL_MS)
            .then(() => store.commit({ ...nothing, finished: work.finished }))
            .catch(() => {})
        return committed
      }
      return {
        ...store,
        commit: (work) => apart(work, store.commit),
        transact: (act) => store.transact((tx) => act({ ...tx, commit: (work) => apart(work, tx.commit) })),
      }
    },
  }),
  /** Whoever tries again to give money back does so as if for the first time. */
  'new key per retry': (): Refit => ({ payment: newReferencePerRefund }),
  /** Neither what was answered is remembered nor the last thing that was heard: a hop that comes again is another. */
  'no inbox': (): Refit => ({
    store: (store) => ({
      ...store,
      standing: async (person, messageId) => ({
        ...(await store.standing(person, messageId)),
        answered: null,
      }),
      commit: (work) =>
        store.commit({
          ...work,
          answer: null,
          conversation: work.conversation && hardOfHearing(work.conversation),
        }),
    }),
  }),
  /** A payment hears on when all is said. */
  'status guard removed': (): Refit =>
    payingBy((payment, snapshot, event) =>
      payment.step(snapshot.state === 'settled' ? { ...snapshot, state: 'pending' } : snapshot, event),
    ),
  /** A booking that has ended keeps what is still paid for it. */
  'hold expiry ignores payment': (): Refit =>
    payingBy((payment, snapshot, event) =>
      event.type === 'UNWANTED' ? { snapshot, effects: [], ignored: true } : payment.step(snapshot, event),
    ),
  /** Whoever says that there is news is believed. */
  'hint is payment': (): Refit => ({ payment: hintIsPayment }),
} as const

export type Mutant = keyof typeof MUTANTS

export const isMutant = (name: string): name is Mutant => Object.hasOwn(MUTANTS, name)

/** The house with one thing broken. */
export const refitOf = (mutant: Mutant): Refit => MUTANTS[mutant]()
