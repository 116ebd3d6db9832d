import assert from 'node:assert/strict'
import { clipId } from '../../src/channels/voice/clips.ts'
import { voiceCodec as codecOf, MAX_SPOKEN_CHARACTERS } from '../../src/channels/voice/codec.ts'
import { AFRICAS_TALKING, TWIML } from '../../src/channels/voice/dialects.ts'
import { type Action, escapeXml, response, withCallback } from '../../src/channels/voice/xml.ts'
import type { Reply, View } from '../../src/core/talk/prompt.ts'
import { options, view } from './hosting.ts'

const voiceCodec = codecOf(AFRICAS_TALKING)
const HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'
const EN = ' voice="en-US-Standard-C"'
const NOT_HEARD = `<Say${EN}>We did not hear you. Goodbye.</Say></Response>`

const EVERY: readonly Action[] = [
  {
    tag: 'GetDigits',
    sounds: [{ tag: 'Play', url: 'https://x.rw/a.mp3?a=1&b=2' }],
    timeoutSeconds: 5,
    isOneKey: false,
  },
  { tag: 'Say', text: 'Hi', language: 'rw' },
  { tag: 'Reject' },
]
const ride = { kind: 'choose', id: 'line', say: 'Which ride?', options: options(2) } as const
const place = { ...ride, other: 'place' } as const
const phoneNumber = { kind: 'ask', id: 'phone', say: 'Your number', expects: 'phone' } as const

describe('voice xml', () => {
  const escaped: readonly [string, string][] = [
    ['Fish & <chips>', 'Fish &amp; &lt;chips&gt;'],
    [`"it's"`, '&quot;it&apos;s&quot;'],
    ['</Say><Dial phoneNumbers="+1900"/>', '&lt;/Say&gt;&lt;Dial phoneNumbers=&quot;+1900&quot;/&gt;'],
    [']]>', ']]&gt;'],
    ['a\u0000b\u001bc\u0085d', 'a b c d'],
    ['half \ud83d of it, whole 🛵', 'half   of it, whole 🛵'],
    ['\ufffe\uffff', ' '],
    ['Muraho, Rémera', 'Muraho, Rémera'],
  ]
  for (const [text, expected] of escaped)
    it(`escapes ${JSON.stringify(text)}`, () => assert.equal(escapeXml(text), expected))

  it('writes every action', () =>
    assert.equal(
      response(AFRICAS_TALKING, ...EVERY),
      `${HEAD}<GetDigits timeout="5" finishOnKey="#"><Play url="https://x.rw/a.mp3?a=1&amp;b=2"/></GetDigits><Say>Hi</Say><Reject/></Response>`,
    ))

  it('writes every action as TwiML', () =>
    assert.equal(
      response(TWIML, ...EVERY),
      `${HEAD}<Gather timeout="5" input="dtmf" method="POST" finishOnKey="#"><Play>https://x.rw/a.mp3?a=1&amp;b=2</Play></Gather><Say>Hi</Say><Reject/></Response>`,
    ))

  it('tells where digits go, to a question only, and takes nothing of the address for a pattern', () => {
    const asked = voiceCodec.encode(view({ ...ride, say: '<GetDigits' }))
    const told = voiceCodec.encode(view({ kind: 'tell', id: 't', say: '<GetDigits', next: 'end' }))
    assert.match(
      withCallback(AFRICAS_TALKING, asked, 'http://x/$&?hop=1&a'),
      /^<\?xml[^>]*><Response><GetDigits callbackUrl="http:\/\/x\/\$&amp;\?hop=1&amp;a" timeout/,
    )
    assert.equal(withCallback(AFRICAS_TALKING, told, 'http://x'), told)
  })
})

