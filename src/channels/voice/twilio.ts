import { parse } from 'node:querystring'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, NOT_FOUND, sameSecret } from '../../core/base/hook.ts'
import { isFormSigned } from '../../core/base/signed-form.ts'
import type { Doors } from '../../core/talk/channel.ts'
import type { View } from '../../core/talk/prompt.ts'
import type { Recordings } from './clip-folder.ts'
import { TWIML } from './dialects.ts'
import { hopOf, type Post, type Talking, talk } from './talking.ts'
import { type TwilioAccount, twilioCaller } from './twilio-calling.ts'
import { type Voice, voice } from './voice.ts'

const PATH = '/hooks/voice/twilio/'

/**
 * Calls through Twilio, or whoever speaks as it does: signed forms in, TwiML out. One address hears of calls to us, of
 * keys and of ends. Source: Twilio, "Voice request parameters", TwiML "Gather", "Call resource", "Security".
 * @param options `publicUrl` is ours, as the provider reaches it: it signs the whole address that it calls; `sorry` is
 * said before we hang up when we fail
 */
export function voiceTwilio(
  options: TwilioAccount & {
    readonly secret: string
    readonly publicUrl: string
    readonly recordings?: Recordings | undefined
    readonly sorry: View
    readonly clock: Clock
  },
): Voice {
  const { secret, publicUrl, authToken } = options
  const address = `${publicUrl.replace(/\/$/, '')}${PATH}${encodeURIComponent(secret)}`
  return voice({
    ...options,
    dialect: TWIML,
    addressOf: (hop) => `${address}?hop=${hop}`,
    hook: (doors, talking) => handler(doors, talking, { secret, address, authToken }),
    callBack: twilioCaller(options, address),
  })
}

type Lock = { readonly secret: string; readonly address: string; readonly authToken: string }

const handler = (doors: Doors, talking: Talking, lock: Lock): Hook => ({
  methods: ['POST'],
  path: `${PATH}:secret`,
  async answer({ params, query, headers, body }) {
    if (!sameSecret(params.secret, lock.secret)) return NOT_FOUND
    const form = parse(body.toString('utf8'))
    const url = query.hop === undefined ? lock.address : `${lock.address}?hop=${query.hop}`
    if (!isFormSigned(headers['x-twilio-signature'], url, form, lock.authToken)) return NOT_FOUND
    return talk(read(form, hopOf(query.hop)), doors, talking)
  },
})

/** States of a call that nobody is on any more. Source: Twilio, "Call resource", status values. */
const OVER = ['completed', 'busy', 'no-answer', 'failed', 'canceled']

function read(form: ReturnType<typeof parse>, hop: number): Post {
  const field = (name: string): string => {
    const value = form[name]
    return typeof value === 'string' ? value : ''
  }
  const isInbound = field('Direction').toLowerCase() === 'inbound'
  const isOver = OVER.includes(field('CallStatus').toLowerCase())
  const [active, over] = isInbound ? (['missed', 'nothing'] as const) : (['turn', 'over'] as const)
  return {
    kind: isOver ? over : active,
    session: field('CallSid'),
    ends: [field(isInbound ? 'From' : 'To')],
    digits: field('Digits').replace(/#$/, ''),
    hop,
  }
}
