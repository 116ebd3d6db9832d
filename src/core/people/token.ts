import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock, Instant } from '../base/clock.ts'
import { isMsisdn, type Msisdn } from '../base/phone.ts'
import { deriveKey } from './keys.ts'

/** Who calls: shown by an access token that we signed. */
export type Person = {
  readonly phone: Msisdn
  /** The log-in it came from, the same over all refreshes. */
  readonly session: string
  readonly expiresAt: Instant
}

export interface Tokens {
  readonly lifeS: number
  sign(phone: Msisdn, session: string): Promise<string>
  /** Null for anything that is not a token of ours, in force now. Never throws. */
  read(token: string): Promise<Person | null>
}

const LIFE_S = 15 * 60
/** How far clocks of two of our processes may be apart. */
const LEEWAY_S = 5
const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
const ISSUER = 'inzira'
const AUDIENCE = 'inzira/v1'
const MAX_CHARACTERS = 1_024

const claims = z.object({
  sub: z.string().refine(isMsisdn),
  sid: z.string().min(1),
  exp: z.int(),
})

/**
 * Access tokens: JWT (RFC 9068) of 15 minutes, signed with Ed25519, because who only checks tokens then holds
 * nothing with which to make one. The algorithm is ours to say, never the token's.
 * @param secret the settings' secret, from which the key pair follows
 */
export function createTokens(secret: string, clock: Clock): Tokens {
  const key = privateKey(deriveKey(secret, 'access token'))
  const publicKey = createPublicKey(key)
  const kid = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16)
  return {
    lifeS: LIFE_S,
    sign(phone, session) {
      const now = Math.floor(clock.now() / 1_000)
      return new SignJWT({ sid: session })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
        .setSubject(phone)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setExpirationTime(now + LIFE_S)
        .sign(key)
    },
    async read(token) {
      if (token.length > MAX_CHARACTERS) return null
      const read = await jwtVerify(token, publicKey, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
        maxTokenAge: LIFE_S,
        clockTolerance: LEEWAY_S,
        currentDate: new Date(clock.now()),
      }).catch(() => null)
      if (read?.protectedHeader.kid !== kid) return null
      const { data } = claims.safeParse(read.payload)
      return data ? { phone: data.sub, session: data.sid, expiresAt: data.exp * 1_000 } : null
    },
  }
}

// RFC 8410 §7: an Ed25519 private key is these bytes and the seed.
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKey = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
