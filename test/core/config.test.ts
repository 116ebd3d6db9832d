import assert from 'node:assert/strict'
import { readConfig } from '../../src/core/base/config.ts'

type Env = Readonly<Record<string, string | undefined>>

const SECRET = '0123456789abcdef012345'
/** All that production asks for. */
const PRODUCTION: Env = {
  NODE_ENV: 'production',
  HOOK_SECRET: SECRET,
  TOKEN_SECRET: SECRET,
  DATABASE_URL: 'postgres://db/inzira',
  REDIS_URL: 'redis://cache',
  PUBLIC_URL: 'https://inzira.rw',
  MTN_URL: 'https://proxy.momoapi.mtn.co.rw',
  AT_API_KEY: 'k1',
  MTN_API_KEY: 'k2',
  MTN_COLLECTION_KEY: 'k3',
  MTN_DISBURSEMENT_KEY: 'k4',
  WHATSAPP_APP_SECRET: 'k5',
  WHATSAPP_VERIFY_TOKEN: 'k6',
  WHATSAPP_ACCESS_TOKEN: 'k7',
}

/** Refused with one line that begins with the setting's name and does not give its value away. */
function refused(env: Env, name: string, why = /./): void {
  assert.throws(
    () => readConfig(env),
    ({ message }: Error) => {
      assert.match(message, /^[^\n]+$/)
      assert.ok(message.startsWith(`${name}: `), message)
      assert.match(message.slice(name.length + 2), why)
      return true
    },
  )
}

const setting = (name: string, env: Env): unknown => new Map(Object.entries(readConfig(env))).get(name)

describe('settings', () => {
  it('have defaults for a bare machine', () => {
    const config = readConfig({ PATH: '/bin' })
    const expected = {
      NODE_ENV: 'development',
      ROLE: 'all',
      LOG_LEVEL: 'info',
      PORT: 3000,
      INTERNAL_PORT: 9464,
      SIM_PORT: 3900,
      SIMULATORS: 'on',
      DEMO: 'on',
      HOOK_SECRET: 'dev',
      TOKEN_SECRET: 'dev',
      DEFAULT_LANGUAGE: 'en',
      DIAL_CODE: '*384*77#',
      PROXIES: 0,
      WHATSAPP: 'cloud',
    }
    assert.deepEqual({ ...config, ...expected }, config)
    assert.equal(config.DATABASE_URL, undefined)
    assert.ok(!('PATH' in config))
  })

  it('are taken as they are given', () => {
    const config = readConfig({
      PORT: '8080',
      ROLE: 'worker',
      SIMULATORS: 'off',
      DEMO: 'off',
      DIAL_CODE: '*123#',
    })
    const { PORT, ROLE, SIMULATORS, DEMO, DIAL_CODE } = config
    assert.deepEqual([PORT, ROLE, SIMULATORS, DEMO, DIAL_CODE], [8080, 'worker', 'off', 'off', '*123#'])
  })

  const bad: readonly [string, ...string[]][] = [
    ['NODE_ENV', 'prod'],
    ['ROLE', 'boss'],
    ['LOG_LEVEL', 'trace'],
    ['PORT', 'x', '-1', '65536', '80.5'],
    ['INTERNAL_PORT', 'x'],
    ['SIM_PORT', 'x'],
    ['SIMULATORS', 'yes'],
    ['DEMO', 'true'],
    [
      'DATABASE_URL',
      'db',
      'localhost:5432',
      'postgres:',
      'postgres:///inzira',
      'postgres://:5432/inzira',
      'mysql://db/inzira',
    ],
    ['REDIS_URL', 'cache', 'localhost:6379', 'redis:', 'redis:///0', 'http://cache'],
    ['PUBLIC_URL', 'inzira', 'localhost:3000', 'https:', 'ftp://inzira.rw'],
    ['PROXIES', '6', '-1'],
    ['DEFAULT_LANGUAGE', 'sw'],
    ['DIAL_CODE', '384', '*384', '384#', '*38a#'],
    ['WHATSAPP', 'on'],
    ['AT_SMS_URL', 'x', 'localhost:3900'],
    ['AT_VOICE_URL', 'x', 'localhost:3900'],
    ['WHATSAPP_GRAPH_URL', 'x', 'localhost:3900'],
    ['MTN_URL', 'x', 'localhost:3900'],
    ['RURA_URL', 'x', 'localhost:3900'],
  ]
  for (const [name, ...values] of bad)
    for (const value of values)
      it(`${name} may not be ${JSON.stringify(value)}`, () => refused({ [name]: value }, name))

  const good: readonly [string, ...string[]][] = [
    ['DATABASE_URL', 'postgres://db', 'postgresql://me:se:cret@[::1]:5432/inzira?sslmode=require'],
    // A socket of the same machine.
    ['DATABASE_URL', 'postgres://%2Fvar%2Frun%2Fpostgresql/inzira'],
    ['REDIS_URL', 'redis://localhost', 'rediss://:secret@cache:6380/3'],
    ['PUBLIC_URL', 'https://inzira.rw', 'http://127.0.0.1:3000/under'],
  ]
  for (const [name, ...values] of good)
    for (const value of values)
      it(`${name} may be ${value}`, () => assert.equal(setting(name, { [name]: value }), value))

  const names = [...Object.keys(readConfig({})), ...bad.map(([name]) => name), 'LOG_FILE', 'CHROME_BIN']
  for (const name of new Set(names))
    it(`${name} may be left out, but not be empty`, () => {
      for (const value of ['', ' ', '\t\n']) refused({ [name]: value }, name, /^is empty/)
      assert.deepEqual(setting(name, { [name]: undefined }), setting(name, {}))
    })
})

