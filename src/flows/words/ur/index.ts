import type { Words } from '../en/index.ts'
import { agent } from './agent.ts'
import { booking } from './booking.ts'
import { bus } from './bus.ts'
import { driver } from './driver.ts'
import { freight } from './freight.ts'
import { money } from './money.ts'
import { order } from './order.ts'
import { parcel } from './parcel.ts'
import { ride } from './ride.ts'
import { talk } from './talk.ts'

/** Urdu, as it is spoken on the roads of Pakistan, with its English words. */
export const ur: Words = {
  ...talk,
  ...booking,
  ...ride,
  ...parcel,
  ...bus,
  ...freight,
  ...order,
  ...money,
  ...driver,
  ...agent,
}
