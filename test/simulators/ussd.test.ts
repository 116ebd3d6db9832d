import assert from 'node:assert/strict'
import { formOf, freshPhone, type Stage, stage } from './stage.ts'

const HOOK = '/hooks/ussd/africastalking/s3cret'
const END = `${HOOK}/end`
const OPERATOR_ERROR = 'Connection problem or invalid MMI code.'

interface Screen {
  sessionId: string
  kind: string
  text: string
}

interface Session {
  sessionId: string
  hops: { text: string; answer: string }[]
}

describe('simulated USSD', () => {
  let on: Stage

  const dial = (phone: string, code = '*384*77#', more = {}) =>
    on.post<Screen>('/africastalking/_handset/dial', { phone, code, ...more })
  const reply = (sessionId: string, input: string) =>
    on.post<Screen>('/africastalking/_handset/reply', { sessionId, input })
  const scenario = (body: object) => on.post('/africastalking/_scenario', body)

  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.stop())

  it('sends a hop byte for byte as the aggregator does', async () => {
    const screen = await dial('+250788000001')
    const [hit] = await on.until(HOOK)
    assert.match(screen.json.sessionId, /^ATUid_[0-9a-f]{32}$/)
    assert.deepEqual(screen.json, { sessionId: screen.json.sessionId, kind: 'CON', text: 'hello' })
    assert.equal(hit?.headers['content-type'], 'application/x-www-form-urlencoded')
    const wire = `sessionId=${screen.json.sessionId}&phoneNumber=%2B250788000001&networkCode=63510`
    assert.equal(hit?.body, `${wire}&serviceCode=*384*77%23&text=`)
  })

  for (const [code, serviceCode, text] of [
    ['*384*77#', '*384*77#', ''],
    ['*384*77*1#', '*384*77#', '1'],
    ['*384*77*1*2#', '*384*77#', '1*2'],
    ['*182#', '*182#', ''],
  ] as const) {
    it(`dials ${code} as ${serviceCode} with "${text}"`, async () => {
      await dial(freshPhone(), code, { networkCode: '63514' })
      const sent = formOf((await on.until(HOOK))[0])
      assert.deepEqual([sent.serviceCode, sent.text, sent.networkCode], [serviceCode, text, '63514'])
    })
  }

  it('shows the operator error for what is no code, without asking the gateway', async () => {
    assert.equal((await dial(freshPhone(), '12345')).json.text, OPERATOR_ERROR)
    assert.equal(on.hits.length, 0)
  })

  it('sends all inputs joined with a bare *', async () => {
    const { sessionId } = (await dial(freshPhone())).json
    await reply(sessionId, '1')
    await reply(sessionId, 'Kwa Ndoli a*b')
    const bodies = on.heard(HOOK).map(({ body }) => body.slice(body.indexOf('&text=')))
    assert.deepEqual(bodies, ['&text=', '&text=1', '&text=1*Kwa+Ndoli+a*b'])
  })

  for (const [name, answer] of [
    ['a missing prefix', { body: 'hello' }],
    ['a leading space', { body: ' CON hello' }],
    ['a byte order mark', { body: '\uFEFFCON hello' }],
    ['a prefix without its space', { body: 'CONhello' }],
    ['lower case', { body: 'con hello' }],
    ['an empty body', { body: '' }],
    ['a 500', { status: 500, body: 'CON hello' }],
    ['a 404', { status: 404, body: 'END hello' }],
  ] as const) {
    it(`kills the session on ${name} and reports Failed`, async () => {
      on.answering(({ path }) => (path === HOOK ? answer : {}))
      const screen = await dial(freshPhone())
      assert.deepEqual([screen.json.kind, screen.json.text], ['END', OPERATOR_ERROR])
      const told = formOf((await on.until(END))[0])
      assert.equal(told.status, 'Failed')
      assert.notEqual(told.errorMessage, '')
      assert.equal((await reply(screen.json.sessionId, '1')).json.text, OPERATOR_ERROR)
    })
  }

  it('tells of a good end with every field of the notification', async () => {
    const phone = freshPhone()
    const { sessionId } = (await dial(phone)).json
    on.answering(() => ({ body: 'END bye' }))
    assert.deepEqual((await reply(sessionId, '1')).json, { sessionId, kind: 'END', text: 'bye' })
    const { date, durationInMillis, ...told } = formOf((await on.until(END))[0])
    assert.match(date ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    assert.match(durationInMillis ?? '', /^\d+$/)
    assert.deepEqual(told, {
      sessionId,
      serviceCode: '*384*77#',
      networkCode: '63510',
      phoneNumber: phone,
      status: 'Success',
      cost: '0',
      hopsCount: '2',
      input: '1',
      lastAppResponse: 'END bye',
      errorMessage: '',
    })
  })

  it('tells of a hang-up as Incomplete, once', async () => {
    const { sessionId } = (await dial(freshPhone())).json
    for (let time = 0; time < 2; time++) await on.post('/africastalking/_handset/hangup', { sessionId })
    await on.advance(200_000)
    const told = on.heard(END).map(formOf)
    assert.deepEqual(
      told.map(({ status, lastAppResponse }) => [status, lastAppResponse]),
      [['Incomplete', 'CON hello']],
    )
  })

  it('loses the answer of a hop that the gateway has answered, and tells of it as Incomplete, once', async () => {
    const phone = freshPhone()
    const { sessionId } = (await dial(phone)).json
    const lost = (
      await on.post<Screen>('/africastalking/_handset/reply', { sessionId, input: '1', lost: true })
    ).json
    assert.deepEqual(lost, { sessionId, kind: 'END', text: 'No network.' })
    assert.deepEqual(formOf(on.heard(HOOK)[1]).text, '1')
    await on.advance(200_000)
    assert.deepEqual(
      on.heard(END).map((hit) => [formOf(hit).status, formOf(hit).hopsCount]),
      [['Incomplete', '2']],
    )
    assert.equal((await reply(sessionId, '1')).json.kind, 'END')
    assert.equal((await dial(phone, '*384*77#', { lost: true })).json.text, 'No network.')
  })

  it('ends a session after 60 s of silence', async () => {
    const { sessionId } = (await dial(freshPhone())).json
    await on.advance(59_000)
    assert.equal(on.heard(END).length, 0)
    await on.advance(1_500)
    assert.equal(formOf((await on.until(END))[0]).status, 'Incomplete')
    assert.equal((await reply(sessionId, '1')).json.kind, 'END')
  })

  it('ends a session after 180 s however busy', async () => {
    const { sessionId } = (await dial(freshPhone())).json
    for (let hop = 0; hop < 3; hop++) {
      await on.advance(50_000)
      assert.equal((await reply(sessionId, '1')).json.kind, 'CON')
    }
    await on.advance(31_000)
    assert.equal(formOf((await on.until(END))[0]).status, 'Incomplete')
  })

  it('cuts a screen that the network could not carry', async () => {
    on.answering(() => ({ body: `CON ${'a'.repeat(200)}` }))
    assert.equal((await dial(freshPhone())).json.text.length, 182)
    on.answering(() => ({ body: `CON ${'€'.repeat(100)}` }))
    assert.equal((await dial(freshPhone())).json.text.length, 91)
    on.answering(() => ({ body: `CON ${'ẹ'.repeat(100)}` }))
    assert.equal((await dial(freshPhone())).json.text.length, 80)
  })

  it('sends the last hop again, byte for byte', async () => {
    const { sessionId } = (await dial(freshPhone())).json
    await reply(sessionId, '1')
    assert.equal((await on.post<Screen>('/africastalking/_handset/resend', { sessionId })).json.kind, 'CON')
    const [, first, second] = on.heard(HOOK)
    assert.equal(first?.body, second?.body)
  })

  it('duplicates a hop: the same bytes twice at once', async () => {
    const phone = freshPhone()
    await scenario({ msisdn: phone, fault: 'duplicate', on: 'ussd', times: 1 })
    const { sessionId } = (await dial(phone)).json
    await reply(sessionId, '1')
    const bodies = on.heard(HOOK).map(({ body }) => body)
    assert.equal(bodies.length, 3)
    assert.equal(bodies[0], bodies[1])
  })

  for (const [after, reached] of [
    [false, 0],
    [true, 1],
  ] as const) {
    it(`drops a hop ${after ? 'on the way back' : 'on the way out'}`, async () => {
      const phone = freshPhone()
      await scenario({ msisdn: phone, fault: 'drop', on: 'ussd', after })
      assert.equal((await dial(phone)).json.text, OPERATOR_ERROR)
      assert.equal(on.heard(HOOK).length, reached)
    })
  }

  it('sends the end notification late, twice or never', async () => {
    on.answering(({ path }) => (path === HOOK ? { body: 'END bye' } : {}))
    const [late, twice, never] = [freshPhone(), freshPhone(), freshPhone()]
    await scenario({ msisdn: late, fault: 'lateCallback', on: 'ussdEnd', delayMs: 30_000 })
    await scenario({ msisdn: twice, fault: 'duplicate', on: 'ussdEnd' })
    await scenario({ msisdn: never, fault: 'noCallback' })
    for (const phone of [never, late, twice]) await dial(phone)
    await on.until(END, 2)
    const told = () => on.heard(END).map((hit) => formOf(hit).phoneNumber)
    assert.deepEqual(told(), [twice, twice])
    await on.advance(31_000)
    assert.deepEqual(told(), [twice, twice, late])
  })

  it('lists the sessions of a phone with their hops', async () => {
    const phone = freshPhone()
    const { sessionId } = (await dial(phone)).json
    const path = `/africastalking/_handset/sessions?phone=${encodeURIComponent(phone)}`
    const [session] = (await on.get<Session[]>(path)).json
    assert.equal(session?.sessionId, sessionId)
    assert.deepEqual([session?.hops[0]?.text, session?.hops[0]?.answer], ['', 'CON hello'])
  })

  it('gives the gateway its time and no more', async () => {
    const hanging = await stage({ gatewayTimeoutMs: 200 })
    hanging.answering(() => new Promise(() => undefined))
    const body = { phone: freshPhone(), code: '*384*77#' }
    const startedAt = Date.now()
    const { json } = await hanging.post<Screen>('/africastalking/_handset/dial', body)
    const tookMs = Date.now() - startedAt
    await hanging.stop()
    assert.equal(json.text, OPERATOR_ERROR)
    assert.ok(tookMs >= 200 && tookMs < 8_000, `${tookMs} ms`)
  })
})
