import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readOutbound } from '../../simulators/whatsapp/outbound.ts'
import { whatsappCodec } from '../../src/channels/whatsapp/codec.ts'
import { bodyOf, type Message, readMessage, tapsOf } from '../../src/channels/whatsapp/message.ts'
import { plain } from '../../src/channels/whatsapp/web-plain.ts'
import type { Input, Option, Reply, View } from '../../src/core/talk/prompt.ts'
import { CHROME, options, view } from './hosting.ts'

const ride = { kind: 'choose', id: 'line', say: 'Which ride?', options: options(2) } as const
const LONG = 'Kigali Convention Centre, main gate'

function drawn(shown: View): Message {
  const message = readMessage(whatsappCodec.encode(shown))
  assert.ok(message)
  return message
}

describe('whatsapp codec', () => {
  const wires: readonly [string, View, object][] = [
    [
      'two short options and Back are three buttons',
      view(ride, { canGoBack: true, error: 'Sorry?' }),
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Sorry?\nWhich ride?' },
          action: {
            buttons: [
              { type: 'reply', reply: { id: 'v:1:line:stage-2', title: 'Stage A' } },
              { type: 'reply', reply: { id: 'v:2:line:stage-1', title: 'Stage B' } },
              { type: 'reply', reply: { id: 'nav:back', title: 'Back' } },
            ],
          },
        },
      },
    ],
    [
      'three options leave no button for Back, so it is typed',
      view({ ...ride, options: options(3) }, { canGoBack: true }),
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Which ride?\n0 Back' },
          action: {
            buttons: [
              { type: 'reply', reply: { id: 'v:1:line:stage-3', title: 'Stage A' } },
              { type: 'reply', reply: { id: 'v:2:line:stage-2', title: 'Stage B' } },
              { type: 'reply', reply: { id: 'v:3:line:stage-1', title: 'Stage C' } },
            ],
          },
        },
      },
    ],
    [
      'a place is chosen from a list, or sent as a pin; a long label stands whole in the description',
      view({
        kind: 'choose',
        id: 'from',
        say: 'Where?',
        other: 'place',
        options: [
          { value: 'a', label: 'Nyabugogo', detail: 'bus park' },
          { value: 'b', label: LONG },
        ],
      }),
      {
        type: 'interactive',
        interactive: {
          type: 'list',
          body: { text: 'Where?\nSend your place' },
          action: {
            button: 'Choose',
            sections: [
              {
                rows: [
                  { id: 'v:1:from:a', title: 'Nyabugogo', description: 'bus park' },
                  { id: 'v:2:from:b', title: '2', description: LONG },
                ],
              },
            ],
          },
        },
      },
    ],
    [
      'asking for a place asks for a pin',
      view({ kind: 'ask', id: 'from', say: 'Where are you?', expects: 'place' }, { canGoBack: true }),
      {
        type: 'interactive',
        interactive: {
          type: 'location_request_message',
          body: { text: 'Where are you?\nSend your place\n0 Back' },
          action: { name: 'send_location' },
        },
      },
    ],
    [
      'asking for words with a way back has one button',
      view({ kind: 'ask', id: 'name', say: 'Your name?', expects: 'text' }, { canGoBack: true }),
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Your name?' },
          action: { buttons: [{ type: 'reply', reply: { id: 'nav:back', title: 'Back' } }] },
        },
      },
    ],
    [
      'a tell is its text, whatever may be asked for meanwhile',
      view({ kind: 'tell', id: 'wait', say: 'We come.', next: 'wait', options: options(2) }),
      { type: 'text', text: { body: 'We come.' } },
    ],
    [
      'a label too long even for a description makes it numbered text',
      view({ ...ride, options: [{ value: 'a', label: 'x'.repeat(73) }, ...options(1)] }, { canGoBack: true }),
      { type: 'text', text: { body: `Which ride?\n1 ${'x'.repeat(73)}\n2 Stage A\n0 Back` } },
    ],
  ]
  for (const [label, shown, wire] of wires)
    it(label, () => assert.deepEqual(JSON.parse(whatsappCodec.encode(shown)), wire))

  it('two options of the same name are rows, for two buttons of one name are refused', () => {
    const twins: Option[] = ['a', 'b'].map((value) => ({ value, label: 'Kimironko' }))
    const message = drawn(view({ ...ride, options: twins }))
    assert.equal(readOutbound(message).type, 'list')
  })

  for (const [length, type] of [
    [20, 'button'],
    [21, 'list'],
    [24, 'list'],
    [25, 'list'],
    [72, 'list'],
    [73, 'text'],
  ] as const)
    it(`a label of ${length} characters makes a ${type}`, () => {
      const label = 'x'.repeat(length)
      const message = drawn(view({ ...ride, options: [{ value: 'a', label }] }))
      assert.equal(readOutbound({ ...message }).type, type)
      assert.ok(JSON.stringify(message).includes(label))
    })

  it('eleven options take two lists, with More and Back among the ten rows', () => {
    const shown = view({ ...ride, options: options(11) }, { canGoBack: true })
    assert.deepEqual(
      tapsOf(drawn(shown))
        .map(({ title }) => title)
        .slice(-3),
      ['Stage H', 'More', 'Back'],
    )
    assert.equal(tapsOf(drawn(shown)).length, 10)
    const next = drawn({ ...shown, page: 1 })
    assert.deepEqual(
      tapsOf(next).map(({ title }) => title),
      ['Stage I', 'Stage J', 'Stage K'],
    )
    assert.equal(bodyOf(next), 'Choose\n0 Back', 'a body may not be empty')
  })

  const asked = view({ kind: 'ask', id: 'from', say: 'Where?', expects: 'place' }, { canGoBack: true })
  const chosen = view(ride, { canGoBack: true })
  const paged = view({ ...ride, options: options(11) })
  const waiting = view({ kind: 'tell', id: 'wait', say: 'We come.', next: 'wait', options: options(1) })
  const pick = (value: string): Input => ({ kind: 'pick', value })
  const text = (typed: string): Input => ({ kind: 'text', text: typed })
  const unclear: Reply = { kind: 'unclear' }
  const replies: readonly [string, View, Input, Reply][] = [
    ['a tap', chosen, pick('v:2:line:stage-1'), { kind: 'answer', value: 'stage-1' }],
    ['a tap below another question', chosen, pick('v:1:pay:stage-2'), unclear],
    ['a tap below another question, where words are wanted', asked, pick('v:1:line:stage-2'), unclear],
    ['a tap on an option that is gone', chosen, pick('v:1:line:stage-9'), unclear],
    ['a value that a program sent', chosen, pick('stage-1'), { kind: 'answer', value: 'stage-1' }],
    ['a tap on Back', chosen, pick('nav:back'), { kind: 'back' }],
    ['a tap on Back where it leads nowhere', view(ride), pick('nav:back'), unclear],
    ['a tap on More', paged, pick('nav:more'), { kind: 'more' }],
    ['a tap on More on the last page', { ...paged, page: 1 }, pick('nav:more'), unclear],
    ['a number', chosen, text(' 2. '), { kind: 'answer', value: 'stage-1' }],
    ['a number of an earlier page', { ...paged, page: 1 }, text('1'), { kind: 'answer', value: 'stage-11' }],
    ['a label', chosen, text('STAGE b'), { kind: 'answer', value: 'stage-1' }],
    ['the word on the Back row', asked, text('back'), { kind: 'back' }],
    ['the word on the More row', paged, text('more'), { kind: 'more' }],
    ['the keys', chosen, text('00'), { kind: 'home' }],
    [
      'a pin for a place',
      asked,
      { kind: 'pin', lat: -1.95, lng: 30.06 },
      { kind: 'answer', value: '@-1.95000,30.06000' },
    ],
    ['a pin for a question', chosen, { kind: 'pin', lat: -1.95, lng: 30.06 }, unclear],
    ['a sticker', asked, text(''), unclear],
    ['what a tell does not draw', waiting, text('stage a'), { kind: 'answer', value: 'stage-1' }],
    [
      'an option called like the Back row',
      view({ ...ride, options: [{ value: 'rear', label: 'Back' }] }, { canGoBack: true }),
      text('Back'),
      { kind: 'answer', value: 'rear' },
    ],
  ]
  for (const [label, shown, input, reply] of replies)
    it(`${label} is ${reply.kind}`, () => assert.deepEqual(whatsappCodec.decode(shown, input), reply))
})

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => /\S/.test(text))
const words = (max: number) => fc.array(word, { minLength: 1, maxLength: max }).map((all) => all.join(' '))
const option = fc.record(
  { value: fc.string({ maxLength: 250 }), label: words(4) },
  { requiredKeys: ['value', 'label'] },
)
const detailed = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ value: fc.uuid(), label: fc.oneof(word, fc.constantFrom('1', '2', '3')) }),
  },
  option,
  fc.record({ value: fc.uuid(), label: fc.oneof(words(2), fc.constantFrom('1', '2')), detail: words(3) }),
)
const shown = fc
  .record({
    say: words(120),
    all: fc.uniqueArray(detailed, { maxLength: 30, selector: ({ value }) => value }),
    canGoBack: fc.boolean(),
    error: fc.option(words(4)),
    other: fc.constantFrom(undefined, 'place' as const),
  })
  .map(({ say, all, canGoBack, error, other }) =>
    view(
      { kind: 'choose', id: 'q', say, options: all, ...(other && { other }) },
      { canGoBack, error, chrome: CHROME },
    ),
  )
