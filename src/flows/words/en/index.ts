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

/** English: the table the others are typed from. `{name}` is filled in; only GSM-7 characters. */
export const en = {
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
} as const

export type WordKey = keyof typeof en

/** A language: every key of English, and nothing else, or it does not compile. */
export type Words = Readonly<Record<WordKey, string>>
