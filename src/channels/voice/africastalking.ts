import { parse } from 'node:querystring'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, type HookAnswer, NOT_FOUND, sameSecret } from '../../core/base/hook.ts'
import { traceOf } from '../../core/base/log.ts'
import { type Msisdn, maskPhone, parsePhone } from '../../core/base/phone.ts'
import type { Channel, Delivery, Doors, Inbound } from '../../core/talk/channel.ts'
import type { View } from '../../core/talk/prompt.ts'
import { type Account, caller } from './calling.ts'
import { VOICE_KEYS, voiceCodec } from './codec.ts'
import { response, withCallback } from './xml.ts'

const PATH = '/hooks/voice/africastalking/'

/** A call with more answers than this goes round in circles. */
const MAX_HOPS = 100
const MAX_SESSION_CHARACTERS = 80

/**
 * Calls through Africa's Talking. A call to us is a missed call: it is rejected, which costs the caller nothing,
 * and reported; `callBack` then rings the person, and that call is the conversation.
 * The wire has no turn number, so each question carries its own in the address its digits are posted to
 * (`?hop=3`): the same post twice is the same message. `*` repeats the question: it is answered with the stored
 * answer of the hop before, and takes no turn.
 * Source: Africa's Talking, Voice "Handle calls", "GetDigits", "Make a call".
 * @param options `publicUrl` is ours, as the provider reaches it; `callerId` the number that is called and calls;
 * `sorry` is said before we hang up when something fails, since an error of ours would be silence
 */
export function voiceAfricasTalking(
  options: Account & {
    readonly secret: string
    readonly publicUrl: string
    readonly sorry: View
    readonly clock: Clock
  },
): Channel & { callBack(person: Msisdn, id: string): Promise<Delivery> } {
  return {
    name: 'voice',
    codec: voiceCodec,
    answers: 'inline',
    hooks: (doors) => [handler(doors, options)],
    start: async () => {},
    stop: async () => {},
    deliver: async () => ({ status: 'failed', fault: 'unreachable', retryable: false }),
    callBack: caller(options),
  }
}

type Options = Parameters<typeof voiceAfricasTalking>[0]
type Post = {
  readonly session: string
  readonly person: Msisdn
  readonly digits: string
  readonly hop: number
}

const xml = (body: string): HookAnswer => ({ status: 200, type: 'application/xml', body })
const NOTHING = xml(response())
const REJECT = xml(response({ tag: 'Reject' }))

const handler = (doors: Doors, options: Options): Hook => ({
  methods: ['POST'],
  path: `${PATH}:secret`,
  async answer({ params, query, body }) {
    if (!sameSecret(params.secret, options.secret)) return NOT_FOUND
    const form = parse(body.toString('utf8'))
    const field = (name: string): string => {
      const value = form[name]
      return typeof value === 'string' ? value : ''
    }
    const session = field('sessionId')
    const isActive = field('isActive') === '1'
    const isInbound = field('direction').toLowerCase() === 'inbound'
    const person = personOf([field('callerNumber'), field('destinationNumber')], options.callerId)
    if (!person || session === '' || session.length > MAX_SESSION_CHARACTERS) {
      options.log.warn({ session: session.slice(0, MAX_SESSION_CHARACTERS) }, 'voice.dropped')
      return isActive && isInbound ? REJECT : NOTHING
    }
    try {
      if (isInbound) return isActive ? await missed(person, session, doors, options) : NOTHING
      if (!isActive) return await over(person, session, doors)
      const digits = field('dtmfDigits').replace(/#$/, '')
      return await converse({ session, person, digits, hop: hopOf(query.hop) }, doors, options)
    } catch (error) {
      options.log.error({ session, person: maskPhone(person), error: traceOf(error) }, 'voice.failed')
      return isActive ? xml(voiceCodec.encode(options.sorry)) : NOTHING
    }
  },
})

/** Of the two ends of a call, the one that is not ours. */
function personOf(ends: readonly string[], callerId: string): Msisdn | undefined {
  const digits = (phone: string) => phone.replace(/\D/g, '')
  const theirs = ends.find((end) => end !== '' && digits(end) !== digits(callerId))
  return theirs === undefined ? undefined : parsePhone(theirs)
}

const hopOf = (text: string | undefined): number => (/^\d{1,3}$/.test(text ?? '') ? Number(text) : 0)

async function missed(person: Msisdn, session: string, doors: Doors, options: Options): Promise<HookAnswer> {
  await doors.missedCall({ person, session, at: options.clock.now() })
  return REJECT
}

// The last post does not tell who hung up, or whether a question was open: whoever keeps the conversation knows.
async function over(person: Msisdn, session: string, doors: Doors): Promise<HookAnswer> {
  await doors.ended({ person, session, completed: false })
  return NOTHING
}

async function converse(post: Post, doors: Doors, options: Options): Promise<HookAnswer> {
  if (post.hop > MAX_HOPS) {
    options.log.warn({ session: post.session, person: maskPhone(post.person) }, 'voice.too_many_hops')
    return NOTHING
  }
  const again = post.digits === '' || post.digits === VOICE_KEYS.repeat
  const turn = again ? Math.max(0, post.hop - 1) : post.hop
  const input: Inbound['input'] = turn === 0 ? { kind: 'start' } : { kind: 'text', text: post.digits }
  const { person, session } = post
  const messageId = `voice:${session}:${turn}`
  const body = await doors.receive({
    channel: 'voice',
    person,
    session,
    messageId,
    input,
    at: options.clock.now(),
  })
  const path = `${PATH}${encodeURIComponent(options.secret)}?hop=${turn + 1}`
  return xml(withCallback(body, options.publicUrl.replace(/\/$/, '') + path))
}