const MAX_PAGES = 50

/** Every page from the first to the one without a way on. */
function pagesOf(first: View): { shown: View; message: Message }[] {
  const pages = []
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const shown = { ...first, page }
    pages.push({ shown, message: drawn(shown) })
    if (whatsappCodec.decode(shown, { kind: 'pick', value: 'nav:more' }).kind !== 'more') break
  }
  return pages
}

describe('whatsapp codec, laws', () => {
  it('every page fits the limits that the Cloud API documents', () => {
    fc.assert(
      fc.property(shown, (first) => pagesOf(first).every(({ message }) => readOutbound({ ...message }))),
    )
  })

  it('what is tapped for an option, or its number typed, is that option; each is offered whole and once', () => {
    fc.assert(
      fc.property(shown, (first) => {
        const wanted = first.prompt.kind === 'choose' ? first.prompt.options : []
        const tapped = pagesOf(first).flatMap(({ shown, message }) =>
          tapsOf(message)
            .filter(({ id }) => !id.startsWith('nav:'))
            .map((tap) => ({ tap, reply: whatsappCodec.decode(shown, { kind: 'pick', value: tap.id }) })),
        )
        const texts = pagesOf(first).map(({ message }) => JSON.stringify(plain(message, 'numbers')))
        for (const [index, { value, label, detail }] of wanted.entries()) {
          const answer = { kind: 'answer', value }
          assert.deepEqual(whatsappCodec.decode(first, { kind: 'text', text: String(index + 1) }), answer)
          if (tapped.length > 0) assert.deepEqual(tapped[index]?.reply, answer)
          const line = JSON.stringify(`\n${index + 1} ${label}${detail ? ` · ${detail}` : ''}`).slice(1, -1)
          assert.equal(
            texts.filter((text) => text.includes(`${line}\\n`) || text.includes(`${line}"`)).length,
            1,
            line,
          )
        }
        if (tapped.length > 0) assert.equal(tapped.length, wanted.length)
      }),
      { numRuns: 300 },
    )
  })
})
