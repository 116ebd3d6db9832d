import { constants, createSign, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto'

const RSA_BITS = 2048
const SHA256_WITH_RSA = '2a864886f70d01010b'
const COMMON_NAME = '550403'

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content)
const integer = (value: number) => der(0x02, Buffer.from([value]))

/** A self-signed X.509 certificate (RFC 5280) for the key, PEM; it holds until 2049. */
function selfSigned(publicKey: KeyObject, privateKey: KeyObject): string {
  const algorithm = sequence(oid(SHA256_WITH_RSA), der(0x05))
  const name = sequence(
    der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from('simulated M-Pesa, not Safaricom')))),
  )
  const validity = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')))
  const key = publicKey.export({ type: 'spki', format: 'der' })
  const signed = sequence(integer(1), algorithm, name, validity, name, key)
  const signature = createSign('sha256').update(signed).sign(privateKey)
  const body = sequence(signed, algorithm, bits(signature)).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${body.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`
}

let made: { certificate: string; privateKey: KeyObject } | undefined

function identity() {
  if (made) return made
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS })
  made = { certificate: selfSigned(publicKey, privateKey), privateKey }
  return made
}

/** What the gateway encrypts an initiator's password for; made when first asked for, one a process. */
export const certificate = (): string => identity().certificate

/** The password in a `SecurityCredential`; undefined when it is not one for our certificate. */
export function passwordIn(credential: string): string | undefined {
  // Node refuses to undo PKCS #1 v1.5 by itself (CVE-2023-46809), so the padding is read here.
  try {
    const { privateKey: key } = identity()
    const block = privateDecrypt(
      { key, padding: constants.RSA_NO_PADDING },
      Buffer.from(credential, 'base64'),
    )
    const end = block.indexOf(0, 2)
    return block[0] === 0 && block[1] === 2 && end >= 10
      ? block.subarray(end + 1).toString('utf8')
      : undefined
  } catch {
    return undefined
  }
}
