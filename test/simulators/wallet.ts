import { randomUUID } from 'node:crypto'
import type { Stage } from './stage.ts'

export interface Fault {
  code: string
  message: string
}

/** What the wallet tells of a payment. */
export interface View {
  status: string
  amount: string
  currency: string
  externalId: string
  financialTransactionId?: string
  reason?: string | { code: string; message: string }
}

export interface Entry {
  kind: string
  reference: string
  msisdn: string
  amount: string
  currency: string
  status: string
  at: number
  reason?: string
}

export const KEY = { 'ocp-apim-subscription-key': 'k' }

export const basic = (user: string, key: string) => ({
  ...KEY,
  authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`,
})

/** A client of the wallet that knows the rules, so that tests can break one at a time. */
export function wallet(on: Stage, msisdn: string) {
  const cached = new Map<string, string>()

  async function bearer(product: string) {
    const known = cached.get(product)
    if (known) return known
    const path = `/mtn/${product}/token/`
    const got = await on.post<{ access_token: string }>(path, undefined, basic('inzira', 'inzira-key'))
    cached.set(product, got.json.access_token)
    return got.json.access_token
  }

  const headers = async (product: string, more: Record<string, string> = {}) => ({
    ...KEY,
    authorization: `Bearer ${await bearer(product)}`,
    'x-target-environment': 'mtnrwanda',
    'content-type': 'application/json',
    ...more,
  })

  const body = {
    amount: '1000',
    currency: 'RWF',
    externalId: 'TRIP-1',
    payer: { partyIdType: 'MSISDN', partyId: msisdn },
    payerMessage: 'Moto trip',
    payeeNote: 'TRIP-1',
  }

  /** Asks for a payment; with a callback to `/told/<reference>` unless `more` says otherwise. */
  async function collect(change: object = {}, more: Record<string, string> = {}) {
    const reference = more['x-reference-id'] ?? randomUUID()
    const callback = { 'x-reference-id': reference, 'x-callback-url': `${on.gatewayUrl}/told/${reference}` }
    const path = '/mtn/collection/v1_0/requesttopay'
    const got = await on.post<Fault>(
      path,
      { ...body, ...change },
      await headers('collection', { ...callback, ...more }),
    )
    return { ...got, reference }
  }

  async function refund(referenceIdToRefund: string, amount: string, change: object = {}) {
    const reference = randomUUID()
    const { payer: _, ...rest } = body
    const asked = { ...rest, amount, externalId: 'RF-1', referenceIdToRefund, ...change }
    const more = await headers('disbursement', { 'x-reference-id': reference })
    return { ...(await on.post<Fault>('/mtn/disbursement/v1_0/refund', asked, more)), reference }
  }

  async function transfer(change: object = {}, more: Record<string, string> = {}) {
    const reference = more['x-reference-id'] ?? randomUUID()
    const callback = { 'x-reference-id': reference, 'x-callback-url': `${on.gatewayUrl}/told/${reference}` }
    const { payer: payee, ...rest } = body
    const asked = { ...rest, payee, externalId: 'PAYOUT-1', ...change }
    const path = '/mtn/disbursement/v1_0/transfer'
    const got = await on.post<Fault>(path, asked, await headers('disbursement', { ...callback, ...more }))
    return { ...got, reference }
  }

  const look = async (reference: string) =>
    on.get<View & Fault>(`/mtn/collection/v1_0/requesttopay/${reference}`, await headers('collection'))
  const lookRefund = async (reference: string) =>
    on.get<View & Fault>(`/mtn/disbursement/v1_0/refund/${reference}`, await headers('disbursement'))
  const lookTransfer = async (reference: string) =>
    on.get<View & Fault>(`/mtn/disbursement/v1_0/transfer/${reference}`, await headers('disbursement'))
  const balance = async (product: string) =>
    (await on.get(`/mtn/${product}/v1_0/account/balance`, await headers(product))).json
  const active = async (product: string, who = msisdn) =>
    on.get<Fault>(`/mtn/${product}/v1_0/accountholder/msisdn/${who}/active`, await headers(product))
  const ledger = async () => (await on.get<Entry[]>(`/mtn/_ledger?msisdn=${msisdn}`)).json
  const scenario = (rule: object) => on.post<{ error?: string }>('/mtn/_scenario', { msisdn, ...rule })
  return {
    headers,
    collect,
    refund,
    transfer,
    look,
    lookRefund,
    lookTransfer,
    balance,
    active,
    ledger,
    scenario,
  }
}
