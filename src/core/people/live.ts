import type { Msisdn } from '../base/phone.ts'

/** Live updates between processes. One that is missed is made good by the next. */
export interface Fanout {
  /** Never throws. */
  publish(topic: string, json: string): Promise<void>
  /** Has `hear` called with everything published from now on; gives what stops it. */
  subscribe(hear: (topic: string, json: string) => void): () => void
}

const TOPIC = 'person '

/** What one person may hear. */
export const topicOf = (person: Msisdn): string => TOPIC + person

/** Whom a topic is for; undefined for a topic of another kind. */
export const personOf = (topic: string): string | undefined =>
  topic.startsWith(TOPIC) ? topic.slice(TOPIC.length) : undefined
