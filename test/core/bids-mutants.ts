import { Problem } from '../../src/core/base/problem.ts'
import type { Happening, Snapshot, Step } from '../../src/core/run/flow.ts'
import { decide } from '../../src/core/run/handler.ts'
import { Run } from '../../src/core/run/run.ts'
import { bookingContext, bookingEffects } from '../../src/flows/booking/model.ts'
import { flows } from '../../src/flows/index.ts'
import type { Tx } from '../../src/integrations/postgres/store.ts'
import type { Refit } from './bids-market.ts'

type Mutant = { readonly does: string; readonly refit: Refit; readonly says: RegExp }
type Turn<T> = (draft: ReturnType<Run['draft']>) => Promise<T | 'stale'>

/** Tries again at once, in everybody's way, and gives up soon. */
class Impatient extends Run<Tx> {
  override async again<T>(turn: Turn<T>): Promise<T> {
    for (let tries = 0; tries < 8; tries += 1) {
      const outcome = await turn(this.draft())
      if (outcome !== 'stale') return outcome
    }
    throw new Problem('conflict', 'Too much happened at once. Try again.')
  }
}

/** Bookings that take a step otherwise. */
const stepping = (change: (was: Snapshot, event: Happening, real: Step) => Step): Refit => ({
  flows: {
    ...flows,
    booking: {
      ...flows.booking,
      step: (was, event) => change(was, event, flows.booking.step(was, event)),
    },
  },
})
const having = (snapshot: Snapshot, change: object): Snapshot => ({
  ...snapshot,
  context: { ...snapshot.context, ...change },
})
const bidsOf = ({ context }: Snapshot) => bookingContext.parse(context).bids
const silentOf = (key: string): Refit =>
  stepping((_, _event, real) => ({
    ...real,
    effects: real.effects.filter(({ params }) => !JSON.stringify(params).includes(`"${key}"`)),
  }))

export const mutants: readonly Mutant[] = [
  { does: 'lets all try again at once', refit: { engine: Impatient }, says: /Too much happened at once/ },
  {
    does: 'takes an offer and forgets another',
    refit: stepping((_, event, real) => {
      const bids = bidsOf(real.snapshot)
      if (event.type !== 'BID' || real.ignored || bids?.offers.length !== 5) return real
      const offers = bids.offers.slice(1)
      return { ...real, snapshot: having(real.snapshot, { bids: { ...bids, offers } }) }
    }),
    says: /offers are lost/,
  },
  { does: 'tells nobody that they lost', refit: silentOf('bidLost'), says: /offers are lost/ },
  { does: 'tells nobody that others ask less', refit: silentOf('bidOutdone'), says: /offers are lost/ },
  {
    does: 'says yes to an offer for what is closed',
    refit: stepping((was, event, real) =>
      event.type === 'BID' && (was.done || was.state === 'unpaid') ? { ...real, ignored: false } : real,
    ),
    says: /offers are lost/,
  },
  {
    does: 'opens what is sealed with the first offer',
    refit: stepping((_, event, real) => {
      const bids = bidsOf(real.snapshot)
      if (event.type !== 'BID' || !bids) return real
      return { ...real, snapshot: having(real.snapshot, { bids: { ...bids, sealed: false } }) }
    }),
    says: /a sealed offer was seen/,
  },
  {
    does: 'takes a yes for a price that came after what was shown',
    refit: stepping((was, event, real) => {
      const { quote } = bookingContext.parse(was.context)
      const isDearer = event.type === 'BID' && was.state === 'confirming' && real.snapshot.state === 'quoting'
      if (!isDearer || !quote) return real
      const price = { ...quote.price, amountMinor: quote.price.amountMinor + 1_000 }
      return { ...real, snapshot: having(was, { quote: { ...quote, price } }) }
    }),
    says: /another price was agreed to/,
  },
  {
    does: 'sets a price aside twice',
    refit: {
      handlers: ({ openEscrow, ...real }) => ({
        ...real,
        openEscrow: decide('payment', bookingEffects.openEscrow, async (params, errand, draft) => {
          if (openEscrow?.kind !== 'decide' || !errand.about) return undefined
          await openEscrow.run(params, errand, draft)
          const first = await draft.get({ flow: 'escrow', id: errand.about.id.replace('bk_', 'es_') })
          if (!first) return undefined
          const { owner, root, id } = first
          const input = { ...first.context, id: `${id}x` }
          draft.open(
            { flow: 'escrow', id: `${id}x` },
            { owner, code: null, root, input },
            errand.id,
            Date.now(),
          )
          return undefined
        }),
      }),
    },
    says: /escrows/,
  },
]
