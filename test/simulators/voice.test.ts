import assert from 'node:assert/strict'
import { readActions } from '../../simulators/africastalking/actions.ts'
import { formOf, freshPhone, type Stage, stage } from './stage.ts'

const HOOK = '/hooks/voice/africastalking/s3cret'
const FORM = { 'content-type': 'application/x-www-form-urlencoded', apikey: 'K' }

interface Call {
  sessionId: string
  direction: string
  state: string
  says: string[]
  expects: { numDigits?: number; finishOnKey?: string; timeout: number } | null
}

interface Queued {
  entries: { phoneNumber: string; sessionId: string; status: string }[]
  errorMessage: string
}

interface Line {
  channel: string
  text: string
  error?: string
}

const response = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`

describe('simulated voice', () => {
  let on: Stage
  let phone: string

  beforeEach(async () => {
    on = await stage()
    phone = freshPhone()
  })
  afterEach(() => on.stop())

  /** Answers the n-th question about an active call with the n-th of `inners`, and empty ones after. */
  const saying = (...inners: string[]) =>
    on.answering((hit) => ({ body: response(formOf(hit).isActive === '1' ? (inners.shift() ?? '') : '') }))
  const handset = async (act: string, body: object) =>
    (await on.post<Call>(`/africastalking/_handset/${act}`, body)).json
  const callOut = (fields: Record<string, string> = {}) => {
    const form = new URLSearchParams({ username: 'sandbox', to: phone, from: '+250730000077', ...fields })
    return on.post<Queued>('/africastalking/voice/call', form.toString(), FORM)
  }
  const ringing = async () => (await callOut()).json.entries[0]?.sessionId ?? ''
  const asked = () =>
    on
      .heard(HOOK)
      .map(formOf)
      .filter(({ isActive }) => isActive === '1')
  const ended = async () => {
    const last = (hits: ReturnType<typeof formOf>[]) => hits.filter(({ isActive }) => isActive === '0')
    for (let count = asked().length + 1; last(on.heard(HOOK).map(formOf)).length === 0; )
      await on.until(HOOK, count)
    return last(on.heard(HOOK).map(formOf))
  }

  it('calls a phone: 200 in the recorded shape, and the phone rings', async () => {
    const { status, json } = await callOut()
    const sessionId = json.entries[0]?.sessionId ?? ''
    assert.equal(status, 200)
    assert.match(sessionId, /^ATVId_[0-9a-f]{32}$/)
    const entries = [{ phoneNumber: phone, sessionId, status: 'Queued' }]
    assert.deepEqual(json, { entries, errorMessage: 'None' })
    const path = `/africastalking/_handset/calls?phone=${encodeURIComponent(phone)}`
    const [call] = (await on.get<Call[]>(path)).json
    assert.deepEqual([call?.state, call?.direction], ['Ringing', 'Outbound'])
  })

  it('asks the hook when the phone is picked up, with every field', async () => {
    saying('<Say>Muraho</Say><GetDigits timeout="5" numDigits="1"><Say>1 yego</Say></GetDigits>')
    const call = await handset('answer', { sessionId: await ringing() })
    const { callStartTime, ...fields } = asked()[0] ?? {}
    assert.match(callStartTime ?? '', /^\d{4}-\d\d-\d\d\+\d\d:\d\d:\d\d$/)
    assert.deepEqual(fields, {
      isActive: '1',
      sessionId: call.sessionId,
      direction: 'Outbound',
      callerNumber: phone,
      destinationNumber: '+250730000077',
      callerCountryCode: '250',
      callSessionState: 'Active',
    })
    assert.deepEqual([call.state, call.says], ['Active', ['Muraho', '1 yego']])
    assert.deepEqual(call.expects, { numDigits: 1, timeout: 5 })
  })

  it('puts what is said in the ledger', async () => {
    saying('<Say>Fish &amp; chips &lt;hot&gt;</Say>')
    await handset('answer', { sessionId: await ringing() })
    const path = `/africastalking/_ledger?to=${encodeURIComponent(phone)}`
    const lines = (await on.get<Line[]>(path)).json
    assert.deepEqual(
      lines.map(({ channel, text }) => [channel, text]),
      [['voice', 'Fish & chips <hot>']],
    )
  })

  it('loses the line after the gateway has answered: nothing of that is said, and the call is over', async () => {
    saying('<GetDigits numDigits="1"/>', '<Say>thanks</Say><GetDigits/>')
    const sessionId = await ringing()
    await handset('answer', { sessionId })
    const call = await handset('digits', { sessionId, digits: '1', lost: true })
    assert.deepEqual([call.state, call.says, call.expects], ['Completed', [], null])
    assert.deepEqual(
      asked().map(({ dtmfDigits }) => dtmfDigits),
      [undefined, '1'],
    )
    assert.deepEqual(
      (await ended()).map(({ hangupCause }) => hangupCause),
      ['NORMAL_TEMPORARY_FAILURE'],
    )
  })

  it('sends digits to the callbackUrl, once numDigits are there; the rest are lost', async () => {
    const url = `${on.gatewayUrl}/elsewhere?a=1&amp;b=2`
    saying(`<GetDigits numDigits="2" callbackUrl="${url}"/>`, '<Say>thanks</Say>')
    const sessionId = await ringing()
    await handset('answer', { sessionId })
    assert.deepEqual((await handset('digits', { sessionId, digits: '1' })).expects, {
      numDigits: 2,
      timeout: 30,
    })
    await handset('digits', { sessionId, digits: '23' })
    const [hit] = on.heard('/elsewhere?a=1&b=2')
    assert.equal(formOf(hit).dtmfDigits, '12')
  })

  it('ends digits at finishOnKey', async () => {
    saying('<GetDigits finishOnKey="#"/>', '<Say>thanks</Say>')
    const sessionId = await ringing()
    await handset('answer', { sessionId })
    await handset('digits', { sessionId, digits: '48' })
    const { says } = await handset('digits', { sessionId, digits: '21#' })
    assert.deepEqual([asked()[1]?.dtmfDigits, says], ['4821', ['thanks']])
  })

  it('falls through without a callback when nothing is pressed, and hangs up at the end', async () => {
    saying('<GetDigits timeout="5"><Say>choose</Say></GetDigits><Say>sorry</Say><GetDigits timeout="5"/>')
    const sessionId = await ringing()
    await handset('answer', { sessionId })
    await on.advance(6_000)
    const path = `/africastalking/_handset/calls?phone=${encodeURIComponent(phone)}`
    assert.deepEqual((await on.get<Call[]>(path)).json[0]?.says, ['choose', 'sorry'])
    assert.equal(asked().length, 1)
    await on.advance(6_000)
    assert.equal((await on.get<Call[]>(path)).json[0]?.state, 'Completed')
    assert.equal(asked().length, 1)
  })

  it('reports the end of a call with its duration', async () => {
    saying('<GetDigits timeout="60"/>')
    const sessionId = await ringing()
    await handset('answer', { sessionId })
    await on.advance(9_500)
    assert.equal((await handset('hangupcall', { sessionId })).state, 'Completed')
    const [told] = await ended()
    assert.deepEqual([told?.callSessionState, told?.hangupCause], ['Completed', 'NORMAL_CLEARING'])
    assert.deepEqual([told?.durationInSeconds, told?.amount, told?.currencyCode], ['10', '10.0', 'RWF'])
  })

  it('duplicates the last callback on request', async () => {
    await on.post('/africastalking/_scenario', { msisdn: phone, fault: 'duplicate', on: 'voiceEnd' })
    saying('')
    await handset('answer', { sessionId: await ringing() })
    await on.until(HOOK, 3)
    const last = on
      .heard(HOOK)
      .slice(1)
      .map(({ body }) => body)
    assert.equal(last.length, 2)
    assert.equal(last[0], last[1])
  })

  it('lets a phone ring out after a minute', async () => {
    await ringing()
    await on.advance(61_000)
    const [told] = await ended()
    assert.deepEqual([told?.hangupCause, told?.callSessionState], ['NO_ANSWER', 'NotAnswered'])
  })

  it('takes a missed call: our Reject leaves the caller rejected, unbilled', async () => {
    saying('<Reject/>')
    const call = await handset('call', { phone })
    assert.deepEqual([call.state, call.direction], ['Rejected', 'Inbound'])
    assert.deepEqual([asked()[0]?.callSessionState, asked()[0]?.direction], ['Ringing', 'Inbound'])
    const [told] = await ended()
    assert.deepEqual([told?.hangupCause, told?.durationInSeconds], ['CALL_REJECTED', '0'])
  })

  it('talks to a caller whose call is taken', async () => {
    saying('<Say>Karibu</Say><GetDigits/>')
    const call = await handset('call', { phone })
    assert.deepEqual([call.state, call.says], ['Active', ['Karibu']])
  })

  it('ends the call on broken XML and says so in the ledger', async () => {
    on.answering(() => ({ body: response('<Say>Fish & chips</Say>') }))
    const call = await handset('answer', { sessionId: await ringing() })
    assert.equal(call.state, 'Completed')
    const path = `/africastalking/_ledger?to=${encodeURIComponent(phone)}`
    assert.match((await on.get<Line[]>(path)).json[0]?.error ?? '', /bare &/)
  })

  it('refuses digits nobody waits for, and a call without key', async () => {
    saying('<GetDigits/>')
    const sessionId = await ringing()
    const early = await on.post('/africastalking/_handset/digits', { sessionId, digits: '1' })
    assert.equal(early.status, 409)
    assert.equal((await on.post('/africastalking/voice/call', 'username=sandbox')).status, 401)
  })
})

describe('voice XML', () => {
  for (const xml of [
    '',
    'OK',
    '<Response>',
    '<Response></response>',
    '<Response/><Response/>',
    '<Other/>',
    '<Response>words</Response>',
    '<Response><Say>a & b</Say></Response>',
    '<Response><Say>a &nbsp; b</Say></Response>',
    '<Response><Say voice=woman>a</Say></Response>',
    '<Response><Say voice="a" voice="b">a</Say></Response>',
    '<Response><Say loud="yes">a</Say></Response>',
    '<Response><GetDigits numDigits="many"/></Response>',
    '<Response><GetDigits finishOnKey="##"/></Response>',
    '<Response><Play/></Response>',
    '<Response><Dial phoneNumbers="+250788000001"/></Response>',
    '<Response><GetDigits><Reject/></GetDigits></Response>',
    '<Response><!-- hush --></Response>',
  ]) {
    it(`refuses ${xml || 'nothing'}`, () => {
      assert.throws(() => readActions(xml), SyntaxError)
    })
  }

  it('reads what the gateway may say', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <Response>
        <GetDigits numDigits='1' timeout="8" finishOnKey="#" callbackUrl="http://x/?a=1&amp;b=&#50;">
          <Say voice="woman">Kanda  1
          &quot;yego&quot;</Say><Play url="https://x/a.mp3"/>
        </GetDigits>
        <Say>Murakoze</Say><Reject/>
      </Response>`
    assert.deepEqual(readActions(xml), [
      {
        kind: 'gather',
        sounds: [
          { kind: 'say', text: 'Kanda 1 "yego"' },
          { kind: 'play', text: 'https://x/a.mp3' },
        ],
        timeoutS: 8,
        numDigits: 1,
        finishOnKey: '#',
        to: 'http://x/?a=1&b=2',
      },
      { kind: 'say', text: 'Murakoze' },
      { kind: 'reject' },
    ])
  })
})
