import type { Db } from '../integrations/postgres/connect.ts'

/**
 * One reading of the law, for the demo. Sources contradict each other on whether land transport of passengers left
 * the exemption with Law 009/2025 (PwC tax summaries: yes; the press of 2025: only that of goods, from 1 July
 * 2025): an accountant decides, and a row says it. Item codes are the taxpayer's own, classes follow UNSPSC.
 */
const SERVICES = [
  {
    service: 'ride',
    day: '2020-01-01',
    class: 'A',
    name: 'Moto ride',
    item_code: 'RW3NTXU0000001',
    item_class: '7811180400',
  },
  {
    service: 'seat',
    day: '2020-01-01',
    class: 'A',
    name: 'Bus seat',
    item_code: 'RW3NTXU0000002',
    item_class: '7811180200',
  },
  {
    service: 'parcel',
    day: '2020-01-01',
    class: 'A',
    name: 'Parcel delivery',
    item_code: 'RW3NTXU0000003',
    item_class: '7810180000',
  },
  {
    service: 'parcel',
    day: '2025-07-01',
    class: 'B',
    name: 'Parcel delivery',
    item_code: 'RW3NTXU0000003',
    item_class: '7810180000',
  },
  {
    service: 'goods',
    day: '2020-01-01',
    class: 'B',
    name: 'Goods',
    item_code: 'RW3NTXU0000005',
    item_class: '5000000000',
  },
  {
    service: 'fee',
    day: '2020-01-01',
    class: 'B',
    name: 'Booking fee',
    item_code: 'RW3NTXU0000004',
    item_class: '8014160000',
  },
  {
    service: 'freight',
    day: '2020-01-01',
    class: 'A',
    name: 'Load by truck',
    item_code: 'RW3NTXU0000005',
    item_class: '7810180000',
  },
  {
    service: 'freight',
    day: '2025-07-01',
    class: 'B',
    name: 'Load by truck',
    item_code: 'RW3NTXU0000005',
    item_class: '7810180000',
  },
] as const

/** Adds how the demo's services are taxed; rows that are there stay as they are. */
export async function seedTaxes(db: Db): Promise<void> {
  const rows = SERVICES.map(({ day, ...row }) => ({
    ...row,
    valid_from: Date.parse(`${day}T00:00:00+02:00`),
  }))
  await db('tax_services').insert(rows).onConflict().ignore()
}
