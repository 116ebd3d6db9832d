/** A house that dies at one moment: nothing that it does afterwards reaches the database or a wallet. */
import type { Refit } from '../../src/build.ts'
import type { PaymentProvider } from '../../src/core/pay/provider.ts'
import type { Ledgered, Store } from '../../src/core/run/store.ts'
import type { Claimed, Work } from '../../src/core/run/work.ts'

/**
 * The moment of death: an errand was `claimed` and nobody outside called yet; the outside has `answered` and nothing
 * is written; it is `committed`, and nobody has heard of it.
 */
export const MOMENTS = ['claimed', 'answered', 'committed'] as const
export type Moment = (typeof MOMENTS)[number]

/**
 * The errand it has in hand; the state that a payment enters in the turn, where several things are one turn; or what it
 * asks of the tax device, where there is no errand.
 */
export type Doing = { readonly effect: string } | { readonly enters: string } | { readonly asks: 'device' }
export type Death = { readonly moment: Moment; readonly doing: Doing }

export type Mortal = {
  readonly refit: Refit
  /** Resolves when it dies. */
  readonly died: Promise<void>
  /** Dies from now on; until then it lives whatever it does. */
  arm(): void
}

class Dead extends Error {
  constructor() {
    super('this process is dead')
  }
}

/** @param around what else is put around its wallets */
export function mortal({ moment, doing }: Death, around: Refit['payment'] = (own) => own): Mortal {
  let [isArmed, isDead] = [false, false]
  let tell = () => {}
  const died = new Promise<void>((resolve) => {
    tell = resolve
  })
  const effects = new Map<string, string>()
  const die = (): never => {
    isDead = true
    tell()
    throw new Dead()
  }
  const alive = () => {
    if (isDead) throw new Dead()
  }
  const isIt = (work: Work): boolean =>
    'effect' in doing
      ? work.finished.some(({ id }) => effects.get(id) === doing.effect)
      : 'enters' in doing &&
        work.instances.some(
          ({ next, was }) => next.flow === 'payment' && next.state === doing.enters && next.seq > was,
        )
  const committing =
    <C extends Ledgered['commit']>(commit: C) =>
    async (work: Work) => {
      alive()
      const mine = isArmed && isIt(work)
      if (mine && moment === 'answered') die()
      const committed = await commit(work)
      if (mine && moment === 'committed') die()
      return committed
    }
  const claiming = (claimed: readonly Claimed[]): readonly Claimed[] => {
    for (const { id, type } of claimed) effects.set(id, type)
    const mine = claimed.some(({ type }) => 'effect' in doing && type === doing.effect)
    if (isArmed && mine && moment === 'claimed') die()
    return claimed
  }

  return {
    died,
    arm() {
      isArmed = true
    },
    refit: {
      store: (store): typeof store => ({
        ...guarded(store, alive),
        commit: committing(store.commit),
        async claim(want) {
          alive()
          return claiming(await store.claim(want))
        },
        transact: async (act) => {
          alive()
          return store.transact((tx) => act({ ...tx, commit: committing(tx.commit) }))
        },
      }),
      payment: (provider) => guardedWallet(around(provider), alive),
      fiscal: (device) => {
        const asked = async <R>(ask: () => Promise<R>): Promise<R> => {
          alive()
          const mine = isArmed && 'asks' in doing
          if (mine && moment === 'claimed') die()
          const answer = await ask()
          if (mine && moment === 'answered') die()
          return answer
        }
        return {
          ...device,
          issue: (receipt) => asked(() => device.issue(receipt)),
          inspect: (receipt) => asked(() => device.inspect(receipt)),
        }
      },
    },
  }
}

const guarded = <S extends Store>(store: S, alive: () => void): S => ({
  ...store,
  renew: living(alive, store.renew),
  again: living(alive, store.again),
  holds: living(alive, store.holds),
  overdue: living(alive, store.overdue),
})

const guardedWallet = (wallet: PaymentProvider, alive: () => void): PaymentProvider => ({
  ...wallet,
  collect: living(alive, wallet.collect),
  inspect: living(alive, wallet.inspect),
  refund: living(alive, wallet.refund),
  inspectRefund: living(alive, wallet.inspectRefund),
  payouts: wallet.payouts && {
    ...wallet.payouts,
    payOut: living(alive, wallet.payouts.payOut),
    inspectPayout: living(alive, wallet.payouts.inspectPayout),
  },
})

/** Does it only while it lives. @throws Dead */
const living =
  <A extends readonly unknown[], R>(alive: () => void, act: (...given: A) => Promise<R>) =>
  async (...given: A): Promise<R> => {
    alive()
    return act(...given)
  }
