import type { Log } from '../../src/core/base/log.ts'
import { Drain } from '../../src/core/run/drain.ts'
import type { Handlers } from '../../src/core/run/handler.ts'
import type { OnCommitted } from '../../src/core/run/run.ts'
import type { Tx } from '../../src/integrations/postgres/store.ts'
import { movableClock } from '../support/clock.ts'
import { type Booked, begun, type Desk, instanceOf, openDesk } from './desk.ts'

export type Stage = ReturnType<typeof openStage>

/** Processes over one database, to be closed together. */
export function openStage(url: string) {
  const desks: Desk[] = []
  return {
    /** One whose only errand is a booking's question for places, carried out as told; null when nobody can. */
    open(lookUp: Handlers<Tx>[string] | null, onCommitted: OnCommitted = () => {}) {
      const clock = movableClock()
      const said: string[] = []
      const hear = (level: string) => (_: unknown, event: string) => said.push(`${level} ${event}`)
      const log: Log = { info: hear('info'), warn: hear('warn'), error: hear('error') }
      const desk = openDesk(url, { handlers: lookUp ? { lookUp } : {}, clock, log, onCommitted })
      desks.push(desk)
      const drain = new Drain(desk.run)
      return {
        ...desk,
        clock,
        said,
        drain,
        all: () => drain.drain({ lane: 'bulk' }),
        begun: () => begun(desk, clock.now()),
        entryOf: ({ id }: Booked) => desk.db('outbox').where({ about: id, type: 'lookUp' }).first(),
        async stateOf(booked: Booked) {
          const { seq, state } = await instanceOf(desk, booked)
          return [seq, state]
        },
      }
    },
    /** Leaves nothing that the next test would find to do. */
    async close() {
      for (const { db } of desks) {
        await db('outbox').delete()
        await db('instances').update({ deadline_at: null })
        await db.destroy()
      }
    },
  }
}