describe('settings in production', () => {
  it('may be these, and then there are no stand-ins and no demo', () => {
    const { SIMULATORS, DEMO } = readConfig(PRODUCTION)
    assert.deepEqual([SIMULATORS, DEMO], ['off', 'off'])
  })

  for (const name of ['HOOK_SECRET', 'TOKEN_SECRET'])
    for (const value of [undefined, 'dev', SECRET.slice(1)])
      it(`refuse ${value ?? 'no'} ${name}`, () =>
        refused({ ...PRODUCTION, [name]: value }, name, /128 random bits/))

  it('do not print a secret that is too short', () =>
    assert.throws(() => readConfig({ ...PRODUCTION, HOOK_SECRET: 'hunter2' }), /^(?!.*hunter2)/))

  for (const name of ['DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL', 'MTN_URL'])
    it(`refuse to guess ${name}`, () => refused({ ...PRODUCTION, [name]: undefined }, name, /where it is/))

  const keys = [
    ['AT_API_KEY', 'MTN_API_KEY', 'MTN_COLLECTION_KEY', 'MTN_DISBURSEMENT_KEY'],
    ['WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_ACCESS_TOKEN'],
  ] as const
  for (const name of keys.flat())
    for (const [label, value] of [
      ['the default', undefined],
      ['a development value', 'dev-access-token'],
    ] as const)
      it(`refuse ${label} of ${name}`, () =>
        refused({ ...PRODUCTION, [name]: value }, name, /development value/))

  for (const WHATSAPP of ['off', 'web'])
    it(`ask for no keys of the Cloud API when WhatsApp is ${WHATSAPP}`, () => {
      const without = Object.fromEntries(keys[1].map((name) => [name, undefined]))
      assert.equal(readConfig({ ...PRODUCTION, ...without, WHATSAPP }).WHATSAPP, WHATSAPP)
    })
})

describe('tax receipts', () => {
  const device = {
    VSDC_URL: 'http://vsdc:8085',
    VSDC_TIN: '100600570',
    VSDC_SELLER: 'Moto Kigali Ltd',
    VSDC_ADDRESS: 'KG 1 Ave, Kigali',
  }

  it('are given in the demo that starts its own simulators, and wherever there is a device', () => {
    const isOn = (env: Env) => readConfig(env).VSDC
    assert.equal(isOn({}), 'on')
    for (const env of [{ NODE_ENV: 'test' }, { ROLE: 'worker' }, { DEMO: 'off' }, { SIMULATORS: 'off' }])
      assert.equal(isOn(env), 'off')
    assert.equal(isOn(PRODUCTION), 'off')
    assert.equal(isOn({ ...PRODUCTION, ...device }), 'on')
    assert.equal(isOn({ ...PRODUCTION, ...device, VSDC: 'off' }), 'off')
  })

  for (const name of ['VSDC_TIN', 'VSDC_SELLER', 'VSDC_ADDRESS'])
    it(`need ${name} of their own in production`, () =>
      refused({ ...PRODUCTION, ...device, [name]: undefined }, name, /development value/))

  it('need to be told where the device is in production', () =>
    refused({ ...PRODUCTION, ...device, VSDC: 'on', VSDC_URL: undefined }, 'VSDC_URL', /where it is/))

  for (const [name, value] of [
    ['VSDC_TIN', '12345678'],
    ['VSDC_BRANCH', '0'],
    ['VSDC_LAST_INVOICE', '-1'],
    ['VSDC_URL', 'localhost:8085'],
  ] as const)
    it(`${name} may not be ${value}`, () => refused({ [name]: value }, name))
})

describe('ways to pay', () => {
  const production = {
    NODE_ENV: 'production',
    HOOK_SECRET: 'x'.repeat(22),
    TOKEN_SECRET: 'x'.repeat(22),
    DATABASE_URL: 'postgres://db/inzira',
    REDIS_URL: 'redis://cache',
    PUBLIC_URL: 'https://inzira.example',
    AT_API_KEY: 'own',
    WHATSAPP: 'off',
  }
  const airtel = {
    PAYMENTS: 'airtel',
    AIRTEL_URL: 'https://openapi.airtel.co.rw',
    AIRTEL_CLIENT_SECRET: 'own',
  }

  it('are offered in the order given, those that we know', () => {
    assert.deepEqual(readConfig({ PAYMENTS: 'airtel, mtn' }).PAYMENTS, ['airtel', 'mtn'])
    assert.throws(() => readConfig({ PAYMENTS: 'mtn,cowries' }), /^Error: PAYMENTS/)
  })
  it("need their own address and secrets in production, and nobody else's", () => {
    assert.deepEqual(readConfig({ ...production, ...airtel }).PAYMENTS, ['airtel'])
    const { AIRTEL_URL: _url, ...nowhere } = airtel
    assert.throws(() => readConfig({ ...production, ...nowhere }), /^Error: AIRTEL_URL: production must say/)
    const { AIRTEL_CLIENT_SECRET: _secret, ...open } = airtel
    assert.throws(
      () => readConfig({ ...production, ...open }),
      /^Error: AIRTEL_CLIENT_SECRET: production may not/,
    )
  })
})
