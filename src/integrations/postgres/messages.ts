import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import { dayOf } from '../../core/base/day.ts'
import { isCurrency } from '../../core/base/money.ts'
import { countryOf } from '../../core/base/phone.ts'
import type { DeliveryFault, Receipt } from '../../core/talk/channel.ts'
import type { Handing, Messages, Noted } from '../../core/talk/messages.ts'
import type { SpentOn } from '../../core/talk/reach.ts'
import { createBatch } from './batch.ts'
import { sqlState } from './commit.ts'
import { type Db, prepared } from './connect.ts'
import * as sql from './messages-sql.ts'

/** A report may come late or twice: what was delivered is never only sent again. */
const RANK: Readonly<Record<Receipt['status'], number>> = { sent: 1, failed: 2, delivered: 3, read: 4 }

/** Before it, silence about a message means nothing. */
const SILENCE_MS = 10_000
/** After it, nobody will know. */
const UNKNOWN_AFTER_MS = 120_000

/** What lets a message go once more, and how long nothing may have been heard of it. */
const TAKING_UP = [
  ['messages_again', sql.AGAIN, SILENCE_MS],
  ['messages_rather', sql.RATHER, UNKNOWN_AFTER_MS],
] as const

const DEADLOCK = '40P01'
const MAX_TRIES = 10
const WRITES = { most: 128, inFlight: 1 } as const
/** For these it was the channel that was closed to them, and a text may reach them. */
const FALLS_BACK: ReadonlySet<DeliveryFault> = new Set([
  'window_closed',
  'unreachable',
  'rejected',
  'misconfigured',
  'opted_out',
])

const idRow = z.object({ id: z.string() })
const spentRow = z.object({ amountMinor: z.number(), currency: z.string().refine(isCurrency) })
const isSo = z.object({ so: z.boolean() })

/**
 * Messages that leave us, and what becomes of them.
 * @param zone where the days begin by which costs are counted
 */
export function createMessages(db: Db, zone = 'Africa/Kigali'): Messages & { readonly spentOn: SpentOn } {
  /** Several at once lock the same rows in different orders; who is the victim does the same again. */
  const many = async <T>(name: string, text: string, rows: readonly T[], tries = 1): Promise<string[]> => {
    try {
      return await prepared(db, name, text, [JSON.stringify(rows)], (row) => idRow.parse(row).id)
    } catch (error) {
      if (sqlState(error) !== DEADLOCK || tries >= MAX_TRIES) throw error
      return many(name, text, rows, tries + 1)
    }
  }
  const batch = <In, Out>(
    keyOf: (item: In) => string,
    run: (items: readonly In[]) => Promise<readonly Out[]>,
  ) => createBatch<In, Out>({ ...WRITES, keysOf: (item) => [keyOf(item)], run })

  const begin = batch<Handing, boolean>(
    ({ id }) => id,
    async (all) => {
      const begun = new Set(await many('messages_hand', sql.HAND, all))
      return all.map(({ id }) => begun.has(id))
    },
  )
  const noted = batch<Handing & { readonly noted: Noted }, true>(
    ({ id }) => id,
    async (all) => {
      await many(
        'messages_note',
        sql.NOTE,
        all.map((one) => noteOf(one, zone)),
      )
      await settle(
        all.map(({ channel, noted }) => ({
          channel,
          externalId: 'externalId' in noted ? noted.externalId : '',
        })),
      )
      return all.map(() => true as const)
    },
  )
  const reported = batch<Receipt & { readonly at: Instant }, boolean>(
    ({ channel, externalId }) => `${channel} ${externalId}`,
    async (all) => {
      const known = new Set(await many('messages_reported', sql.REPORT, all.map(reportOf)))
      const strange = all.filter(({ channel, externalId }) => !known.has(`${channel} ${externalId}`))
      if (strange.length > 0) {
        await many('messages_park', sql.PARK, strange.map(reportOf))
        await settle(strange)
      }
      return all.map(({ channel, externalId }) => known.has(`${channel} ${externalId} new`))
    },
  )
  /** A report that came between two of our statements is found by whichever of both looked last. */
  const settle = (of: readonly { readonly channel: string; readonly externalId: string }[]) =>
    many(
      'messages_settle',
      sql.SETTLE,
      of.filter(({ externalId }) => externalId !== ''),
    )

  /** Somebody had it in hand, or it is past that. */
  async function look({ id, channel, at }: Handing): Promise<'go' | 'wait' | 'done'> {
    const adopted = await prepared(db, 'messages_adopt', sql.ADOPT, [id], (row) => idRow.parse(row).id)
    if (adopted.length > 0) return 'done'
    for (const [name, text, silenceMs] of TAKING_UP) {
      const values = [id, at, at - silenceMs, channel]
      const again = await prepared(db, name, text, values, (row) => idRow.parse(row).id)
      if (again.length > 0) return 'go'
    }
    const given = [id, at - UNKNOWN_AFTER_MS]
    const [waits] = await prepared(db, 'messages_give_up', sql.GIVE_UP, given, (row) => isSo.parse(row).so)
    return waits ? 'wait' : 'done'
  }

  return {
    hand: async (handing) => ((await begin(handing)) ? 'go' : look(handing)),
    async note(handing, outcome) {
      await noted({ ...handing, noted: outcome })
    },
    async leave(handing, how, reason) {
      await many('messages_leave', sql.LEAVE, [{ ...handing, status: how, reason }])
    },
    received: (receipt, at) => reported({ ...receipt, at }),
    spentOn: (day, country) =>
      prepared(db, 'messages_spent', sql.SPENT, [day, country], (row) => spentRow.parse(row)),
  }
}

function noteOf({ id, person, at, noted }: Handing & { readonly noted: Noted }, zone: string) {
  const rank = noted.status === 'sent' ? 1 : noted.status === 'failed' ? 2 : 0
  if (noted.status !== 'sent') return { id, rank, status: noted.status, reason: noted.reason }
  const { externalId, cost } = noted
  const paid = cost?.money ?? null
  return {
    ...{ id, rank, status: 'sent', externalId, parts: cost?.parts },
    ...(paid && { costMinor: paid.amountMinor, currency: paid.currency }),
    ...{ day: dayOf(at, zone), country: countryOf(person) ?? '' },
  }
}

const reportOf = ({
  channel,
  externalId,
  status,
  reason,
  fault,
  to,
  intent,
  at,
}: Receipt & { at: Instant }) => ({
  ...{ channel, externalId, status, rank: RANK[status], reason, person: to, intent, at },
  fallsBack: fault !== undefined && FALLS_BACK.has(fault),
})
