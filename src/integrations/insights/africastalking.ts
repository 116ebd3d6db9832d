import { z } from 'zod'
import type { Clock, Instant } from '../../core/base/clock.ts'
import { type Hook, NOT_FOUND, sameSecret, text } from '../../core/base/hook.ts'
import { type Http, jsonOf } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { type Msisdn, maskPhone } from '../../core/base/phone.ts'
import type { LastSwap, SimChecks, SimSwaps } from '../../core/pay/clearance.ts'

/**
 * An answer is good for so long, and one that does not come is not asked for again before: longer than a payout waits
 * before it looks again, so that it finds what it asked for.
 */
const GOOD_FOR_MS = 5_400_000
const DAY_MS = 24 * 3_600_000
const MAX_NAME_CHARACTERS = 100

const taken = z.object({
  status: z.literal('Processed'),
  responses: z.tuple([z.object({ requestId: z.string().min(1).max(MAX_NAME_CHARACTERS) })]),
})
const answer = z.object({
  status: z.enum(['Swapped', 'NotSwapped']),
  lastSimSwapDate: z.string(),
  requestId: z.string().min(1).max(MAX_NAME_CHARACTERS),
})

/** How the first of all days is written where a card was never changed. */
const NEVER = '01-01-1900'

/**
 * When the card was changed, of `DD-MM-YYYY`: the end of that day, since nobody says at what hour. Undefined where the
 * answer contradicts itself, or says nothing that we know.
 */
export function swappedAtIn(
  said: unknown,
): { readonly request: string; readonly at: Instant | null } | undefined {
  const { data } = answer.safeParse(said)
  if (!data) return undefined
  const { status, lastSimSwapDate, requestId: request } = data
  if (lastSimSwapDate === NEVER) return status === 'NotSwapped' ? { request, at: null } : undefined
  const [, day, month, year] = /^(\d\d)-(\d\d)-(\d{4})$/.exec(lastSimSwapDate) ?? []
  const began = Date.parse(`${year}-${month}-${day}T00:00:00Z`)
  return Number.isNaN(began) ? undefined : { request, at: began + DAY_MS }
}

/**
 * SIM cards as Africa's Talking knows them: `POST /v1/sim-swap` is taken in, and the answer comes to a callback that
 * bears no signature; it counts for a question of ours, whose name nobody else knows.
 * Source: Africa's Talking, Insights, "SIM swap state".
 */
export function insights(options: {
  readonly baseUrl: string
  readonly username: string
  readonly apiKey: string
  readonly secret: string
  readonly checks: SimChecks
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly timeoutMs: number
}): SimSwaps & { readonly hooks: readonly Hook[] } {
  const { checks, clock, log } = options
  async function ask(person: Msisdn): Promise<void> {
    const { baseUrl, username, apiKey, timeoutMs } = options
    const headers = { apikey: apiKey, accept: 'application/json', 'content-type': 'application/json' }
    const body = JSON.stringify({ username, phoneNumbers: [person] })
    const url = `${baseUrl}/v1/sim-swap`
    const reply = await options.http({ method: 'POST', url, headers, body, timeoutMs })
    const read = reply.kind === 'answer' ? taken.safeParse(jsonOf(reply.body)).data : undefined
    if (!read) return log.warn({ person: maskPhone(person) }, 'sim_not_asked')
    await checks.asked(read.responses[0].requestId, person, clock.now())
  }
  return {
    async lastOf(person): Promise<LastSwap> {
      const known = await checks.newest(person)
      const isNew = known !== null && clock.now() - known.askedAt < GOOD_FOR_MS
      if (!isNew) await ask(person)
      if (!isNew || known.heardAt === null) return 'unknown'
      return known.swappedAt ?? 'never'
    },
    hooks: [
      {
        methods: ['POST'],
        path: '/hooks/payments/africastalking/:secret',
        async answer({ params, body }) {
          if (!sameSecret(params.secret, options.secret)) return NOT_FOUND
          const said = swappedAtIn(jsonOf(body.toString()))
          if (said) await checks.answered(said.request, said.at, clock.now())
          else log.warn({}, 'sim_answer_not_understood')
          return text(200, 'OK')
        },
      },
    ],
  }
}
