/** The simulated wallet over HTTP, and our books written as its payments were heard of. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import { dayAfter } from '../../src/core/pay/statement.ts'
import { type PaymentContext, paymentContext } from '../../src/flows/payment/model.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'

const THINKING_MS = 2_500
const DAY_MS = 24 * 3_600_000
const KIGALI_MS = 2 * 3_600_000
const TEN_O_CLOCK_MS = 10 * 3_600_000

const ledgerRow = z.object({
  kind: z.enum(['collect', 'refund', 'transfer']),
  reference: z.string(),
  amount: z.string(),
  currency: z.string(),
  status: z.string(),
  settledAt: z.number().optional(),
  referenceIdToRefund: z.string().optional(),
})
export type Heard = z.infer<typeof ledgerRow>

export type Teller = Awaited<ReturnType<typeof openTeller>>

/** A wallet at ten in the morning of tomorrow in Kigali, so that no test ever meets midnight. */
export async function openTeller() {
  const simulators: Simulators = await startSimulators({
    port: 0,
    gatewayUrl: 'http://127.0.0.1:9',
    hookSecret: 'dev',
    whatsappAppSecret: 'app',
    phoneNumberId: '1',
    seed: 7,
  })
  const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const response = await fetch(simulators.url + path, init)
    assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`)
    return response
  }
  const advance = (advanceMs: number) => ask('POST', '/_clock', { advanceMs })
  const midnight = Math.floor((Date.now() + KIGALI_MS) / DAY_MS) * DAY_MS - KIGALI_MS
  await advance(midnight + DAY_MS + TEN_O_CLOCK_MS - Date.now())

  const headersOf = async (product: string) => {
    const key = { 'ocp-apim-subscription-key': 'key' }
    const authorization = `Basic ${Buffer.from('inzira:inzira-key').toString('base64')}`
    const answer: unknown = await (
      await ask('POST', `/mtn/${product}/token`, undefined, { ...key, authorization })
    ).json()
    const { access_token } = z.object({ access_token: z.string() }).parse(answer)
    return { ...key, authorization: `Bearer ${access_token}`, 'x-target-environment': 'mtnrwanda' }
  }
  const send = async (path: string, amount: number, more: object) => {
    const reference = randomUUID()
    const headers = { ...(await headersOf(path.split('/')[1] ?? '')), 'x-reference-id': reference }
    await ask(
      'POST',
      `/mtn${path}`,
      { amount: String(amount), currency: 'RWF', externalId: 'x', ...more },
      headers,
    )
    await advance(THINKING_MS)
    return reference
  }
  const party = { partyIdType: 'MSISDN', partyId: '250788000001' }

  return {
    day: dayAfter(new Date(Date.now() + KIGALI_MS).toISOString().slice(0, 10), 1),
    collect: (amount: number) => send('/collection/v1_0/requesttopay', amount, { payer: party }),
    refund: (amount: number, referenceIdToRefund: string) =>
      send('/disbursement/v1_0/refund', amount, { referenceIdToRefund }),
    transfer: (amount: number) => send('/disbursement/v1_0/transfer', amount, { payee: party }),
    tomorrow: () => advance(DAY_MS),
    plant: (errors: object) => ask('POST', '/mtn/_statement', errors),
    mend: () => ask('DELETE', '/mtn/_statement'),
    statement: async (day: string) => (await ask('GET', `/mtn/_statement.csv?day=${day}`)).text(),
    heard: async (): Promise<Heard[]> =>
      z.array(ledgerRow).parse(await (await ask('GET', '/mtn/_ledger')).json()),
    stop: () => simulators.stop(),
  }
}

/** A payment as our flow leaves it; without a posting while we do not know that it was paid. */
export async function remember(
  db: Db,
  { reference, amount }: Pick<Heard, 'reference' | 'amount'>,
  state: string,
  more: Partial<PaymentContext> = {},
) {
  const id = `pm_${reference}`
  const owner = '+250788000001'
  const context = paymentContext.parse({
    ...{ id, flow: 'booking', booking: `bk_${reference}`, owner, code: '4821', provider: 'mtn' },
    ...{ reference, handle: null, refundReference: randomUUID(), refundHandle: null },
    money: { amountMinor: Number(amount), currency: 'RWF' },
    ...{ refundMoney: null, refundTries: 0, startedAt: 1, sent: true, polls: 60, absent: 0 },
    ...{ hinted: false, unsure: true, abandoned: false, transaction: null, fault: null, refundSince: null },
    ...{ secondLooks: 0, refundLimitMinor: 100_000, refundBy: null, refundHeld: false, came: null },
    ...more,
  })
  const plain = { version: 4, seq: 1, root: id, owner, done: false }
  await db('instances')
    .insert({ ...plain, id, flow: 'payment', code: reference, state, context: JSON.stringify(context) })
    .onConflict('id')
    .merge()
}

/** Books what was heard, a second after it happened. */
export async function book(db: Db, heard: readonly Heard[], paidAs = 'collected'): Promise<void> {
  for (const one of heard) {
    const at = (one.settledAt ?? 0) + 1_000
    const money = { amount_minor: Number(one.amount), currency: one.currency, at }
    const inward = { debit: 'provider:mtn', credit: 'unearned' }
    const outward = { debit: 'unearned', credit: 'provider:mtn' }
    if (one.kind === 'transfer') {
      await db('postings').insert({ kind: 'paid out', source: one.reference, ...outward, ...money })
      continue
    }
    const paid = heard.find(({ reference }) => reference === one.referenceIdToRefund) ?? one
    const isRefund = one.kind === 'refund'
    await remember(
      db,
      paid,
      isRefund ? 'refunded' : 'settled',
      isRefund ? { refundReference: one.reference } : {},
    )
    const named = { kind: isRefund ? 'refunded' : paidAs, source: `pm_${paid.reference}` }
    await db('postings').insert({ ...named, ...(isRefund ? outward : inward), ...money })
  }
}
