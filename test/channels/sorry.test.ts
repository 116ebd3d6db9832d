import assert from 'node:assert/strict'
import { parseXml } from '../../simulators/calls/xml.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { septets } from '../../src/core/talk/gsm7.ts'
import { createProviders } from '../../src/providers.ts'
import { createClaims, noCredit } from '../payments/claims.ts'
import { noting, recording, unnumbering } from './hosting.ts'
import { type Host, host } from './simulated.ts'

const CUSTOMER = '+250788000001'
const SORRY = {
  en: 'Sorry, something went wrong. Please try again in 2 minutes.',
  rw: 'Mutubabarire, habaye ikibazo. Mwongere mu minota 2.',
  fr: 'Pardon, un problème est survenu. Réessayez dans 2 minutes.',
} as const

const away = () => Promise.reject(new Error('database away'))
const broken = { ...recording(), receive: away, missedCall: away, ended: away }

describe('somebody who waits for an answer, while we fail,', () => {
  let gateway: Host
  let logged: string[]
  afterEach(() => gateway.stop())

  async function failing(language: string) {
    logged = []
    const log = noting(logged)
    const { channels } = createProviders(
      readConfig({ DEFAULT_LANGUAGE: language }),
      'http://inzira.test',
      { claims: createClaims(), credit: noCredit, ...unnumbering },
      systemClock,
      log,
    )
    gateway = await host(() => [channels.ussd, channels.voice].flatMap((one) => one.hooks(broken)), log)
  }
  async function post(path: string, fields: Readonly<Record<string, string>>) {
    const body = new URLSearchParams(fields)
    const answer = await fetch(`${gateway.url}/hooks/${path}/africastalking/dev`, { method: 'POST', body })
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    assert.doesNotMatch(text, /database away|\.ts:\d+/)
    return { type: answer.headers.get('content-type'), text }
  }
  const dial = { sessionId: 's1', phoneNumber: CUSTOMER, serviceCode: '*384*77#', text: '1' }
  const call = {
    isActive: '1',
    sessionId: 's2',
    direction: 'Outbound',
    callerNumber: CUSTOMER,
    destinationNumber: '+250788384700',
  }
  const isLogged = (event: string) => {
    assert.equal(logged.length, 1, logged.join('\n'))
    assert.match(logged.join(), new RegExp(`^${event} .*database away`))
    assert.ok(!logged.join().includes(CUSTOMER))
  }

  for (const [language, words] of Object.entries(SORRY)) {
    it(`is told so on the screen (${language})`, async () => {
      await failing(language)
      const { type, text } = await post('ussd', dial)
      assert.match(type ?? '', /^text\/plain/)
      assert.equal(text, `END ${words}`)
      assert.ok((septets(text) ?? Number.POSITIVE_INFINITY) <= 160)
      isLogged('ussd.failed')
    })

    for (const [label, fields] of [
      ['in a call', { dtmfDigits: '1' }],
      ['who rings us', { direction: 'Inbound' }],
    ] as const)
      it(`${label} is told so before we hang up (${language})`, async () => {
        await failing(language)
        const { type, text } = await post('voice', { ...call, ...fields })
        assert.match(type ?? '', /^application\/xml/)
        const { name, children } = parseXml(text)
        assert.equal(name, 'Response')
        assert.deepEqual(
          children.map((said) => [said.name, said.text]),
          [['Say', words]],
        )
        isLogged('voice.failed')
      })
  }

  it('is not spoken to once the call is over', async () => {
    await failing('en')
    const { text } = await post('voice', { ...call, isActive: '0' })
    assert.deepEqual(parseXml(text).children, [])
    isLogged('voice.failed')
  })
})
