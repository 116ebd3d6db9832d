import { z } from 'zod'
import { OTP } from '../../core/people/identity.ts'
import type { RestParts } from './parts.ts'
import { type Route, route } from './route.ts'
import { phoneNumber } from './text.ts'

const MAX_TOKEN_CHARACTERS = 128

const grant = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresInS: z.int().meta({ description: 'Life of the access token, seconds.' }),
})

const rate = { of: 'auth', per: 'ip' } as const

/** Log-in with a code sent by SMS. */
export const authRoutes = ({ identity }: Pick<RestParts, 'identity'>): readonly Route[] => [
  route({
    method: 'post',
    path: '/v1/auth/otp',
    name: 'sendCode',
    summary: 'Sends a code by SMS. The answer is the same whether we know the number or not.',
    who: 'anyone',
    rate,
    takes: z.object({ body: z.strictObject({ phone: phoneNumber }) }),
    status: 202,
    gives: z.object({ expiresInS: z.int() }),
    problems: ['unprocessable', 'unavailable'],
    async handle({ input: { body }, ip }) {
      await identity.sendCode(body.phone, ip)
      return { data: { expiresInS: OTP.lifeMs / 1_000 } }
    },
  }),
  route({
    method: 'post',
    path: '/v1/auth/verify',
    name: 'logIn',
    summary: 'Logs in with the code. Three tries, then a new code is needed.',
    who: 'anyone',
    rate,
    takes: z.object({
      body: z.strictObject({ phone: phoneNumber, code: z.string().regex(/^\d{6}$/) }),
    }),
    status: 200,
    gives: grant,
    problems: ['unauthorised'],
    handle: async ({ input: { body } }) => ({ data: await identity.logIn(body.phone, body.code) }),
  }),
  route({
    method: 'post',
    path: '/v1/auth/refresh',
    name: 'refresh',
    summary: 'Exchanges a refresh token for new tokens. Each counts once; seen again later, the log-in ends.',
    who: 'anyone',
    rate,
    takes: z.object({
      body: z.strictObject({ refreshToken: z.string().min(1).max(MAX_TOKEN_CHARACTERS) }),
    }),
    status: 200,
    gives: grant,
    problems: ['unauthorised'],
    handle: async ({ input: { body } }) => ({ data: await identity.refresh(body.refreshToken) }),
  }),
]
