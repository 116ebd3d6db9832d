import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refit } from '../../src/build.ts'
import type { Collection, PaymentProvider } from '../../src/core/pay/provider.ts'
import type { Committed } from '../../src/core/run/store.ts'
import type { Work } from '../../src/core/run/work.ts'

/** How long the careless ones let a promise hang before it is kept. */
const CARELESS_MS = 300
/** Longer than a worker lives under fire. */
const FORGETFUL_MS = 3_000

/** Each attempt asks for the money under a reference of its own, remembered in the process that asked. */
function newReferencePerAttempt(provider: PaymentProvider): PaymentProvider {
  const known = new Map<string, string>()
  const as = (order: Collection) => ({ ...order, reference: known.get(order.reference) ?? order.reference })
  return {
    ...provider,
    async collect(order) {
      const reference = randomUUID()
      const update = await provider.collect({ ...order, reference })
      known.set(order.reference, reference)
      // Long enough for some to die between the asking and the writing down.
      await sleep(CARELESS_MS)
      return update
    },
    inspect: (order) => provider.inspect(as(order)),
  }
}

/** Nobody asks the provider what became of the money. */
const hintIsPayment = (provider: PaymentProvider): PaymentProvider => ({
  ...provider,
  inspect: async ({ reference, money }) => ({ status: 'settled', transaction: reference, paid: money }),
})

const nothing: Work = {
  conversation: null,
  answer: null,
  instances: [],
  journal: [],
  outbox: [],
  postings: [],
  finished: [],
}

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
  /** Whoever says that there is news is believed. */
  'hint is payment': (): Refit => ({ payment: hintIsPayment }),
} as const

export type Mutant = keyof typeof MUTANTS

export const isMutant = (name: string): name is Mutant => Object.hasOwn(MUTANTS, name)

/** The house with one thing broken. */
export const refitOf = (mutant: Mutant): Refit => MUTANTS[mutant]()
