import type { Messages } from '../../src/core/talk/messages.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import {
  adopted,
  fallsBack,
  nameless,
  rather,
  reachesOnce,
  reports,
  silence,
  unknown,
} from './messages-laws.ts'
import { type Make, real } from './messages-stage.ts'

type Mutant = {
  readonly does: string
  readonly make: Make
  readonly law: (db: Db, make: Make) => Promise<void>
  readonly says: RegExp
}

const refit =
  (change: (own: Messages, db: Db) => Partial<Messages>): Make =>
  (db) => {
    const own = real(db)
    return { ...own, ...change(own, db) }
  }

const some: Mutant['law'] = (db, make) => reports(db, make, 60)

/** What each would do wrong with a message. */
export const mutants: readonly Mutant[] = [
  {
    does: 'says again whatever is asked of it',
    make: refit((own) => ({ hand: (handing) => own.hand(handing).then(() => 'go' as const) })),
    law: unknown,
    says: /said blindly|asked for ever/,
  },
  {
    does: 'forgets reports on what it does not know',
    make: refit((own, db) => ({
      async received(receipt, at) {
        const news = await own.received(receipt, at)
        await db('parked_receipts').where({ external_id: receipt.externalId }).delete()
        return news
      },
    })),
    law: adopted,
    says: /although it was reported/,
  },
  {
    does: 'takes a report that names nobody for silence',
    make: refit((own, db) => ({
      async hand(handing) {
        await db('parked_receipts').where({ person: '' }).update({ person: '-' })
        return own.hand(handing)
      },
    })),
    law: nameless,
    says: /although something was reported/,
  },
  {
    does: 'never says again',
    make: refit((own, db) => ({
      async hand(handing) {
        await db('messages').where({ id: handing.id }).update({ handed_again: true })
        return own.hand(handing)
      },
    })),
    law: silence,
    says: /not said although|asked for ever/,
  },
  {
    does: 'leaves unsaid what somebody waits for',
    make: refit((own, db) => ({
      async hand(handing) {
        await db('messages').where({ id: handing.id }).update({ purpose: 'marketing' })
        return own.hand(handing)
      },
    })),
    law: rather,
    says: /left unsaid/,
  },
  {
    does: 'lets the last report win',
    make: refit((own, db) => ({
      async received(receipt, at) {
        const news = await own.received(receipt, at)
        await db('messages').where({ external_id: receipt.externalId }).update({ status: receipt.status })
        return news
      },
    })),
    law: some,
    says: /not the furthest/,
  },
  {
    does: 'drops a report that comes too early',
    make: refit((own, db) => ({
      async received(receipt, at) {
        const known = await db('messages').where({ external_id: receipt.externalId }).first()
        return known ? own.received(receipt, at) : false
      },
    })),
    law: some,
    says: /not the furthest/,
  },
  {
    does: 'takes every failure for the end',
    make: refit((own) => ({ received: ({ fault: _, ...receipt }, at) => own.received(receipt, at) })),
    law: fallsBack,
    says: /not once as a text/,
  },
  {
    does: 'falls back with every report',
    make: refit((own, db) => ({
      async received(receipt, at) {
        await db('messages').where({ external_id: receipt.externalId, status: 'failed' }).update({ rank: 1 })
        return own.received(receipt, at)
      },
    })),
    law: fallsBack,
    says: /once more/,
  },
  {
    does: 'sends a text beside what arrives',
    make: refit((own) => ({
      received: (receipt, at) => own.received({ ...receipt, status: 'failed', fault: 'rejected' }, at),
    })),
    law: (db, make) => reachesOnce(db, make, 6),
    says: /arrives, \w+: 1 texts/,
  },
]
