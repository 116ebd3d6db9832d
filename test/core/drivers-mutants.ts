import type { Msisdn } from '../../src/core/base/phone.ts'
import type { Driver } from '../../src/core/move/drivers.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { storm, unhindered } from './drivers-laws.ts'
import { type Claiming, realStreet, type Street } from './drivers-street.ts'

type Mutant = {
  readonly does: string
  readonly claims: Claiming
  /** What sees it, and what it says then. */
  readonly law: (db: Db, claims: Claiming) => Promise<void>
  readonly says: RegExp
}
type Want = Parameters<Street['offerNearest']>[0]

const refit =
  (change: (real: Street, trx: Db) => Partial<Street>): Claiming =>
  (trx) => {
    const real = realStreet(trx)
    return { ...real, ...change(real, trx) }
  }

/** Offers as the real one does but for a part of what it looks at. */
const looking = ({
  where = FIT,
  by = 'at <-> point(:lng, :lat)',
  lock = 'for update skip locked',
}: {
  readonly where?: string
  readonly by?: string
  readonly lock?: string
}): Claiming =>
  refit((_, trx) => ({
    async offerNearest({ near, ...want }: Want): Promise<Driver | null> {
      const { rows } = await trx.raw(
        `select phone from drivers where ${where} order by ${by} limit 1 ${lock}`,
        { ...want, ...near, except: [...want.except] },
      )
      const phone: Msisdn | undefined = rows[0]?.phone
      if (!phone) return null
      await trx('drivers').where({ phone }).update({ status: 'offered', journey: want.journey })
      return { id: '', phone, name: '', plate: '', ...near }
    },
  }))
const LICENSED = `licence_status = 'valid'`
const SEEN = 'seen_at >= :seenSince'
const UNASKED = 'phone <> all(:except)'
const FIT = `status = 'free' and line = :line and ${LICENSED} and ${SEEN} and ${UNASKED}`

const aStorm: Mutant['law'] = (db, claims) => storm(db, claims, 6)

const offered = new Map<string, Msisdn>()

export const mutants: readonly Mutant[] = [
  {
    does: 'offers without a lock',
    claims: looking({ lock: '' }),
    law: aStorm,
    says: /is offered two journeys|could not have it/,
  },
  {
    does: 'waits for whoever is just being offered something else',
    claims: looking({ lock: 'for update' }),
    law: unhindered,
    says: /lock timeout/,
  },
  { does: 'offers whoever comes first', claims: looking({ by: 'phone' }), law: aStorm, says: /passed over/ },
  {
    does: 'offers whatever the licence',
    claims: looking({ where: FIT.replace(LICENSED, 'true') }),
    law: aStorm,
    says: /could not have it/,
  },
  {
    does: 'offers whoever was asked before',
    claims: looking({ where: FIT.replace(UNASKED, 'true') }),
    law: aStorm,
    says: /could not have it/,
  },
  {
    does: 'offers whoever has long gone home',
    claims: looking({ where: FIT.replace(SEEN, 'true') }),
    law: aStorm,
    says: /could not have it/,
  },
  {
    does: 'offers who drives something else',
    claims: looking({ where: FIT.replace('line = :line', 'true') }),
    law: aStorm,
    says: /could not have it/,
  },
  {
    does: 'gives up when the nearest will not do',
    claims: refit((real) => ({
      async offerNearest(want) {
        const found = await real.offerNearest({ ...want, except: [] })
        if (!found || !want.except.includes(found.phone)) return found
        await real.release(want.journey)
        return null
      },
    })),
    law: aStorm,
    says: /passed over/,
  },
  {
    does: 'takes what was another journey’s offer',
    claims: refit((_, trx) => ({
      take: async (_journey, phone) =>
        (await trx('drivers').where({ phone, status: 'offered' }).update({ status: 'busy' })) === 1,
    })),
    law: aStorm,
    says: /took what was not theirs|take is not the model's/,
  },
  {
    does: 'takes again what was taken',
    claims: refit((_, trx) => ({
      take: async (journey, phone) =>
        (await trx('drivers')
          .where({ phone, journey, licence_status: 'valid' })
          .update({ status: 'busy' })) === 1,
    })),
    law: aStorm,
    says: /take is not the model's/,
  },
  {
    does: 'takes whatever has become of the licence',
    claims: refit((_, trx) => ({
      take: async (journey, phone) =>
        (await trx('drivers').where({ phone, journey, status: 'offered' }).update({ status: 'busy' })) === 1,
    })),
    law: aStorm,
    says: /take is not the model's/,
  },
  {
    does: 'frees whom the journey had once, whatever they do now',
    claims: refit((real, trx) => ({
      async offerNearest(want) {
        const found = await real.offerNearest(want)
        if (found && !offered.has(want.journey)) offered.set(want.journey, found.phone)
        return found
      },
      async release(journey) {
        await real.release(journey)
        const phone = offered.get(journey)
        if (phone)
          await trx('drivers')
            .where({ phone })
            .whereNotNull('journey')
            .update({ status: 'free', journey: null })
      },
    })),
    law: aStorm,
    says: /is offered two journeys|could not have it|something else|is not the model's/,
  },
  {
    does: 'frees only those who never said yes',
    claims: refit((_, trx) => ({
      async release(journey) {
        await trx('drivers').where({ journey, status: 'offered' }).update({ status: 'free', journey: null })
      },
    })),
    law: aStorm,
    says: /duplicate key|something else|lost|is not the model's/,
  },
  {
    does: 'lets somebody off shift with a journey',
    claims: refit((_, trx) => ({
      shift: async (phone, on) =>
        (await trx('drivers')
          .where({ phone })
          .update({ status: on ? 'free' : 'off', journey: null })) === 1,
    })),
    law: aStorm,
    says: /is not the model's|is offered two journeys|took what was not theirs/,
  },
]
