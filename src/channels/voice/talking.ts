import type { Clock } from '../../core/base/clock.ts'
import type { HookAnswer } from '../../core/base/hook.ts'
import { type Log, traceOf } from '../../core/base/log.ts'
import { type Msisdn, maskPhone, parsePhone } from '../../core/base/phone.ts'
import type { Doors, Inbound } from '../../core/talk/channel.ts'
import type { Codec, View } from '../../core/talk/prompt.ts'
import { VOICE_KEYS } from './codec.ts'
import { type Dialect, response, withCallback } from './xml.ts'

/** A call with more answers than this goes round in circles. */
const MAX_HOPS = 100
const MAX_SESSION_CHARACTERS = 80

/** What a provider posted about a call, in our words. */
export type Post = {
  /** `missed` is a call to us; `turn` wants to be told what to say; `over` and `nothing` want no more. */
  readonly kind: 'missed' | 'turn' | 'over' | 'nothing'
  readonly session: string
  /** The ends of the call that may be the person's, as the provider writes them. */
  readonly ends: readonly string[]
  readonly digits: string
  readonly hop: number
}

export type Talking = {
  readonly dialect: Dialect
  readonly codec: Codec
  /** The number that is called and calls. */
  readonly callerId: string
  /** Where the keys of a hop are posted to. */
  readonly addressOf: (hop: number) => string
  /** Said before we hang up when something fails, since an error of ours would be silence. */
  readonly sorry: View
  readonly clock: Clock
  readonly log: Log
}

/**
 * A conversation by call, whoever carries it. A call to us is a missed call: it is rejected, which costs the caller
 * nothing, and reported; who is called back talks with us. No wire has a turn number, so each question carries its
 * own in the address that its digits are posted to (`?hop=3`): the same post twice is the same message. `*` repeats
 * the question: it is answered with the stored answer of the hop before, and takes no turn.
 */
export async function talk(post: Post, doors: Doors, talking: Talking): Promise<HookAnswer> {
  const { log, dialect, codec } = talking
  const nothing = xml(response(dialect))
  const { kind, session } = post
  const person = personOf(post.ends, talking.callerId)
  if (!person || session === '' || session.length > MAX_SESSION_CHARACTERS) {
    log.warn({ session: session.slice(0, MAX_SESSION_CHARACTERS) }, 'voice.dropped')
    return kind === 'missed' ? xml(response(dialect, { tag: 'Reject' })) : nothing
  }
  try {
    if (kind === 'turn') return xml(await converse(post, person, doors, talking))
    // The last post does not tell who hung up, or whether a question was open: whoever keeps the conversation knows.
    if (kind === 'over') await doors.ended({ person, session, completed: false })
    if (kind !== 'missed') return nothing
    await doors.missedCall({ person, session, at: talking.clock.now() })
    return xml(response(dialect, { tag: 'Reject' }))
  } catch (error) {
    log.error({ session, person: maskPhone(person), error: traceOf(error) }, 'voice.failed')
    return kind === 'over' || kind === 'nothing' ? nothing : xml(codec.encode(talking.sorry))
  }
}

const xml = (body: string): HookAnswer => ({ status: 200, type: 'application/xml', body })

/** Of the two ends of a call, the one that is not ours. */
function personOf(ends: readonly string[], callerId: string): Msisdn | undefined {
  const digits = (phone: string) => phone.replace(/\D/g, '')
  const theirs = ends.find((end) => end !== '' && digits(end) !== digits(callerId))
  return theirs === undefined ? undefined : parsePhone(theirs)
}

/** The turn that an address asks for; 0 where it asks for none. */
export const hopOf = (text: string | undefined): number => (/^\d{1,3}$/.test(text ?? '') ? Number(text) : 0)

async function converse(post: Post, person: Msisdn, doors: Doors, talking: Talking): Promise<string> {
  const { session, hop, digits } = post
  if (hop > MAX_HOPS) {
    talking.log.warn({ session, person: maskPhone(person) }, 'voice.too_many_hops')
    return response(talking.dialect)
  }
  const again = digits === '' || digits === VOICE_KEYS.repeat
  const turn = again ? Math.max(0, hop - 1) : hop
  const input: Inbound['input'] = turn === 0 ? { kind: 'start' } : { kind: 'text', text: digits }
  const messageId = `voice:${session}:${turn}`
  const at = talking.clock.now()
  const body = await doors.receive({ channel: 'voice', person, session, messageId, input, at })
  return withCallback(talking.dialect, body, talking.addressOf(turn + 1))
}