describe('voice codec', () => {
  const spoken: readonly [string, View, string][] = [
    [
      'the number comes after the label; one key is enough',
      view(ride),
      `<GetDigits timeout="20" numDigits="1"><Say${EN}>Which ride? For Stage A, press 1. For Stage B, press 2.</Say></GetDigits>${NOT_HEARD}`,
    ],
    [
      'an error is said first, back is offered last',
      view(ride, { error: 'Not that', canGoBack: true }),
      `<GetDigits timeout="20" numDigits="1"><Say${EN}>Not that. Which ride? For Stage A, press 1. For Stage B, press 2. For Back, press 0.</Say></GetDigits>${NOT_HEARD}`,
    ],
    [
      'a number may be keyed where a place may be',
      view(place),
      `<GetDigits timeout="30" finishOnKey="#"><Say${EN}>Which ride? For Stage A, press 1 #. For Stage B, press 2 #.</Say></GetDigits>${NOT_HEARD}`,
    ],
    [
      'a phone number is collected to the #',
      view(phoneNumber),
      `<GetDigits timeout="30" finishOnKey="#"><Say${EN}>Your number.</Say></GetDigits>${NOT_HEARD}`,
    ],
    [
      'a tell is said and the call is over; codes are said in pairs, money is not',
      view({
        kind: 'tell',
        id: 't',
        say: 'Code 4821, ride 48213.\nRWF 1,150 <now>',
        next: 'end',
        options: options(2),
      }),
      `<Say${EN}>Code 48 21, ride 48 21 3. RWF 1,150 &lt;now&gt;.</Say></Response>`,
    ],
    [
      "a language without a documented voice gets the account's own",
      view({ kind: 'tell', id: 't', say: 'Murakoze!', next: 'wait' }, { language: 'rw' }),
      '<Say>Murakoze!</Say></Response>',
    ],
  ]
  for (const [label, shown, xml] of spoken)
    it(label, () => assert.equal(voiceCodec.encode(shown), HEAD + xml))

  const twiml = (recorded: readonly string[]) =>
    codecOf(TWIML, (_, text) => (recorded.includes(text) ? `https://x.rw/${clipId(text)}.mp3` : undefined))
  const playing = (text: string) => `<Play>https://x.rw/${clipId(text)}.mp3</Play>`
  const gather =
    '<Gather timeout="20" input="dtmf" method="POST" numDigits="1" finishOnKey=""><Say language="en-US">'
  const [asks, first, second_] = ['Which ride?', 'For Stage A, press 1.', 'For Stage B, press 2.']
  const missed = '<Say language="en-US">We did not hear you. Goodbye.</Say></Response>'
  const recordings: readonly [string, readonly string[], string][] = [
    ['reads what nobody recorded', [], `${gather}${asks} ${first} ${second_}</Say></Gather>${missed}`],
    [
      'plays a sentence between what it reads',
      [first],
      `${gather}${asks}</Say>${playing(first)}<Say language="en-US">${second_}</Say></Gather>${missed}`,
    ],
    [
      'plays a page that was recorded whole',
      [`${asks} ${first} ${second_}`, first],
      `${gather.replace('<Say language="en-US">', '')}${playing(`${asks} ${first} ${second_}`)}</Gather>${missed}`,
    ],
  ]
  for (const [label, recorded, xml] of recordings)
    it(`as TwiML ${label}`, () => assert.equal(twiml(recorded).encode(view(ride)), HEAD + xml))

  it('reads a whole page where a question may hold one sound and only a sentence was recorded', () =>
    assert.equal(
      codecOf(AFRICAS_TALKING, (_, text) => (text === asks ? 'https://x.rw/a.mp3' : undefined)).encode(
        view(ride),
      ),
      voiceCodec.encode(view(ride)),
    ))

  const many = view({ kind: 'choose', id: 'q', say: 'Where?', options: options(10) }, { canGoBack: true })
  const second = { ...many, page: 1 }
  const code = view({ kind: 'ask', id: 'code', say: 'Code?', expects: 'digits' })
  const keyed: readonly [string, string, View, Reply][] = [
    ['the first of page one', '1', many, { kind: 'answer', value: 'stage-10' }],
    ['the first of page two', '1', second, { kind: 'answer', value: 'stage-2' }],
    ['a key with no option', '3', second, { kind: 'unclear' }],
    ['more', '9', many, { kind: 'more' }],
    ['more where there is none', '9', second, { kind: 'unclear' }],
    ['back', '0', many, { kind: 'back' }],
    ['back where there is none', '0', view(ride), { kind: 'unclear' }],
    ['home', '00', view(phoneNumber), { kind: 'home' }],
    ['repeat', '*', many, { kind: 'unclear' }],
    ['nothing', '', many, { kind: 'unclear' }],
    ['two keys where one was asked', '12', many, { kind: 'unclear' }],
    ['an option where a place could be', '2#', view(place), { kind: 'answer', value: 'stage-1' }],
    ['a stage code', '12', view(place), { kind: 'answer', value: '12' }],
    ['a longer stage code', '4821', view(place), { kind: 'answer', value: '4821' }],
    ['no option and no code', '7', view(place), { kind: 'unclear' }],
    ['a number asked for', '0788000001', view(phoneNumber), { kind: 'answer', value: '0788000001' }],
    ['one digit asked for', '9', code, { kind: 'answer', value: '9' }],
    ['zero asked for', '0', code, { kind: 'answer', value: '0' }],
    ['a word, spoken', 'stage b', view(ride), { kind: 'answer', value: 'stage-1' }],
    [
      'what a tell offered',
      '2',
      view({ kind: 'tell', id: 't', say: 'ok', next: 'wait', options: options(2) }),
      { kind: 'answer', value: 'stage-1' },
    ],
    [
      'what a tell did not',
      '12',
      view({ kind: 'tell', id: 't', say: 'ok', next: 'end' }),
      { kind: 'unclear' },
    ],
  ]
  for (const [label, digits, shown, reply] of keyed)
    it(`keys ${label}: ${digits}`, () =>
      assert.deepEqual(voiceCodec.decode(shown, { kind: 'text', text: digits }), reply))

  it('every key on every page decodes to the option it is spoken with, and no page is too long', () => {
    for (const other of [{}, { other: 'place' } as const])
      for (const count of [1, 7, 8, 9, 17, 30])
        for (const length of [3, 60, 200]) {
          const all = options(count, (n) => `L${n}`.padEnd(length, 'x'))
          const seen: string[] = []
          const say = 'Where do you want to go to? '.repeat(20).trim()
          let shown = view({ kind: 'choose', id: 'q', say, options: all, ...other }, { canGoBack: true })
          for (let page = 0; ; page += 1) {
            shown = { ...shown, page }
            const xml = voiceCodec.encode(shown)
            assert.ok((/<Say[^>]*>([^<]*)/.exec(xml)?.[1]?.length ?? 0) <= MAX_SPOKEN_CHARACTERS)
            for (const [, label, key = ''] of xml.matchAll(/For (L\d+x*), press (\d)/g)) {
              const value = all.find((option) => option.label === label)?.value
              assert.deepEqual(voiceCodec.decode(shown, { kind: 'text', text: key }), {
                kind: 'answer',
                value,
              })
              seen.push(value ?? '')
            }
            if (voiceCodec.decode(shown, { kind: 'text', text: '9' }).kind !== 'more') break
          }
          assert.deepEqual(
            seen,
            all.map((option) => option.value),
          )
        }
  })
})
