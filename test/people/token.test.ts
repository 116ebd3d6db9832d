import assert from 'node:assert/strict'
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { deriveKey } from '../../src/core/people/keys.ts'
import { createTokens, type Tokens } from '../../src/core/people/token.ts'
import { phone } from '../channels/hosting.ts'

const NOW = Date.parse('2026-03-02T08:00:00Z')
const S = Math.floor(NOW / 1_000)
const WHO = phone('+250788000001')
const SECRET = 'the right secret'

/** The key that the product makes of the secret (RFC 8410 §7). */
const TRUE_KEY = createPrivateKey({
  key: Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    deriveKey(SECRET, 'access token'),
  ]),
  format: 'der',
  type: 'pkcs8',
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part = ''): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString())

describe('access tokens', () => {
  let now = NOW
  const clock = { now: () => now }
  const tokens: Tokens = createTokens(SECRET, clock)
  let good: string
  let header: Record<string, unknown>
  let claims: Record<string, unknown>
  const pair = generateKeyPairSync('ed25519')

  before(async () => {
    good = await tokens.sign(WHO, 'ss_1')
    const [head, body] = good.split('.')
    header = decode(head)
    claims = decode(body)
  })
  beforeEach(() => {
    now = NOW
  })

  it('show who they are for, for 15 minutes and little more', async () => {
    const person = { phone: WHO, session: 'ss_1', expiresAt: (S + 900) * 1_000 }
    assert.deepEqual(await tokens.read(good), person)
    assert.deepEqual(header, { alg: 'EdDSA', typ: 'at+jwt', kid: header.kid })
    assert.deepEqual(
      { ...claims, jti: typeof claims.jti },
      {
        sub: WHO,
        sid: 'ss_1',
        iss: 'inzira',
        aud: 'inzira/v1',
        jti: 'string',
        iat: S,
        exp: S + 900,
      },
    )
    now = NOW + 903_000
    assert.deepEqual(await tokens.read(good), person, 'within the leeway of clocks')
    now = NOW + 906_000
    assert.equal(await tokens.read(good), null)
  })

  it('hold in every process of the same secret, and never share a jti', async () => {
    assert.ok(await createTokens(SECRET, clock).read(good))
    assert.equal(await createTokens('another secret', clock).read(good), null)
    assert.notEqual(decode((await tokens.sign(WHO, 'ss_1')).split('.')[1]).jti, claims.jti)
  })

  type Change = { readonly header?: object; readonly claims?: object }
  const signed = (key: KeyObject, change: Change): string => {
    const text = `${encode({ ...header, ...change.header })}.${encode({ ...claims, ...change.claims })}`
    return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
  }
  /** Signed with the true key, so that nothing but the change can be why it is refused. */
  const ours = (change: Change) => () => signed(TRUE_KEY, change)
  const theirs = (change: Change) => () => signed(pair.privateKey, change)
  const publicPem = String(createPublicKey(TRUE_KEY).export({ type: 'spki', format: 'pem' }))
  const hmac = (alg: string, hash: string, key: string) => () => {
    const text = `${encode({ ...header, alg })}.${encode(claims)}`
    return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`
  }
  const parts = () => good.split('.')
  const swapped = (n: number, value: string) => parts().with(n, value).join('.')

  const CORPUS: Readonly<Record<string, () => string>> = {
    empty: () => '',
    'one dot': () => '.',
    'two dots': () => '..',
    'not a token': () => 'hello',
    'spaces around': () => ` ${good} `,
    'four parts': () => `${good}.x`,
    'five parts, as if encrypted': () => `${good}.x.y`,
    'no signature': () => swapped(2, ''),
    'a signature of zeros': () => swapped(2, Buffer.alloc(64).toString('base64url')),
    'a random signature': () => swapped(2, randomBytes(64).toString('base64url')),
    'a signature cut short': () => good.slice(0, -4),
    'one bit of the body changed': () => swapped(1, encode({ ...claims, sub: '+250788000002' })),
    'alg none': () => swapped(0, encode({ ...header, alg: 'none' })),
    'alg none without signature': () => `${encode({ ...header, alg: 'none' })}.${parts()[1]}.`,
    'alg None': () => `${encode({ ...header, alg: 'None' })}.${parts()[1]}.`,
    'alg empty': () => swapped(0, encode({ ...header, alg: '' })),
    'alg missing': () => swapped(0, encode({ typ: 'at+jwt', kid: header.kid })),
    'alg a list': () => swapped(0, encode({ ...header, alg: ['EdDSA', 'none'] })),
    'HS256 with the public key as its secret': hmac('HS256', 'sha256', publicPem),
    'HS512 with the public key as its secret': hmac('HS512', 'sha512', publicPem),
    'HS256 with an empty secret': hmac('HS256', 'sha256', ''),
    'HS256 with the settings’ secret': hmac('HS256', 'sha256', SECRET),
    'signed by somebody else': theirs({}),
    'signed by somebody else, who brings the key': () =>
      theirs({ header: { jwk: pair.publicKey.export({ format: 'jwk' }) } })(),
    'signed by somebody else, who says where the key is': theirs({
      header: { jku: 'http://127.0.0.1:1/jwks' },
    }),
    'a certificate chain of somebody else': theirs({ header: { x5u: 'http://127.0.0.1:1/x' } }),
    'another kid': ours({ header: { kid: 'other' } }),
    'a kid that is a path': ours({ header: { kid: '../../dev/null' } }),
    'no kid': ours({ header: { kid: undefined } }),
    'an unknown critical header': ours({ header: { crit: ['exp2'], exp2: 1 } }),
    'typ JWT': ours({ header: { typ: 'JWT' } }),
    'no typ': ours({ header: { typ: undefined } }),
    expired: ours({ claims: { exp: S - 6, iat: S - 906 } }),
    'exp not a number': ours({ claims: { exp: 'never' } }),
    'without exp': ours({ claims: { exp: undefined } }),
    'of the future': ours({ claims: { iat: S + 60 } }),
    'not before later': ours({ claims: { nbf: S + 60 } }),
    'issued long ago, expiring late': ours({ claims: { iat: S - 3_600, exp: S + 3_600 } }),
    'without iat': ours({ claims: { iat: undefined } }),
    'another issuer': ours({ claims: { iss: 'other' } }),
    'without issuer': ours({ claims: { iss: undefined } }),
    'another audience': ours({ claims: { aud: 'other' } }),
    'no audience': ours({ claims: { aud: undefined } }),
    'without jti': ours({ claims: { jti: undefined } }),
    'without session': ours({ claims: { sid: undefined } }),
    'a subject that is no phone': ours({ claims: { sub: 'admin' } }),
    'no subject': ours({ claims: { sub: undefined } }),
    'a list of subjects': ours({ claims: { sub: [WHO] } }),
    huge: () => `${good}${'A'.repeat(100_000)}`,
  }

  it('are refused when anything is wrong with them', async () => {
    assert.ok(await tokens.read(ours({})()), 'a token made here as we make them is taken')
    assert.ok(Object.keys(CORPUS).length >= 40)
    const accepted: string[] = []
    for (const [label, make] of Object.entries(CORPUS)) {
      if (await tokens.read(make())) accepted.push(label)
    }
    assert.deepEqual(accepted, [])
  })
})
