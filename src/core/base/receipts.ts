import { z } from 'zod'

/** Settings of the tax device that signs receipts: RRA's VSDC, which runs beside us. */
export const fiscalSettings = (address: z.ZodType<string>) => ({
  /** On wherever an address is given, and in a demo that starts its own simulators. */
  VSDC: z.enum(['on', 'off']).optional(),
  VSDC_URL: address.optional(),
  /** The taxpayer, as RRA knows it; the default is one of RRA's test system. */
  VSDC_TIN: z
    .string()
    .regex(/^\d{9}$/)
    .default('999000001'),
  /** `bhfId`; the head office is `00`. */
  VSDC_BRANCH: z
    .string()
    .regex(/^\d{2}$/)
    .default('00'),
  /** The name and address at the head of every receipt. */
  VSDC_SELLER: z.string().default('Inzira demo'),
  VSDC_ADDRESS: z.string().default('KN 3 Rd, Kigali'),
  /** The last invoice number that the device had used when it was initialised for us. */
  VSDC_LAST_INVOICE: z.coerce.number().int().min(0).default(0),
})

/** What production must say of it besides where it is, where it is on. */
export const FISCAL_NEEDS = ['VSDC_TIN', 'VSDC_SELLER', 'VSDC_ADDRESS'] as const
