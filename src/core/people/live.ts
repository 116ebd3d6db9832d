import { z } from 'zod'
import type { Msisdn } from '../base/phone.ts'

/** Live updates between processes. One that is missed is made good by the next. */
export interface Fanout {
  /** Never throws. */
  publish(topic: string, json: string): Promise<void>
  /** Has `hear` called with everything published from now on; gives what stops it. */
  subscribe(hear: (topic: string, json: string) => void): () => void
}

/** News for one person: which booking changed (whoever listens reads it), or where somebody is. */
export const newsShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('booking'), id: z.string() }),
  z.object({
    type: z.literal('position'),
    bookingId: z.string(),
    lat: z.number(),
    lng: z.number(),
    at: z.number(),
  }),
])
export type News = z.infer<typeof newsShape>

const TOPIC = 'person '

/** Tells whoever listens for a person. Never throws. */
export const tellPerson = (fanout: Fanout, person: Msisdn, news: News): Promise<void> =>
  fanout.publish(TOPIC + person, JSON.stringify(news))

/** Whom a topic is for; undefined for a topic of another kind. */
export const personOf = (topic: string): string | undefined =>
  topic.startsWith(TOPIC) ? topic.slice(TOPIC.length) : undefined
