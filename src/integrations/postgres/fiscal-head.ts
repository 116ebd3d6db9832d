import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import { type FiscalUpdate, fiscalReceipt, type NumberedReceipt } from '../../core/pay/fiscal.ts'
import type { OutboxEntry } from '../../core/run/work.ts'
import { commitBatch } from './commit.ts'
import { type Db, prepared } from './connect.ts'

/** The oldest receipt of a device, ours alone for as long as the lease holds. */
export type Head = {
  readonly receipt: NumberedReceipt
  readonly device: string
  readonly lease: number
  /** Whether an earlier attempt may have been signed. */
  readonly inDoubt: boolean
}

export type Claim =
  | { readonly status: 'idle' | 'busy' }
  | { readonly status: 'blocked'; readonly id: string }
  | { readonly status: 'claimed'; readonly head: Head }

const HEAD = `
select r.id, r.state, r.receipt, r.invoice_no, r.in_doubt, s.invoice_no as of_invoice_no
from fiscal_receipts r left join fiscal_receipts s on s.id = r.sale
where r.device = $1 and r.state in ('pending', 'refused') order by r.invoice_no limit 1`

const LEASE = `
update fiscal_devices set lease = lease + 1, leased_until = $2::bigint + $3
where id = $1 and leased_until <= $2 returning lease`

// Written before anything is sent: who dies in between leaves a doubt, never a second number.
const DOUBT = 'update fiscal_receipts set attempts = attempts + 1, in_doubt = true where id = $1'

const headRow = z.object({
  id: z.string(),
  state: z.enum(['pending', 'refused']),
  receipt: fiscalReceipt,
  invoice_no: z.int(),
  in_doubt: z.boolean(),
  of_invoice_no: z.int().nullable(),
})
const leaseRow = z.object({ lease: z.int() })

const headOf = async (db: Db, deviceId: string) =>
  (await prepared(db, 'fiscal_head', HEAD, [deviceId], (row) => headRow.parse(row)))[0]

/** Takes the head of a device's queue, if it may be sent and nobody else speaks to the device. */
export async function claimHead(db: Db, deviceId: string, now: Instant, leaseMs: number): Promise<Claim> {
  const seen = await headOf(db, deviceId)
  if (!seen) return { status: 'idle' }
  if (seen.state === 'refused') return { status: 'blocked', id: seen.id }
  return db.transaction(async (trx): Promise<Claim> => {
    const values = [deviceId, now, leaseMs]
    const [leased] = await prepared(trx, 'fiscal_lease', LEASE, values, (row) => leaseRow.parse(row))
    if (!leased) return { status: 'busy' }
    // Read anew: what was seen may have been issued before the lease was ours.
    const found = await headOf(trx, deviceId)
    if (found?.state !== 'pending') {
      await release(trx, deviceId, leased.lease)
      return found ? { status: 'blocked', id: found.id } : { status: 'idle' }
    }
    await prepared(trx, 'fiscal_doubt', DOUBT, [found.id], (row) => row)
    const receipt = { ...found.receipt, invoiceNo: found.invoice_no, ofInvoiceNo: found.of_invoice_no }
    const head = { receipt, device: deviceId, lease: leased.lease, inDoubt: found.in_doubt }
    return { status: 'claimed', head }
  })
}

async function release(trx: Db, deviceId: string, lease: number): Promise<boolean> {
  const text = 'update fiscal_devices set leased_until = 0 where id = $1 and lease = $2 returning lease'
  return (await prepared(trx, 'fiscal_release', text, [deviceId, lease], (row) => row)).length > 0
}

// A signature is written even by who lost the lease: whoever asked after it was told that it exists, and no more.
const SIGNED = `
update fiscal_receipts set state = 'signed', signature = $2, code = '000', ended_at = $3
where id = $1 and state in ('pending', 'unseen') returning id`

const ENDED = `
update fiscal_receipts set state = $2, code = $3, in_doubt = $4, ended_at = $5 where id = $1 and state = 'pending'`

/**
 * Writes down what the device said of the head, and lets the next one come.
 * @param news what is to be done once it is signed: kept with the first signature, or not at all
 */
export async function endHead(
  db: Db,
  head: Head,
  update: FiscalUpdate,
  now: Instant,
  news: OutboxEntry | null,
): Promise<void> {
  const { receipt, device, lease, inDoubt } = head
  await db.transaction(async (trx) => {
    const isOurs = await release(trx, device, lease)
    if (update.status === 'signed') {
      const values = [receipt.id, JSON.stringify(update.signature), now]
      const isFirst = (await prepared(trx, 'fiscal_signed', SIGNED, values, (row) => row)).length > 0
      if (isFirst && news) await tell(trx, news)
    } else if (isOurs) {
      const { state, code, doubt } = readingOf(update, inDoubt)
      const values = [receipt.id, state, code, doubt, state === 'unseen' ? now : null]
      await prepared(trx, 'fiscal_ended', ENDED, values, (row) => row)
    }
  })
}

async function tell(trx: Db, entry: OutboxEntry): Promise<void> {
  const nothing = { conversation: null, answer: null, instances: [], journal: [], postings: [], finished: [] }
  const [committed] = await commitBatch(trx, [{ ...nothing, outbox: [entry] }])
  if (committed !== 'done') throw new Error(`the news ${entry.id} was not kept`)
}

/** An older doubt is ended only by what settles it: a refusal today says nothing of yesterday's lost answer. */
function readingOf(update: Exclude<FiscalUpdate, { status: 'signed' }>, inDoubt: boolean) {
  switch (update.status) {
    case 'unseen':
      return { state: 'unseen', code: '994', doubt: true }
    case 'taken':
      return { state: 'refused', code: '994', doubt: false }
    case 'refused':
      return { state: 'refused', code: update.code, doubt: inDoubt }
    case 'not_issued':
      return { state: 'pending', code: update.code, doubt: inDoubt }
    case 'not_sent':
      return { state: 'pending', code: null, doubt: inDoubt }
    case 'unknown':
      return { state: 'pending', code: update.code, doubt: true }
  }
}
