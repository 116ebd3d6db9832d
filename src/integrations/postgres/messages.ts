import type { Receipt } from '../../core/talk/channel.ts'
import type { Messages } from '../../core/talk/messenger.ts'
import { createBatch } from './batch.ts'
import { type Db, prepared } from './connect.ts'

/** A report may come late or twice: what was delivered is never only sent again. */
const RANK: Readonly<Record<Receipt['status'], number>> = { sent: 1, failed: 2, delivered: 3, read: 4 }

const SENT = `insert into messages (id, person, channel, external_id, status, rank, at)
select id, person, channel, "externalId", 'sent', 1, at
from json_to_recordset($1) as m(id text, person text, channel text, "externalId" text, at bigint)
on conflict (id) do nothing`

type Sent = Parameters<Messages['sent']>[0]

/** Messages that left us, and what became of them. */
export function createMessages(db: Db): Messages & { received(receipt: Receipt): Promise<boolean> } {
  const sent = createBatch<Sent, true>({
    most: 128,
    inFlight: 1,
    keysOf: ({ id }) => [id],
    async run(all) {
      await prepared(db, 'messages_sent', SENT, [JSON.stringify(all)], (row) => row)
      return all.map(() => true as const)
    },
  })
  return {
    async sent(message) {
      await sent(message)
    },
    async received({ channel, externalId, status }) {
      const text =
        'update messages set status = $3, rank = $4 where channel = $1 and external_id = $2 and rank < $4 returning id'
      return (
        (
          await prepared(
            db,
            'message_received',
            text,
            [channel, externalId, status, RANK[status]],
            (row) => row,
          )
        ).length > 0
      )
    },
  }
}
