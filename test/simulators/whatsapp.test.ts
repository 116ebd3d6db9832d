import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { APP_SECRET, freshPhone, type Hit, NUMBER_ID, type Stage, stage } from './stage.ts'

const HOOK = '/hooks/whatsapp/cloud'
const BEARER = { authorization: 'Bearer T', 'content-type': 'application/json' }

interface Sent {
  messages: { id: string }[]
  error: { code: number; message: string; error_data: { details: string } }
}

interface Line {
  direction: string
  from: string
  type: string
  text?: string
  options?: { id: string; title: string }[]
  status?: string
}

interface Value {
  contacts?: { wa_id: string }[]
  messages?: Record<string, unknown>[]
  statuses?: { id: string; status: string; recipient_id: string; errors?: { code: number }[] }[]
}

const carried = (hit: Hit | undefined): Value => JSON.parse(hit?.body ?? '').entry[0].changes[0].value
const row = (id: string, title = 'Row') => ({ id, title })
const rows = (count: number) => Array.from({ length: count }, (_, at) => row(`r${at}`))
const list = (sections: object[], body = 'Pick', button = 'Menu') => ({
  type: 'interactive',
  interactive: { type: 'list', body: { text: body }, action: { button, sections } },
})
const buttons = (titles: string[], body = 'Pick') => ({
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: body },
    action: { buttons: titles.map((title, at) => ({ type: 'reply', reply: { id: `b${at}`, title } })) },
  },
})
const text = (body: string) => ({ type: 'text', text: { body } })
const askLocation = {
  type: 'interactive',
  interactive: {
    type: 'location_request_message',
    body: { text: 'Where?' },
    action: { name: 'send_location' },
  },
}
const template = {
  type: 'template',
  template: { name: 'trip_update', language: { code: 'en' }, components: [] },
}

