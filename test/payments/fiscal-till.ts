/** The simulated tax device, clients that talk to it over real HTTP, and receipts to hand in. */
import assert from 'node:assert/strict'
import { z } from 'zod'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import type { Http } from '../../src/core/base/http.ts'
import { silent } from '../../src/core/base/log.ts'
import type { FiscalReceipt, NumberedReceipt, TaxLaw } from '../../src/core/pay/fiscal.ts'
import { refundOf, saleOf } from '../../src/core/pay/tax.ts'
import { type VsdcOptions, vsdc } from '../../src/integrations/fiscal/vsdc/index.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { connectPostgres } from '../../src/integrations/postgres/connect.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'

export const TIN = '999000001'
export const DEVICE = `${TIN}-00`
export const NOW = Date.parse('2026-04-07T02:00:00Z')

export const LAW: TaxLaw = {
  ratesBp: { A: 0, B: 1800, C: 0, D: 0 },
  services: new Map([
    ['ride', { name: 'Moto ride', itemCode: 'RW3NTXU0000001', itemClass: '7811180400', taxClass: 'A' }],
    ['fee', { name: 'Booking fee', itemCode: 'RW3NTXU0000004', itemClass: '8014160000', taxClass: 'B' }],
  ]),
}

let serial = 0

/** A sale of a ride and its fee, with an id of its own. */
export const sale = (more: Partial<Parameters<typeof saleOf>[1]> = {}): FiscalReceipt =>
  saleOf(LAW, {
    id: `fr_${++serial}`,
    at: NOW,
    method: 'mobile_money',
    parts: [
      { service: 'ride', amountMinor: 1150 },
      { service: 'fee', amountMinor: 1000 },
    ],
    ...more,
  })

export const refund = (
  of: FiscalReceipt,
  more: Partial<Parameters<typeof refundOf>[1]> = {},
): FiscalReceipt => refundOf(of, { id: `fr_${++serial}`, at: NOW + 60_000, ...more })

export const numbered = (
  receipt: FiscalReceipt,
  invoiceNo: number,
  ofInvoiceNo: number | null = null,
): NumberedReceipt => ({ ...receipt, invoiceNo, ofInvoiceNo })

const entry = z.object({
  no: z.string(),
  invcNo: z.int(),
  orgInvcNo: z.int(),
  rcptTyCd: z.enum(['S', 'R']),
  totAmt: z.number(),
  totTaxAmt: z.number(),
  rcptNo: z.int(),
  totRcptNo: z.int(),
  intrlData: z.string(),
  rcptSign: z.string(),
  qr: z.string(),
})
export type Entry = z.infer<typeof entry>

const device = z.object({ tin: z.string(), cmcKey: z.string(), mostInFlight: z.int(), lastInvcNo: z.int() })

export function createTill() {
  let simulators: Simulators
  const url = (path: string) => simulators.url + path
  const post = async (path: string, body: object) => {
    const response = await fetch(url(path), { method: 'POST', body: JSON.stringify(body) })
    assert.equal(response.status, 200, await response.text())
  }
  const get = async (path: string): Promise<unknown> => (await fetch(url(path))).json()
  const http: Http = createHttp({ log: silent, allowPrivate: true })

  return {
    post,
    http,
    baseUrl: () => url('/vsdc'),
    start: async () => {
      simulators = await startSimulators({
        port: 0,
        gatewayUrl: 'http://127.0.0.1:1',
        hookSecret: 'dev',
        whatsappAppSecret: 'dev',
        phoneNumberId: '1',
        seed: 1,
      })
    },
    stop: () => simulators.stop(),
    client: (more: Partial<VsdcOptions> = {}) =>
      vsdc({
        baseUrl: url('/vsdc'),
        profile: { kind: 'vsdc' },
        seller: { tin: TIN, name: 'Inzira Ltd', address: 'KN 3 Rd, Kigali' },
        branch: '00',
        http,
        log: silent,
        timeoutMs: 2_000,
        ...more,
      }),
    scenario: (body: object) => post('/vsdc/_scenario', { no: TIN, times: 1, ...body }),
    clear: () => fetch(url('/vsdc/_scenario'), { method: 'DELETE' }),
    setDevice: (body: object) => post('/vsdc/_device', { tin: TIN, ...body }),
    advance: (advanceMs: number) => post('/_clock', { advanceMs }),
    ledger: async (tin = TIN): Promise<Entry[]> =>
      z
        .array(entry)
        .parse(await get('/vsdc/_ledger'))
        .filter(({ no }) => no === tin),
    state: async (tin = TIN) => {
      const found = z.array(device).parse(await get('/vsdc/_device'))
      const own = found.find((one) => one.tin === tin)
      assert.ok(own)
      return own
    },
  }
}

export async function migrated(databaseUrl: string): Promise<void> {
  const db = connectPostgres(databaseUrl, silent)
  await migrate(db).finally(() => db.destroy())
}
