import {
  constants,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
} from 'node:crypto'
import type { Clock } from '../clock.ts'
import { type Answer, type Call, header, json } from '../http.ts'
import { fault } from './answers.ts'
import { PIN_PRIVATE_KEY } from './keys.ts'

const KEY_BITS = 1024
const ROTATES_MS = 3_600_000
const FIRST_ID = 100
/** Zero, two, at least eight bytes of padding, zero (RFC 8017, 7.2.2). */
const MIN_PREFIX_BYTES = 11

const pinKey = createPrivateKey({ key: Buffer.from(PIN_PRIVATE_KEY, 'base64'), format: 'der', type: 'pkcs8' })

/** Message signing: checked where it is used, demanded on request; its key lives an hour. */
export interface Signing {
  /** `GET /v1/rsa/encryption-keys`. */
  key(): Answer
  /** The answer to a body whose signature is another's, or that has none where one is demanded. */
  refuse(call: Call, code: string): Answer | undefined
  demand(isDemanded: boolean): void
}

export function createSigning(clock: Clock): Signing {
  let pair: { publicKey: KeyObject; privateKey: KeyObject; id: number; until: number } | undefined
  let isDemanded = false

  function current() {
    if (!pair || pair.until <= clock.now()) {
      const made = generateKeyPairSync('rsa', { modulusLength: KEY_BITS })
      pair = { ...made, id: (pair?.id ?? FIRST_ID - 1) + 1, until: clock.now() + ROTATES_MS }
    }
    return pair
  }

  function key() {
    const { publicKey, id, until } = current()
    return json(200, {
      data: {
        key_id: id,
        key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
        valid_upto: stamp(until),
      },
      status: {
        code: '200',
        message: 'Success',
        response_code: 'DP02010001001',
        result_code: 'ESB000010',
        success: true,
      },
    })
  }

  function refuse(call: Call, code: string) {
    const signature = header(call, 'x-signature')
    const sealed = header(call, 'x-key')
    if (!isDemanded && signature === undefined && sealed === undefined) return undefined
    const text = open(signature ?? '', unseal(sealed ?? '', current().privateKey) ?? '')
    return text?.equals(call.raw) ? undefined : fault(400, code, 'x-signature and payload mismatch')
  }

  return {
    key,
    refuse,
    demand: (wanted) => {
      isDemanded = wanted
    },
  }
}

/** The PIN of a disbursement; undefined when it was sealed for somebody else, or not at all. */
export const openPin = (sealed: string): string | undefined => unseal(sealed, pinKey)

/** Undoes RSA with PKCS#1 v1.5 padding by hand: Node no longer does (CVE-2023-46809). */
function unseal(sealed: string, key: KeyObject): string | undefined {
  const block = Buffer.from(sealed, 'base64')
  if (block.length * 8 !== KEY_BITS) return undefined
  try {
    const plain = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block)
    const end = plain.indexOf(0, 2)
    const isPadded = plain[0] === 0 && plain[1] === 2 && end >= MIN_PREFIX_BYTES - 1
    return isPadded ? plain.subarray(end + 1).toString('utf8') : undefined
  } catch {
    return undefined
  }
}

/** What was signed, by the signature and `key:vector`, all in Base64. */
function open(signature: string, pair: string): Buffer | undefined {
  const [key = '', vector = ''] = pair.split(':')
  try {
    const decipher = createDecipheriv(
      'aes-256-cbc',
      Buffer.from(key, 'base64'),
      Buffer.from(vector, 'base64'),
    )
    return Buffer.concat([decipher.update(Buffer.from(signature, 'base64')), decipher.final()])
  } catch {
    return undefined
  }
}

/** `12-08-2024 21:29:26`, as Airtel writes it; which time zone it means, it does not say. */
function stamp(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T')
  return `${date.split('-').reverse().join('-')} ${time.slice(0, 8)}`
}
