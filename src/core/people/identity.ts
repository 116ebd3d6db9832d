import { randomBytes } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { Ids } from '../base/id.ts'
import type { Log } from '../base/log.ts'
import { type Msisdn, maskPhone } from '../base/phone.ts'
import { Problem } from '../base/problem.ts'
import type { Access } from './access.ts'
import { deriveKey, seal } from './keys.ts'
import { RATES, type Rate, spend, type Take } from './rates.ts'
import type { Person, Tokens } from './token.ts'

/** A code has 6 digits, lives 5 minutes and bears 3 tries; a phone gets 3 an hour and 10 failures a day. */
export const OTP = { digits: 6, lifeMs: 300_000, tries: 3, perHour: 3, failuresPerDay: 10 } as const

/** A refresh token lives 30 days; on a bad network its exchange may be asked again for 10 seconds. */
export const REFRESH = { lifeMs: 30 * 24 * 3_600_000, graceMs: 10_000, bytes: 32 } as const

export type Grant = {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresInS: number
}

/** Who somebody is: a phone number, proven by a code that was sent to it. */
export interface Identity {
  /**
   * Sends a code by SMS. Whether we know the number changes neither the answer nor the time it takes.
   * @throws Problem too_many, unprocessable (a country we do not send to), unavailable (no SMS could be sent)
   */
  sendCode(phone: Msisdn, ip: string): Promise<void>
  /** Whether that is the code that was sent there; one of few tries, and each code once. */
  proves(phone: Msisdn, code: string): Promise<boolean>
  /** @throws Problem unauthorised when the code is wrong, used, too old, or tried too often */
  logIn(phone: Msisdn, code: string): Promise<Grant>
  /** Exchanges a refresh token for the next. @throws Problem unauthorised */
  refresh(token: string): Promise<Grant>
  /** Whom an access token shows; null when it shows nobody. */
  who(accessToken: string): Promise<Person | null>
}

export type IdentityParts = {
  readonly access: Access
  readonly tokens: Tokens
  readonly secret: string
  readonly take: Take
  /** Codes sent to one address; `RATES.otp` unless told otherwise. */
  readonly rate?: Rate
  /** Speaks to the provider at once: a code never waits in a table. */
  readonly sendOtp: (phone: Msisdn, code: string) => Promise<void>
  /** Beginnings of numbers that codes are sent to, e.g. `+250`: elsewhere an SMS may cost anything. */
  readonly prefixes: readonly string[]
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}

export function createIdentity(parts: IdentityParts): Identity {
  const { access, tokens, clock, ids, log } = parts
  const [codeKey, refreshKey] = [
    deriveKey(parts.secret, 'one-time code'),
    deriveKey(parts.secret, 'refresh token'),
  ]
  const codeHash = (phone: Msisdn, code: string) => seal(codeKey, `${phone} ${code}`)
  const tokenHash = (token: string) => seal(refreshKey, `kept ${token}`)
  // The next token follows from the one shown, so that asking twice gives the same without our keeping it.
  const successor = (token: string) => seal(refreshKey, `next ${token}`)
  const grant = async (phone: Msisdn, session: string, refreshToken: string): Promise<Grant> => ({
    accessToken: await tokens.sign(phone, session),
    refreshToken,
    expiresInS: tokens.lifeS,
  })
  const proves = (phone: Msisdn, code: string) =>
    access.useCode({ phone, codeHash: codeHash(phone, code), at: clock.now() }, OTP)
  return {
    who: (token) => tokens.read(token),
    async sendCode(phone, ip) {
      if (!parts.prefixes.some((prefix) => phone.startsWith(prefix)))
        throw new Problem('unprocessable', 'We do not send codes to that country yet.')
      await spend(parts.take, parts.rate ?? RATES.otp, ip)
      const [at, code] = [clock.now(), ids.digits(OTP.digits)]
      const fresh = {
        id: ids.next('ot'),
        phone,
        codeHash: codeHash(phone, code),
        at,
        expiresAt: at + OTP.lifeMs,
      }
      if (!(await access.addCode(fresh, OTP)))
        throw new Problem('too_many', 'Too many codes were asked for. Try again later.', {
          retryAfterS: RATES.otp.perSeconds,
        })
      await parts.sendOtp(phone, code).catch((error: unknown) => {
        log.warn({ person: maskPhone(phone), error: String(error) }, 'otp_not_sent')
        throw new Problem('unavailable', 'The code could not be sent. Try again.')
      })
    },
    proves,
    async logIn(phone, code) {
      const at = clock.now()
      if (!(await proves(phone, code)))
        throw new Problem('unauthorised', 'That is not the code, or it is too old.')
      const [family, token] = [ids.next('ss'), randomBytes(REFRESH.bytes).toString('base64url')]
      const expiresAt = at + REFRESH.lifeMs
      await access.appears(phone, at)
      await access.addToken({ tokenHash: tokenHash(token), family, phone, expiresAt })
      log.info({ person: maskPhone(phone), session: family }, 'logged_in')
      return grant(phone, family, token)
    },
    async refresh(token) {
      const at = clock.now()
      const next = successor(token)
      const rotated = await access.rotate(
        tokenHash(token),
        { tokenHash: tokenHash(next), at, expiresAt: at + REFRESH.lifeMs },
        REFRESH.graceMs,
      )
      if (rotated.kind === 'stolen')
        log.warn({ person: maskPhone(rotated.phone), session: rotated.family }, 'refresh_token_reused')
      if (rotated.kind !== 'rotated') throw new Problem('unauthorised', 'Log in again.')
      await access.appears(rotated.phone, at)
      return grant(rotated.phone, rotated.family, next)
    },
  }
}
