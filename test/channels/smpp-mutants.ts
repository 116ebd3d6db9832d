/** Carriers' channels that are broken in one place, and what a storm must find wrong with each. */
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { Session } from '../../src/channels/smpp/session.ts'
import type { SmsOptions } from '../../src/channels/smpp/sms-hearing.ts'
import type { Joined, Parts } from '../../src/core/talk/unnumbered.ts'
import { PACE, PATIENCE } from './smpp-stage.ts'
import type { Deliver, Storm } from './smpp-storm.ts'

/** As the `smpp` package is: after bytes that are no PDU the connection stands, and nothing is heard on it. */
const deaf = (socket: Socket): Socket =>
  new Proxy(socket, {
    get(target, name) {
      if (name === 'destroy') return () => target.removeAllListeners('data').resume()
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

/** As Kannel is: what was not answered in time goes out again. */
const resend =
  (deliver: Deliver): Deliver =>
  async (message) => {
    const delivery = await deliver(message)
    const isUnknown = delivery.status === 'failed' && delivery.fault === 'unknown_outcome'
    return isUnknown ? deliver(message) : delivery
  }

const hopeful =
  (deliver: Deliver): Deliver =>
  async (message) => {
    const delivery = await deliver(message)
    return delivery.status === 'failed' && delivery.fault === 'unknown_outcome'
      ? { status: 'sent', externalId: '1' }
      : delivery
  }

const gloomy =
  (deliver: Deliver): Deliver =>
  async (message) => {
    const delivery = await deliver(message)
    return delivery.status === 'failed' ? { ...delivery, fault: 'unreachable' } : delivery
  }

/** Joins parts as they come. */
const asTheyCome = (): Parts => {
  const sets = new Map<string, Joined>()
  return {
    async keep({ person, to, reference, total, octets, coding }) {
      const id = `${person} ${reference}`
      const set = { id, person, to, coding, octets: [...(sets.get(id)?.octets ?? []), octets] }
      sets.set(id, set)
      return set.octets.length === total ? set : null
    },
    overdue: async () => [],
    heard: async (id) => void sets.delete(id),
  }
}

const everyOneNew = (own: SmsOptions): SmsOptions => ({
  ...own,
  numbering: { ...own.numbering, idOf: async () => randomUUID() },
})

/** It happens soon, and nothing else for which a message would wait long. */
const SOON = { messages: 200, restMs: 100, sky: { garble: 300, numb: 0, cutBefore: 0, cutAfter: 0 } }

type Mutant = readonly [name: string, broken: Partial<Storm>, found: RegExp]

export const MUTANTS: readonly Mutant[] = [
  [
    'stays with a connection that speaks no SMPP any more',
    { ...SOON, link: { sessionOf: (socket, options) => new Session(deaf(socket), options) } },
    /no message gets through/,
  ],
  [
    'never asks whether anybody is there',
    {
      ...SOON,
      sky: { numb: 300, garble: 0, cutBefore: 0, cutAfter: 0 },
      link: { patience: { ...PATIENCE, enquireMs: 3_600_000 } },
    },
    /no message gets through/,
  ],
  ['sends again what was not answered', { deliver: resend }, /that the SMSC has twice/],
  [
    'takes what was not answered for sent',
    { deliver: hopeful },
    /said to be sent that the SMSC does not have/,
  ],
  ['takes what was not answered for lost', { deliver: gloomy }, /said not to be sent that the SMSC has/],
  [
    'waits for no answer',
    { messages: 1_000, link: { patience: { ...PATIENCE, responseMs: 1 } } },
    /too many of which nobody knows/,
  ],
  ['knows no window', { link: { pace: { ...PACE, window: 1_000 } } }, /a window larger than agreed/],
  [
    'reads ids as they are written',
    { sms: (own) => ({ ...own, idForm: 'text' }) },
    /report was not understood/,
  ],
  ['takes every text for a new one', { sms: everyOneNew }, /a text that counts as two/],
  ['joins parts as they come', { sms: (own) => ({ ...own, parts: asTheyCome() }) }, /was not heard/],
]
