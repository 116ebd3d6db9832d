import { type Answer, header, json, jsonBody, type Route, route } from '../http.ts'
import { hex, uuid } from '../random.ts'
import { isRecord, toE164 } from '../read.ts'
import type { Line } from './line.ts'
import { UNAUTHORIZED } from './sms.ts'

const COST = 'KES 4.0000'
const DAY_MS = 24 * 3_600_000
const LONG_AGO_MS = 400 * DAY_MS
const TIMEOUT_MS = 10_000

/** `DD-MM-YYYY`; the day of a card that was never changed is the first of 1900. */
const dayOf = (at: number | null): string =>
  at === null ? '01-01-1900' : new Date(at).toISOString().slice(0, 10).split('-').reverse().join('-')

/**
 * When a SIM card was changed, as Africa's Talking tells it: `POST /africastalking/insights/v1/sim-swap` (JSON) is
 * queued, and the answer comes to `/hooks/payments/africastalking/…`. Outcomes: `Swapped` (today, as it stays),
 * `SwappedLongAgo`, `Silent` (no answer ever), `Failed`; otherwise the card was never changed.
 */
export function insights(line: Line): Route[] {
  const { clock, random, gateway, hookSecret } = line.world
  const swaps = new Map<string, number>()
  const to = `/hooks/payments/africastalking/${encodeURIComponent(hookSecret)}`
  const headers = { 'content-type': 'application/json' }

  function swappedAt(phone: string, outcome: string | undefined): number | null {
    if (outcome === 'SwappedLongAgo') return clock.now() - LONG_AGO_MS
    if (outcome === 'Swapped' && !swaps.has(phone)) swaps.set(phone, clock.now())
    return swaps.get(phone) ?? null
  }

  function check(phone: string, transactionId: string) {
    const outcome = line.faults.plan('simSwap', phone)?.outcome
    const requestId = `ATSwpid_${hex(16)}`
    const at = swappedAt(phone, outcome)
    const status = outcome === 'Failed' ? 'Failed' : at === null ? 'NotSwapped' : 'Swapped'
    const said = { status, lastSimSwapDate: dayOf(at), providerRefId: uuid(), requestId, transactionId }
    const send = async () =>
      (await gateway.send({ to, headers, body: JSON.stringify(said), timeoutMs: TIMEOUT_MS }))?.status === 200
    if (outcome !== 'Silent')
      clock.after(random.between(50, 300), async () => {
        await line.deliver({ on: 'simSwapped', phone, send })
      })
    return { phoneNumber: { number: phone }, requestId, status: 'Queued', cost: COST }
  }

  function checkAll(body: unknown): Answer {
    const numbers = isRecord(body) && Array.isArray(body.phoneNumbers) ? body.phoneNumbers.map(String) : []
    if (numbers.length === 0 || numbers.some((number) => toE164(number) === undefined))
      return json(400, { status: 'InvalidRequest' })
    const transactionId = uuid()
    const responses = numbers.map((number) => check(number, transactionId))
    return json(200, { status: 'Processed', transactionId, totalCost: COST, responses })
  }

  return [
    route('POST', '/africastalking/insights/v1/sim-swap', (call) => {
      if (!header(call, 'apikey')) return UNAUTHORIZED
      const body = jsonBody(call)
      const [first] = isRecord(body) && Array.isArray(body.phoneNumbers) ? body.phoneNumbers : []
      return line.guard('simSwap', String(first ?? ''), () => checkAll(body))
    }),
  ]
}
