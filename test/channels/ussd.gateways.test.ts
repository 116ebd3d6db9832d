import assert from 'node:assert/strict'
import { beyond, dialledOf, type Gateway, type Hop } from '../../src/channels/ussd/gateway.ts'
import { GATEWAYS } from '../../src/channels/ussd/gateways.ts'
import { ussd } from '../../src/channels/ussd/index.ts'
import { USSD_GATEWAYS, type UssdGateway } from '../../src/core/base/channels.ts'
import type { Hook, HookAnswer, HookRequest } from '../../src/core/base/hook.ts'
import type { Http } from '../../src/core/base/http.ts'
import { openTo } from '../../src/core/base/secrets.ts'
import { noting, recording, SORRY } from './hosting.ts'
import { type Raw, SCREEN, WIRES } from './ussd-wires.ts'

const NOW = 1_700_000_000_000
const SECRET = 's3cret'
const sends: { url: string; body: unknown }[] = []
const http: Http = async ({ url, body = '' }) => {
  sends.push({ url, body: JSON.parse(body) })
  return { kind: 'answer', status: 200, headers: {}, body: '{"statusCode":"S1000"}' }
}
const settings = {
  serviceCodes: ['*384*77#', '*928#'],
  urlOf: (name: string) => `http://us/${name}/a&b`,
  ideamart: { url: 'http://ideamart/send', applicationId: 'APP_1', password: 'pw', http },
}
const gateway = (name: UssdGateway): Gateway => GATEWAYS[name](settings)

/** A request by the path it takes behind the secret. */
function requestOf(raw: Raw, hook: { path: string }, secret = SECRET): HookRequest {
  const url = new URL(raw.to ?? '', 'http://x/')
  const parts = (path: string) => path.split('/')
  const said = parts(`/hooks/ussd/name/${secret}${(raw.to ?? '').replace(/\?.*/, '')}`)
  const params: Record<string, string> = {}
  for (const [n, part] of parts(hook.path).entries())
    if (part.startsWith(':')) params[part.slice(1)] = said[n] ?? ''
  const query = Object.fromEntries(url.searchParams)
  return { method: raw.method ?? 'POST', params, query, headers: {}, body: Buffer.from(raw.body ?? '') }
}

const depth = (path: string): number => path.split('/').length
function hookFor(hooks: readonly Hook[], raw: Raw): Hook {
  const path = (raw.to ?? '').replace(/\?.*/, '')
  const found = hooks.find(
    (hook) =>
      hook.methods.some((method) => method === (raw.method ?? 'POST')) &&
      depth(hook.path) === 5 + depth(path) - 1 &&
      (path !== '/end' || hook.path.endsWith('/end')),
  )
  assert.ok(found, `no door for ${JSON.stringify(raw)}`)
  return found
}

describe('the wire of', () => {
  for (const name of USSD_GATEWAYS)
    describe(name, () => {
      const { heard, open, closed, headers } = WIRES[name]
      const read = (raw: Raw) => {
        const doors = gateway(name).doors.map((door) => ({
          ...door,
          path: `/hooks/ussd/name/:secret${door.path}`,
          answer: async (): Promise<HookAnswer> => assert.fail(),
        }))
        return gateway(name).read(requestOf(raw, hookFor(doors, raw)))
      }
      for (const [label, raw, said] of heard)
        it(`reads ${label}`, () => {
          const usual = { session: 's1', phone: name === 'africastalking' ? '+250788000001' : '250788000001' }
          const whole =
            said === null || said === 'noted' ? said : { ...usual, ...('kind' in said ? { said } : said) }
          assert.deepEqual(read(raw).hop, whole satisfies Partial<Hop> | null | 'noted')
        })
      it('writes a screen, and the same screen the same', () => {
        const [first] = heard
        assert.ok(first)
        for (const [isOpen, wire, n] of [
          [true, open, 0],
          [false, closed, 1],
        ] as const) {
          const answer = read(first[1]).write({ text: SCREEN, isOpen })
          assert.equal(answer.body, wire)
          assert.deepEqual(answer.headers, headers?.[n])
          assert.equal(answer.status, 200)
          assert.deepEqual(read(first[1]).write({ text: SCREEN, isOpen }), answer)
        }
      })
      it('answers what is no request of theirs, and what nobody sees', () => {
        for (const raw of [{}, { body: '{' }, { body: '<a' }, { body: '\0\uffff' }]) {
          const request = {
            method: 'POST',
            params: {},
            query: {},
            headers: {},
            body: Buffer.from(raw.body ?? ''),
          }
          const reading = gateway(name).read(request)
          for (const screen of [null, { text: 'Sorry', isOpen: false }])
            assert.equal(reading.write(screen).status, 200)
        }
      })
    })
})

