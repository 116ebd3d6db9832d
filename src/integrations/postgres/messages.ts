import type { Receipt } from '../../core/talk/channel.ts'
import type { Messages } from '../../core/talk/messenger.ts'
import { type Db, prepared } from './connect.ts'

/** A report may come late or twice: what was delivered is never only sent again. */
const RANK: Readonly<Record<Receipt['status'], number>> = { sent: 1, failed: 2, delivered: 3, read: 4 }

/** Messages that left us, and what became of them. */
export function createMessages(db: Db): Messages & { received(receipt: Receipt): Promise<boolean> } {
  return {
    async sent({ id, person, channel, externalId, at }) {
      const text = `insert into messages (id, person, channel, external_id, status, rank, at) values ($1, $2, $3, $4, 'sent', 1, $5) on conflict (id) do nothing`
      await prepared(db, 'message_sent', text, [id, person, channel, externalId, at], (row) => row)
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
