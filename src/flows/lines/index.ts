import { bus } from './bus.ts'
import { freight } from './freight.ts'
import type { ServiceLine } from './line.ts'
import { order } from './order.ts'
import { parcel } from './parcel.ts'
import { ride } from './ride.ts'

/** Every line that can be booked, in menu order. */
export const LINES: readonly ServiceLine[] = [ride, parcel, bus, freight, order]

const BY_ID = new Map(LINES.map((line) => [line.id, line]))

/** @throws Error when there is no such line: an instance may only be opened for one that exists */
export function lineOf(id: string): ServiceLine {
  const line = BY_ID.get(id)
  if (!line) throw new Error(`no service line is called ${id}`)
  return line
}
