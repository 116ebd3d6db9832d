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
    ['DEFAULT_LANGUAGE', 'de'],
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

  const settings = Object.keys(readConfig({})).filter((name) => name !== 'RENEWED')
  const names = [...settings, ...bad.map(([name]) => name), 'LOG_FILE', 'CHROME_BIN']
  for (const name of new Set(names))
    it(`${name} may be left out, but not be empty`, () => {
      for (const value of ['', ' ', '\t\n']) refused({ [name]: value }, name, /^is empty/)
      assert.deepEqual(setting(name, { [name]: undefined }), setting(name, {}))
    })
})

describe('aggregators of USSD', () => {
  it('are one where nothing is said, and all of them in a demo', () => {
    assert.deepEqual(readConfig({ NODE_ENV: 'test' }).USSD_GATEWAYS, ['africastalking'])
    assert.ok(readConfig({}).USSD_GATEWAYS.length > 10)
  })

  it('are those that are named', () =>
    assert.deepEqual(readConfig({ USSD_GATEWAYS: 'nalo, hubtel' }).USSD_GATEWAYS, ['nalo', 'hubtel']))

  for (const [name, value] of [
    ['USSD_GATEWAYS', 'nobody'],
    ['USSD_CODES', '928'],
    ['USSD_CODES', '*928*1#,'],
  ] as const)
    it(`${name} may not be ${value}`, () =>
      assert.throws(() => readConfig({ [name]: value }), new RegExp(name)))
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

  for (const name of ['HOOK_SECRET', 'USSD_SECRET'])
    it(`refuse an older ${name} that could be guessed`, () =>
      refused({ ...PRODUCTION, [name]: `${SECRET},hunter2` }, name, /128 random bits/))

  it('keep the older secret open beside the new one', () => {
    const now = 'f'.repeat(22)
    const config = readConfig({ ...PRODUCTION, HOOK_SECRET: `${now},${SECRET}`, USSD_SECRET: `${SECRET}u` })
    assert.deepEqual(
      config.RENEWED.map(({ path, ...one }) => [path, one.was, one.now]),
      ['payments', 'sms', 'voice'].map((doors) => [`/hooks/${doors}/`, SECRET, now]),
    )
    assert.deepEqual([config.HOOK_SECRET, config.SMS_SECRET, config.USSD_SECRET], [now, now, `${SECRET}u`])
  })

  it('refuse the password of a sandbox, where screens go by it', () =>
    refused({ ...PRODUCTION, USSD_GATEWAYS: 'ideamart' }, 'IDEAMART_PASSWORD', /development value/))

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
    assert.deepEqual(readConfig({}).PAYMENTS, ['mtn', 'satim', 'stripe'])
    assert.deepEqual(readConfig({ NODE_ENV: 'test' }).PAYMENTS, ['mtn'])
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

describe('what may be said', () => {
  it('is texted where we have a market, without a limit, and on WhatsApp to whom wrote lately', () => {
    const config = readConfig({})
    assert.deepEqual(config.SMS_NUMBERS, ['+250', '+213', '+254', '+234', '+92'])
    assert.deepEqual([config.SMS_SPEND_A_DAY, config.WHATSAPP_TEMPLATES], [{}, {}])
  })
  it('costs so much a day, in a country’s own money', () => {
    assert.deepEqual(readConfig({ SMS_SPEND_A_DAY: 'RW=RWF 50000, KE=KES 2000.50' }).SMS_SPEND_A_DAY, {
      RW: { amountMinor: 50_000, currency: 'RWF' },
      KE: { amountMinor: 200_050, currency: 'KES' },
    })
    for (const wrong of ['RWF 50000', 'RW=50000', 'RW=RWF 0.5', 'RW=XYZ 5', 'RW=RWF 5,'])
      assert.throws(() => readConfig({ SMS_SPEND_A_DAY: wrong }), /SMS_SPEND_A_DAY: must be as/)
  })
  it('is a template by what it is for and the language', () => {
    assert.deepEqual(
      readConfig({ WHATSAPP_TEMPLATES: 'booking.en=news,offer.rw=akazi' }).WHATSAPP_TEMPLATES,
      {
        'booking.en': 'news',
        'offer.rw': 'akazi',
      },
    )
    for (const wrong of ['booking=news', 'booking.en=', 'booking.en=News!'])
      assert.throws(() => readConfig({ WHATSAPP_TEMPLATES: wrong }), /WHATSAPP_TEMPLATES: must be as/)
  })
})

describe('one-time codes', () => {
  it("go to the operator's own country, and in the demo to every country it sells in", () => {
    assert.deepEqual(readConfig(PRODUCTION).OTP_NUMBERS, ['+250'])
    assert.deepEqual(readConfig({ NODE_ENV: 'test' }).OTP_NUMBERS, ['+250'])
    assert.deepEqual(readConfig({}).OTP_NUMBERS, ['+250', '+213', '+92', '+234'])
  })

  it('go where they are told to', () => {
    assert.deepEqual(readConfig({ ...PRODUCTION, OTP_NUMBERS: '+250, +254' }).OTP_NUMBERS, ['+250', '+254'])
    for (const [value, at] of Object.entries({ '250': 0, '+250,': 1, all: 0 }))
      refused({ OTP_NUMBERS: value }, `OTP_NUMBERS.${at}`)
  })
})

describe('a line to a carrier', () => {
  const own = {
    ...PRODUCTION,
    SMS_GATEWAY: 'smpp',
    SMPP_URL: 'ssmpp://smsc.example:3550',
    SMPP_PASSWORD: 'own-pass',
  }

  it('is not there where nothing is said', () => {
    const { SMS_GATEWAY, SMPP_USSD, SMPP_WINDOW, SMPP_MESSAGE_IDS, SMPP_USSD_SESSION } = readConfig({})
    assert.deepEqual(
      [SMS_GATEWAY, SMPP_USSD, SMPP_WINDOW, SMPP_MESSAGE_IDS, SMPP_USSD_SESSION],
      ['africastalking', 'off', 10, 'text', 0x1383],
    )
  })

  it('is as its carrier has it', () => {
    const settings = {
      SMPP_USSD_OPS: '01,12,81,02,17',
      SMPP_USSD_SESSION: '0204',
      SMPP_MESSAGE_IDS: 'hex-decimal',
    }
    const config = readConfig({ ...own, ...settings })
    assert.deepEqual(config.SMPP_USSD_OPS, { begin: 0x01, answer: 0x12, abort: 0x81, ask: 0x02, end: 0x17 })
    assert.equal(config.SMPP_USSD_SESSION, 0x0204)
    assert.equal(readConfig({ SMPP_USSD_SESSION: 'source' }).SMPP_USSD_SESSION, null)
  })

  const wrong: readonly (readonly [string, string])[] = [
    ['SMS_GATEWAY', 'pigeon'],
    ['SMPP_URL', 'https://smsc.example'],
    ['SMPP_URL', 'smsc.example:2775'],
    ['SMPP_SYSTEM_ID', 'sixteen-letters!'],
    ['SMPP_PASSWORD', 'nine-long'],
    ['SMPP_WINDOW', '0'],
    ['SMPP_TPS', 'many'],
    ['SMPP_MESSAGE_IDS', 'hex'],
    ['SMPP_USSD_OPS', '1,2,3'],
    ['SMPP_USSD_SESSION', 'phone'],
  ]
  for (const [name, value] of wrong) it(`refuses ${name}=${value}`, () => refused({ [name]: value }, name))

  it('needs its address and a password of its own in production', () => {
    assert.equal(readConfig(own).SMS_GATEWAY, 'smpp')
    refused({ ...own, SMPP_URL: undefined }, 'SMPP_URL', /must say where/)
    refused({ ...own, SMPP_PASSWORD: 'secret' }, 'SMPP_PASSWORD', /development value/)
    refused({ ...PRODUCTION, SMPP_USSD: 'on' }, 'SMPP_URL', /must say where/)
  })
})

describe('who carries texts over HTTP', () => {
  it('needs secrets of its own in production, and Infobip its host', () => {
    const twilio = {
      ...PRODUCTION,
      SMS_GATEWAY: 'twilio',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'own',
    }
    assert.equal(readConfig(twilio).SMS_GATEWAY, 'twilio')
    refused({ ...twilio, TWILIO_AUTH_TOKEN: undefined }, 'TWILIO_AUTH_TOKEN', /development value/)
    const infobip = { ...PRODUCTION, SMS_GATEWAY: 'infobip', INFOBIP_API_KEY: 'own' }
    assert.equal(readConfig({ ...infobip, INFOBIP_URL: 'https://x.api.infobip.com' }).SMS_GATEWAY, 'infobip')
    refused(infobip, 'INFOBIP_URL', /must say where/)
    refused({ ...infobip, INFOBIP_URL: 'https://x.test', INFOBIP_API_KEY: undefined }, 'INFOBIP_API_KEY')
  })
})
