import assert from 'node:assert/strict'
import type { RestParts } from '../../src/channels/rest/index.ts'
import type { Office } from '../../src/channels/rest/parts.ts'
import type { Asker, Row } from './ownership.ts'
import { PARTNER, type Town } from './town.ts'

export type Found = {
  readonly name: string
  readonly asker: Asker
  readonly got: number
  readonly expected: number
  /** What was told to somebody whose it is not. */
  readonly leaks: readonly string[]
}

/** What somebody may never be told: all of it whose it is not, a partner the customer's number. */
function kept({ secrets, customer }: Town, asker: Asker, expected: number): readonly string[] {
  if (expected === 404 || !INSIDERS.includes(asker)) return secrets
  return asker.startsWith('partner') ? [customer] : []
}
const INSIDERS: readonly Asker[] = ['owner', 'driver', 'partnerOwner', 'partnerClerk', 'admin']

/** Asks, and compares with the matrix. @returns null when all is as it should be */
export async function tried(town: Town, { name, codes }: Row, asker: Asker): Promise<Found | null> {
  const { route, reply } = await town.ask(name, asker)
  const { status, text, body } = reply
  // Nothing is answered that is not described.
  if (status === route.status && !route.file) assert.deepEqual(route.gives.parse(body.data), body.data, name)
  const expected = codes[asker]
  const leaks = kept(town, asker, expected).filter((secret) => text.includes(secret))
  return status === expected && leaks.length === 0 ? null : { name, asker, got: status, expected, leaks }
}

type Mutant = {
  readonly does: string
  readonly change: (parts: RestParts) => RestParts
  /** Where it must be seen. */
  readonly finds: readonly { readonly name: string; readonly asker: Asker }[]
}

const office =
  (change: (real: Office) => Partial<Office>): Mutant['change'] =>
  (parts) => ({ ...parts, office: { ...parts.office, ...change(parts.office) } })

/** What each would do wrong: a route that forgets to look whose it is. */
export const mutants: readonly Mutant[] = [
  {
    does: 'that lets everybody into every office',
    change: office(({ partners }) => ({
      partners: {
        ...partners,
        enter: async (who, partner) =>
          (await partners.enter(who, partner)) ?? { partner, name: '', kind: '', role: 'owner', by: 'pm_x' },
      },
    })),
    finds: [
      { name: 'listVehicles', asker: 'other' },
      { name: 'setPrices', asker: 'driver' },
      { name: 'getEarnings', asker: 'otherPartner' },
    ],
  },
  {
    does: 'that looks for a vehicle and forgets the partner',
    change: office(({ fleet }) => ({
      fleet: { ...fleet, retire: (hand, id) => fleet.retire({ ...hand, partner: PARTNER }, id) },
    })),
    finds: [{ name: 'retireVehicle', asker: 'otherPartnerHere' }],
  },
  {
    does: 'that looks for a departure and forgets the partner',
    change: office(({ timetable }) => ({
      timetable: {
        ...timetable,
        aboard: (_, departure, past, limit) => timetable.aboard(PARTNER, departure, past, limit),
        callOff: (hand, departure, why) => timetable.callOff({ ...hand, partner: PARTNER }, departure, why),
      },
    })),
    finds: [
      { name: 'listAboard', asker: 'otherPartnerHere' },
      { name: 'callOffDeparture', asker: 'otherPartnerHere' },
    ],
  },
  {
    does: 'that lists what is everybody’s',
    change: office(({ timetable }) => ({
      timetable: { ...timetable, routes: (_, limit) => timetable.routes(PARTNER, limit) },
    })),
    finds: [{ name: 'listRoutes', asker: 'otherPartnerHere' }],
  },
  {
    does: 'that adds up somebody else’s account',
    change: office(({ earnings }) => ({
      earnings: { movementsSince: (_, from) => earnings.movementsSince(`partner:${PARTNER}`, from) },
    })),
    finds: [{ name: 'getStatement', asker: 'otherPartnerHere' }],
  },
  {
    does: 'that takes everybody for its administrator',
    change: (parts) => ({ ...parts, access: { ranksOf: async () => new Set(['admin']) } }),
    finds: [
      { name: 'getBooking', asker: 'other' },
      { name: 'getPayment', asker: 'otherDriver' },
      { name: 'getInvoice', asker: 'partnerOwner' },
    ],
  },
  {
    does: 'that tells whose seats they are by the whole number',
    change: office(({ manifest }) => ({
      manifest: { ...manifest, describe: (one) => ({ ...manifest.describe(one), phone: one.owner }) },
    })),
    finds: [{ name: 'listAboard', asker: 'partnerOwner' }],
  },
]
