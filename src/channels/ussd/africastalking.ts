import { parse } from 'node:querystring'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, NOT_FOUND, sameSecret, text } from '../../core/base/hook.ts'
import { type Log, traceOf } from '../../core/base/log.ts'
import { maskPhone, parsePhone } from '../../core/base/phone.ts'
import type { Channel, Doors, Inbound } from '../../core/talk/channel.ts'
import type { View } from '../../core/talk/prompt.ts'
import { ussdCodec } from './codec.ts'

const PATH = '/hooks/ussd/africastalking/:secret'

/**
 * USSD through Africa's Talking: a form with the whole text so far, answered `CON ` or `END ` in plain text.
 * It keeps no memory: the hop's identity is session + text, since the gateway sends no turn number.
 * Source: Africa's Talking, USSD "Handle sessions" and "Notifications".
 * @param options `serviceCodes` are ours, e.g. `*384*77#`, a call for another is refused politely; `sorry` ends the
 * session when a hop fails, since a gateway shows nobody an error of ours
 */
export function ussdAfricasTalking(options: {
  readonly secret: string
  readonly serviceCodes: readonly string[]
  readonly sorry: View
  readonly clock: Clock
  readonly log: Log
}): Channel {
  const field = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '')
  const hop = (doors: Doors): Hook => ({
    methods: ['POST'],
    path: PATH,
    async answer({ params, body }) {
      if (!sameSecret(params.secret, options.secret)) return NOT_FOUND
      const form = parse(body.toString('utf8'))
      const person = parsePhone(field(form.phoneNumber))
      const session = field(form.sessionId)
      if (!person || session === '' || session.length > 80)
        return text(200, 'END Sorry, your phone number could not be read.')
      if (!options.serviceCodes.includes(field(form.serviceCode)))
        return text(200, 'END This code is not in use.')
      const soFar = field(form.text)
      const messageId = `ussd:${session}:${soFar}`
      const input = { kind: 'so_far', text: soFar } as const
      const at = options.clock.now()
      return text(200, await heard(doors, { channel: 'ussd', person, session, messageId, input, at }))
    },
  })
  async function heard(doors: Doors, inbound: Inbound): Promise<string> {
    try {
      return await doors.receive(inbound)
    } catch (error) {
      const { session, person } = inbound
      options.log.error({ session, person: maskPhone(person), error: traceOf(error) }, 'ussd.failed')
      return ussdCodec.encode(options.sorry)
    }
  }
  const end = (doors: Doors): Hook => ({
    methods: ['POST'],
    path: `${PATH}/end`,
    async answer({ params, body }) {
      if (!sameSecret(params.secret, options.secret)) return NOT_FOUND
      const form = parse(body.toString('utf8'))
      const person = parsePhone(field(form.phoneNumber))
      if (person)
        await doors.ended({
          person,
          session: field(form.sessionId),
          completed: field(form.status) === 'Success',
        })
      return text(200, 'OK')
    },
  })
  return {
    name: 'ussd',
    codec: ussdCodec,
    answers: 'inline',
    hooks: (doors) => [hop(doors), end(doors)],
    start: async () => {},
    stop: async () => {},
    deliver: async () => ({ status: 'failed', fault: 'unreachable', retryable: false }),
  }
}
