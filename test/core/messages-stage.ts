import { randomUUID } from 'node:crypto'
import { smsCodec } from '../../src/channels/sms/codec.ts'
import { whatsappCodec } from '../../src/channels/whatsapp/codec.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { Channel, Delivery, Receipt } from '../../src/core/talk/channel.ts'
import type { Guard, Saying } from '../../src/core/talk/guards.ts'
import { handOver } from '../../src/core/talk/handing.ts'
import type { Messages } from '../../src/core/talk/messages.ts'
import { telling } from '../../src/core/talk/view.ts'
import { createScript } from '../../src/flows/menu.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createMessages } from '../../src/integrations/postgres/messages.ts'
import { movableClock } from '../support/clock.ts'
import { ids, somebody } from './desk.ts'

export type Make = (db: Db) => Messages
export const real: Make = (db) => createMessages(db)

/** What a provider does with a message: it takes it and says so, or dies on us before or after it took it. */
export type Fate = Delivery | 'dies before' | 'dies after'

export class Died extends Error {}

/** A house that only speaks, and the air: what providers took, by intent. */
export function openAir(db: Db, make: Make = real, guards: readonly Guard[] = []) {
  const clock = movableClock()
  const taken: {
    readonly id: string
    readonly channel: string
    readonly to: Msisdn
    readonly externalId: string
  }[] = []
  const fates: Fate[] = []
  const channel = (name: 'sms' | 'whatsapp'): Channel => ({
    ...{ name, answers: 'push', hooks: () => [], codec: name === 'sms' ? smsCodec : whatsappCodec },
    async start() {},
    async stop() {},
    async deliver({ id, to }) {
      const externalId = randomUUID()
      const fate = fates.shift() ?? { status: 'sent', externalId }
      if (fate === 'dies before') throw new Died()
      if (fate === 'dies after' || fate.status === 'sent') taken.push({ id, channel: name, to, externalId })
      if (fate === 'dies after') throw new Died()
      return fate.status === 'sent' ? { ...fate, externalId } : fate
    },
  })
  const messages = make(db)
  const parts = {
    channels: { sms: channel('sms'), whatsapp: channel('whatsapp') },
    ...{ script: createScript('*384*77#', 'en'), messages, guards, clock, log: silent },
  }
  const saying = (more: Partial<Saying> = {}): Saying => ({
    id: ids.next('ob'),
    to: somebody(),
    channel: 'sms',
    shown: telling({ kind: 'tell', id: 'x', say: 'Hello', next: 'end' }, 'en'),
    purpose: 'booking',
    until: null,
    ...more,
  })
  return {
    ...{ clock, taken, fates, saying, db },
    say: (one: Saying) => handOver(one, parts),
    /** What its provider would report, or what is changed in that. */
    reports: (one: { readonly externalId: string }, status: Receipt['status'], more: Partial<Receipt> = {}) =>
      messages.received(
        { channel: 'sms', externalId: one.externalId, status, reason: null, ...more },
        clock.now(),
      ),
    of: (id: string) => taken.filter((one) => one.id === id),
    row: async (id: string) => {
      const row = await db('messages').where({ id }).first()
      return row && { status: row.status, externalId: row.external_id, reason: row.reason }
    },
  }
}
export type Air = ReturnType<typeof openAir>
