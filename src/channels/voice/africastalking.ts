import { parse } from 'node:querystring'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, NOT_FOUND, sameSecret } from '../../core/base/hook.ts'
import type { Doors } from '../../core/talk/channel.ts'
import type { View } from '../../core/talk/prompt.ts'
import { type Account, caller } from './calling.ts'
import type { Recordings } from './clip-folder.ts'
import { AFRICAS_TALKING } from './dialects.ts'
import { hopOf, type Post, type Talking, talk } from './talking.ts'
import { type Voice, voice } from './voice.ts'

const PATH = '/hooks/voice/africastalking/'

/**
 * Calls through Africa's Talking. Source: Africa's Talking, Voice "Handle calls", "GetDigits", "Make a call".
 * @param options `publicUrl` is ours, as the provider reaches it; `sorry` is said before we hang up when we fail
 */
export function voiceAfricasTalking(
  options: Account & {
    readonly secret: string
    readonly publicUrl: string
    readonly recordings?: Recordings | undefined
    readonly sorry: View
    readonly clock: Clock
  },
): Voice {
  const { secret, publicUrl } = options
  const path = `${publicUrl.replace(/\/$/, '')}${PATH}${encodeURIComponent(secret)}`
  return voice({
    ...options,
    dialect: AFRICAS_TALKING,
    addressOf: (hop) => `${path}?hop=${hop}`,
    hook: (doors, talking) => handler(doors, talking, secret),
    callBack: caller(options),
  })
}

const handler = (doors: Doors, talking: Talking, secret: string): Hook => ({
  methods: ['POST'],
  path: `${PATH}:secret`,
  async answer({ params, query, body }) {
    if (!sameSecret(params.secret, secret)) return NOT_FOUND
    return talk(read(body.toString('utf8'), hopOf(query.hop)), doors, talking)
  },
})

function read(body: string, hop: number): Post {
  const form = parse(body)
  const field = (name: string): string => {
    const value = form[name]
    return typeof value === 'string' ? value : ''
  }
  const isActive = field('isActive') === '1'
  const isInbound = field('direction').toLowerCase() === 'inbound'
  const [active, over] = isInbound ? (['missed', 'nothing'] as const) : (['turn', 'over'] as const)
  return {
    kind: isActive ? active : over,
    session: field('sessionId'),
    ends: [field('callerNumber'), field('destinationNumber')],
    digits: field('dtmfDigits').replace(/#$/, ''),
    hop,
  }
}