describe('simulated WhatsApp', () => {
  let on: Stage
  let phone: string

  beforeEach(async () => {
    on = await stage()
    phone = freshPhone()
  })
  afterEach(() => on.stop())

  const send = (message: object, headers: Record<string, string> = BEARER, number = NUMBER_ID) => {
    const body = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: phone.slice(1),
      ...message,
    }
    return on.post<Sent>(`/whatsapp/v25.0/${number}/messages`, body, headers)
  }
  const write = (content: object) =>
    on.post<{ id: string; taken: boolean }>('/whatsapp/_handset/send', { phone, ...content })
  const chat = async () =>
    (await on.get<Line[]>(`/whatsapp/_handset/chat?phone=${encodeURIComponent(phone)}`)).json
  const scenario = (body: object) => on.post('/whatsapp/_scenario', body)
  const statuses = () => on.heard(HOOK).flatMap((hit) => carried(hit).statuses ?? [])

  it('signs the raw bytes of what a phone writes', async () => {
    const { id } = (await write({ text: 'Muraho “mwese” 🛵' })).json
    const [hit] = on.heard(HOOK)
    const mac = createHmac('sha256', APP_SECRET)
      .update(hit?.body ?? '')
      .digest('hex')
    assert.equal(hit?.headers['x-hub-signature-256'], `sha256=${mac}`)
    const { timestamp, ...message } = carried(hit).messages?.[0] ?? {}
    assert.match(String(timestamp), /^\d{10}$/)
    const body = { body: 'Muraho “mwese” 🛵' }
    assert.deepEqual(message, { from: phone.slice(1), id, type: 'text', text: body })
    assert.deepEqual(carried(hit).contacts?.[0]?.wa_id, phone.slice(1))
  })

  it('sends what was tapped, in the context of the message that offered it', async () => {
    await write({ text: 'hi' })
    const offer = (await send(buttons(['Yego', 'Oya']))).json.messages[0]?.id
    await write({ reply: { id: 'b0', title: 'Yego', kind: 'button' } })
    await write({ reply: { id: 'r1', title: 'Kimironko', kind: 'list' } })
    const [, tapped, picked] = on.heard(HOOK).flatMap((hit) => carried(hit).messages ?? [])
    assert.deepEqual(tapped?.interactive, { type: 'button_reply', button_reply: { id: 'b0', title: 'Yego' } })
    assert.deepEqual(tapped?.context, { from: '250730000077', id: offer })
    assert.deepEqual(picked?.interactive, {
      type: 'list_reply',
      list_reply: { id: 'r1', title: 'Kimironko' },
    })
  })

  it('sends a place', async () => {
    await write({ location: { latitude: -1.9441, longitude: 30.0619, name: 'Nyabugogo' } })
    const [message] = carried(on.heard(HOOK)[0]).messages ?? []
    assert.deepEqual(message?.location, { latitude: -1.9441, longitude: 30.0619, name: 'Nyabugogo' })
  })

  it('refuses a handset that says nothing, or two things', async () => {
    for (const content of [{}, { text: 'a', location: { latitude: 1, longitude: 2 } }, { wave: true }]) {
      assert.equal((await write(content)).status, 400)
    }
  })

  it('tries again with growing waits until it is taken', async () => {
    on.answering(() => ({ status: 500 }))
    assert.equal((await write({ text: 'hi' })).json.taken, false)
    for (const [waitMs, count] of [
      [2_100, 2],
      [4_100, 3],
      [8_100, 4],
    ] as const) {
      await on.advance(waitMs)
      assert.equal(on.heard(HOOK).length, count)
    }
    on.answering(() => ({}))
    await on.advance(60_000)
    const bodies = on.heard(HOOK).map(({ body }) => body)
    assert.equal(new Set(bodies).size, 1)
    assert.equal(bodies.length, 5)
  })

  it('gives up after seven days', async () => {
    on.answering(() => ({ status: 500 }))
    await write({ text: 'hi' })
    await on.advance(8 * 86_400_000)
    const count = on.heard(HOOK).length
    await on.advance(86_400_000)
    assert.ok(count > 100 && count < 200, `${count} attempts`)
    assert.equal(on.heard(HOOK).length, count)
  })

  it('takes a message in the window and reports sent, delivered, read', async () => {
    await write({ text: 'hi' })
    const { status, json } = await send(text('Muraho'))
    assert.equal(status, 200)
    const id = json.messages[0]?.id ?? ''
    assert.match(id, /^wamid\./)
    assert.deepEqual(json, {
      messaging_product: 'whatsapp',
      contacts: [{ input: phone.slice(1), wa_id: phone.slice(1) }],
      messages: [{ id }],
    })
    await on.advance(2_000)
    assert.deepEqual(
      statuses().map((each) => [each.id, each.status, each.recipient_id]),
      [
        [id, 'sent', phone.slice(1)],
        [id, 'delivered', phone.slice(1)],
        [id, 'read', phone.slice(1)],
      ],
    )
  })

  for (const [fault, seen] of [
    [{ outcome: 'failed' }, ['sent', 'failed']],
    [{ outcome: 'unread' }, ['sent', 'delivered']],
    [{ fault: 'reorder', times: 2 }, ['delivered', 'sent', 'read']],
    [{ fault: 'duplicate', times: 1, count: 3 }, ['sent', 'sent', 'sent', 'delivered', 'read']],
    [{ fault: 'noCallback' }, []],
  ] as const) {
    it(`reports ${seen.join(', ') || 'nothing'} with ${JSON.stringify(fault)}`, async () => {
      await write({ text: 'hi' })
      await scenario({ msisdn: phone, ...fault })
      await send(text('Muraho'))
      await on.advance(2_000)
      assert.deepEqual(
        statuses().map(({ status }) => status),
        seen,
      )
    })
  }

  it('shows the conversation from both sides, and the ledger what was sent', async () => {
    await write({ text: 'hi' })
    await send(list([{ rows: [row('r1', 'Kimironko'), row('r2', 'Remera')] }], 'Where to?'))
    await send(askLocation)
    const lines = (await chat()).map(({ direction, from, type, text }) => [direction, from, type, text])
    assert.deepEqual(lines, [
      ['in', 'phone', 'text', 'hi'],
      ['out', 'gateway', 'list', 'Where to?'],
      ['out', 'gateway', 'location_request', 'Where?'],
    ])
    assert.deepEqual((await chat())[1]?.options, [row('r1', 'Kimironko'), row('r2', 'Remera')])
    const ledger = (await on.get<Line[]>(`/whatsapp/_ledger?to=${encodeURIComponent(phone)}`)).json
    assert.deepEqual(
      ledger.map(({ type }) => type),
      ['list', 'location_request'],
    )
  })

  for (const [name, message] of [
    ['an empty text', text('')],
    ['a text of 4097', text('a'.repeat(4_097))],
    ['eleven rows', list([{ rows: rows(11) }])],
    [
      'eleven rows in two sections',
      list([
        { title: 'a', rows: rows(6) },
        { title: 'b', rows: rows(5) },
      ]),
    ],
    ['two sections without title', list([{ rows: rows(1) }, { rows: [row('x')] }])],
    ['no rows', list([{ rows: [] }])],
    ['two rows of one id', list([{ rows: [row('a'), row('a')] }])],
    ['a row title of 25', list([{ rows: [row('a', 'a'.repeat(25))] }])],
    ['a row description of 73', list([{ rows: [{ ...row('a'), description: 'a'.repeat(73) }] }])],
    ['a row id of 201', list([{ rows: [row('a'.repeat(201))] }])],
    ['a menu button of 21', list([{ rows: rows(1) }], 'Pick', 'a'.repeat(21))],
    ['a list body of 1025', list([{ rows: rows(1) }], 'a'.repeat(1_025))],
    ['four buttons', buttons(['a', 'b', 'c', 'd'])],
    ['a button of 21', buttons(['a'.repeat(21)])],
    ['two buttons of one title', buttons(['a', 'a'])],
    ['a button body of 1025', buttons(['a'], 'a'.repeat(1_025))],
    ['a picture', { type: 'image', image: { id: '1' } }],
    ['a template without language', { type: 'template', template: { name: 'a' } }],
    ['another product', { messaging_product: 'messenger' }],
    ['no recipient', { ...text('a'), to: 'nobody' }],
  ] as const) {
    it(`refuses ${name} with code 100`, async () => {
      await write({ text: 'hi' })
      const { status, json } = await send(message)
      assert.deepEqual([status, json.error?.code], [400, 100])
      assert.notEqual(json.error.error_data.details, '')
    })
  }

  for (const [name, message] of [
    [
      'ten rows at their limits',
      list([{ rows: rows(10).map((each) => ({ ...each, title: 'a'.repeat(24) })) }]),
    ],
    [
      'three buttons of 20',
      buttons(
        ['a', 'b', 'c'].map((letter) => letter.repeat(20)),
        'a'.repeat(1_024),
      ),
    ],
    ['a text of 4096', text('a'.repeat(4_096))],
    ['a place request', askLocation],
  ] as const) {
    it(`takes ${name}`, async () => {
      await write({ text: 'hi' })
      assert.equal((await send(message)).status, 200)
    })
  }

  it('takes only templates outside the 24 hours', async () => {
    assert.equal((await send(text('Muraho'))).json.error.code, 131047)
    assert.equal((await send(template)).status, 200)
    await write({ text: 'hi' })
    assert.equal((await send(text('Muraho'))).status, 200)
    await on.advance(24 * 3_600_000)
    assert.equal((await send(text('Muraho'))).json.error.code, 131047)
  })

  it('refuses a wrong token, number or body', async () => {
    assert.equal((await send(text('a'), {})).json.error.code, 190)
    assert.equal((await send(text('a'), BEARER, '1')).json.error.code, 100)
    const path = `/whatsapp/v25.0/${NUMBER_ID}/messages`
    assert.equal((await on.post<Sent>(path, '{"messaging', BEARER)).json.error.code, 100)
  })

  for (const [code, status] of [
    ['131056', 429],
    ['130429', 429],
    ['131000', 500],
    ['131026', 400],
  ] as const) {
    it(`answers ${code} on request, and sends nothing`, async () => {
      await write({ text: 'hi' })
      await scenario({ msisdn: phone, outcome: code, times: 1 })
      const refused = await send(text('a'))
      assert.deepEqual([refused.status, refused.json.error.code], [status, Number(code)])
      assert.equal((await chat()).length, 1)
      assert.equal((await send(text('a'))).status, 200)
    })
  }

  it('shakes hands over the webhook', async () => {
    const challenge = (hit: Hit) => new URL(hit.path, 'http://x').searchParams
    on.answering((hit) => {
      const right = challenge(hit).get('hub.verify_token') === 'T'
      return right ? { body: challenge(hit).get('hub.challenge') ?? '' } : { status: 403 }
    })
    const verify = async (token: string) => (await on.post('/whatsapp/_handset/verify', { token })).json
    assert.deepEqual(await verify('T'), { verified: true, status: 200 })
    assert.deepEqual(await verify('F'), { verified: false, status: 403 })
  })
})
