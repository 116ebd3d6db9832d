import type { Instant } from '../base/clock.ts'
import type { Hand } from '../people/partners.ts'

/** What carries people or goods. */
export const VEHICLE_KINDS = ['bus', 'minibus', 'car', 'moto', 'van', 'truck'] as const
export type VehicleKind = (typeof VEHICLE_KINDS)[number]

/** What the law wants in a vehicle; the last may be asked for and stops nothing. */
export const PAPER_KINDS = ['insurance', 'inspection', 'registration'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]
/** Without these, verified and in force, nothing goes. */
export const NEEDED: readonly PaperKind[] = ['insurance', 'inspection']

export type Paper = {
  readonly id: string
  readonly kind: PaperKind
  readonly number: string
  readonly expiresAt: Instant
  /** Only an administrator says what is verified or rejected. */
  readonly state: 'submitted' | 'verified' | 'rejected'
}

export type Vehicle = {
  readonly id: string
  readonly plate: string
  readonly kind: VehicleKind
  /** People it takes, and goods; null where it takes none. */
  readonly seats: number | null
  readonly capacityKg: number | null
  readonly status: 'active' | 'retired'
  readonly papers: readonly Paper[]
}

/** Papers that a vehicle has not, or not any more, at a moment. */
export const lacking = ({ papers }: Pick<Vehicle, 'papers'>, at: Instant): readonly PaperKind[] =>
  NEEDED.filter(
    (kind) => !papers.some((one) => one.kind === kind && one.state === 'verified' && one.expiresAt > at),
  )

/** Whether it may go at a moment. */
export const isUsable = (vehicle: Pick<Vehicle, 'papers' | 'status'>, at: Instant): boolean =>
  vehicle.status === 'active' && lacking(vehicle, at).length === 0

/** What partners carry with. Nothing of another partner's is ever found, read or changed. */
export interface Fleet {
  /** By number plate, after the plate `past`. */
  of(partner: string, past: string | null, limit: number): Promise<readonly Vehicle[]>
  find(partner: string, vehicle: string): Promise<Vehicle | null>
  /** The same id again is the same vehicle. Null when the partner has another of that plate. */
  add(hand: Hand, vehicle: Omit<Vehicle, 'status' | 'papers'>): Promise<Vehicle | null>
  /** Nothing leaves with it any more. */
  retire(hand: Hand, vehicle: string): Promise<Vehicle | null>
  /** A paper to be verified; `most` a vehicle has. Null when there is no such vehicle. @throws Problem unprocessable */
  submit(hand: Hand, vehicle: string, paper: Omit<Paper, 'state'>, most: number): Promise<Vehicle | null>
  /** An administrator's word on a paper. */
  review(
    hand: Hand,
    vehicle: string,
    paper: string,
    state: Exclude<Paper['state'], 'submitted'>,
  ): Promise<Vehicle | null>
}