describe('what was dialled', () => {
  for (const [code, text, dialled] of [
    ['*384*77#', '', '384*77'],
    ['384', '*384*77*1#', '384*77*1'],
    ['*384*77#', '1*2', '384*77*1*2'],
    ['*384*77#', '384*77*1', '384*77*1'],
    ['', '*384*77#', '384*77'],
    ['', '', null],
    ['', '*#', null],
  ] as const)
    it(`is ${dialled} of "${code}" and "${text}"`, () => assert.equal(dialledOf(code, text), dialled))

  it('is ours when a code of ours is at its beginning, whole', () => {
    const codes = settings.serviceCodes
    const read = ['384*77', '384*77*1*2', '928*5', '384*771', '384', '77'].map((one) => beyond(one, codes))
    assert.deepEqual(read, ['', '1*2', '5', null, null, null])
  })
})

describe('every aggregator', () => {
  const lines: string[] = []
  const stage = (body: (text: string) => string = () => 'CON hi', clock = { now: () => NOW }) => {
    const doors = recording(({ input }) => body('text' in input ? input.text : ''))
    const channel = ussd({
      gateways: USSD_GATEWAYS.map(gateway),
      secret: SECRET,
      serviceCodes: settings.serviceCodes,
      sorry: SORRY,
      clock,
      log: noting(lines),
    })
    return { doors, channel }
  }
  const call = (hooks: readonly Hook[], name: string, raw: Raw, secret = SECRET) => {
    const hook = hookFor(
      hooks.filter(({ path }) => path.startsWith(`/hooks/ussd/${name}/`)),
      raw,
    )
    return hook.answer(requestOf(raw, hook, secret))
  }

  beforeEach(() => {
    lines.length = 0
    sends.length = 0
  })

  for (const name of USSD_GATEWAYS) {
    const { heard, open, closed } = WIRES[name]
    const [dial] = heard
    assert.ok(dial)

    it(`${name} is heard under its own name, its person and the day`, async () => {
      const { doors, channel } = stage()
      await call(channel.hooks(doors), name, dial[1])
      const [inbound] = doors.heard
      assert.equal(inbound?.person, '+250788000001')
      assert.match(inbound?.session ?? '', new RegExp(`^${name}:`))
      assert.match(inbound?.messageId ?? '', new RegExp(`^ussd:${name}:.*:19675:\\+250788000001:`))
    })

    it(`${name} is told by its own wire`, async () => {
      for (const [body, wire] of [
        [`CON ${SCREEN}`, open],
        [`END ${SCREEN}`, closed],
      ] as const) {
        const { doors, channel } = stage(() => body)
        assert.equal((await call(channel.hooks(doors), name, dial[1])).body, wire)
      }
    })

    it(`${name} finds no door with a wrong secret, and an older one still opens it`, async () => {
      const { doors, channel } = stage()
      const renewed = [{ name: 'USSD_SECRET', path: '/hooks/ussd/', was: 'old', now: SECRET }] as const
      const hooks = channel.hooks(doors).map(openTo(renewed))
      for (const secret of ['wrong', '', `${SECRET} `, 'ol']) {
        const { status, body } = await call(hooks, name, dial[1], secret)
        assert.deepEqual([status, body], [404, 'Not Found'])
      }
      assert.equal(doors.heard.length, 0)
      assert.equal((await call(hooks, name, dial[1], 'old')).status, 200)
      assert.equal(doors.heard.length, 1)
    })

    it(`${name} gets a polite end while we fail, and no number is logged`, async () => {
      const { doors, channel } = stage()
      const broken = { ...doors, receive: () => Promise.reject(new Error('away')) }
      const answer = await call(channel.hooks(broken), name, dial[1])
      assert.equal(answer.status, 200)
      if (name === 'ideamart') assert.match(JSON.stringify(sends), /mt-fin.*/)
      else assert.match(answer.body, /Sorry, something went wrong/)
      assert.match(lines.join('\n'), /away/)
      assert.doesNotMatch(lines.join('\n'), /250788000001/)
    })
  }

  for (const [name, raw] of [
    ['africastalking', { body: 'sessionId=s&phoneNumber=%2B250788000001&serviceCode=*999%23&text=' }],
    [
      'hubtel',
      {
        body: '{"Type":"Initiation","Mobile":"250788000001","SessionId":"s","Message":"*999#","Sequence":1}',
      },
    ],
    [
      'arkesel',
      { body: '{"sessionID":"s","userID":"u","newSession":true,"msisdn":"250788000001","userData":"*999#"}' },
    ],
    ['madapi', { body: '{"sessionId":"s","messageType":"0","msisdn":"250788000001","serviceCode":"*999#"}' }],
    ['safaricom', { method: 'GET', to: '?ORIG=250788000001&DEST=999&SESSION_ID=s&USSD_PARAMS=' }],
  ] as const)
    it(`${name} hears that a code is none of ours`, async () => {
      const { doors, channel } = stage()
      const answer = await call(channel.hooks(doors), name, raw)
      assert.match(answer.body, /This code is not in use/)
      assert.equal(doors.heard.length, 0)
    })

  it('is told once more what it was told, byte for byte, whatever is in it', async () => {
    for (const said of [
      'END bye',
      'x\nCON 1',
      '</msg><type>3</type>',
      '\u202Eevil',
      '"}{',
      '&amp;',
      'a\0b',
    ]) {
      const { doors, channel } = stage((text) => `CON ${text}`)
      const hooks = channel.hooks(doors)
      for (const name of ['hubtel', 'infobip', 'madapi'] as const) {
        const raw = JSON.parse(
          WIRES[name].heard.find(
            ([, , one]) => one && typeof one === 'object' && 'kind' in one && one.kind === 'input',
          )?.[1].body ?? '',
        )
        const body = JSON.stringify({ ...raw, Message: said, text: said, ussdString: said })
        const to = WIRES[name].heard.find(([label]) => label === 'an answer')?.[1].to
        const [one, two] = [1, 2].map(() => call(hooks, name, { body, ...(to ? { to } : {}) }))
        const answer = await one
        assert.deepEqual(answer, await two)
        assert.match(answer?.body ?? '', /"Type":"response"|"shouldClose":false|"userInputRequired":true/)
      }
    }
  })

  it('that is asynchronous gets its screen by a call of ours, before we say that all is well', async () => {
    const { doors, channel } = stage(() => 'END bye')
    const [, dial] = WIRES.ideamart.heard[0] ?? assert.fail()
    await call(channel.hooks(doors), 'ideamart', dial)
    assert.deepEqual(sends, [
      {
        url: 'http://ideamart/send',
        body: {
          applicationId: 'APP_1',
          password: 'pw',
          version: '1.0',
          message: 'bye',
          sessionId: 's1',
          ussdOperation: 'mt-fin',
          destinationAddress: 'tel:250788000001',
          encoding: '440',
        },
      },
    ])
  })

  it('says who hung up', async () => {
    const { doors, channel } = stage()
    const hooks = channel.hooks(doors)
    let told = 0
    for (const name of USSD_GATEWAYS)
      for (const [, raw, said] of WIRES[name].heard)
        if (said && typeof said === 'object' && 'kind' in said && said.kind === 'over') {
          await call(hooks, name, raw)
          told += 1
          const end = doors.ends.at(-1)
          assert.deepEqual(
            [end?.person, end?.session, end?.completed],
            ['+250788000001', `${name}:s1`, said.completed],
          )
        }
    assert.equal(doors.ends.length, told)
    assert.ok(told > 10)
    assert.equal(doors.heard.length, 0)
  })

  it('keeps ids short enough to be indexed, however long the text', async () => {
    const { doors, channel } = stage()
    const hooks = channel.hooks(doors)
    const hop = (text: string) => ({
      body: `sessionId=s&phoneNumber=%2B250788000001&serviceCode=*384*77%23&text=${text}`,
    })
    for (const text of ['x'.repeat(3_000), 'x'.repeat(3_001)]) await call(hooks, 'africastalking', hop(text))
    const ids = doors.heard.map(({ messageId }) => messageId)
    assert.equal(new Set(ids).size, 2)
    assert.ok(ids.every((id) => id.length < 200))
    assert.match((await call(hooks, 'africastalking', hop('x'.repeat(3_201)))).body, /^END Sorry/)
  })
})
