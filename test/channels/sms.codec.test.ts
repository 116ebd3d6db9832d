import assert from 'node:assert/strict'
import { segments, smsCodec } from '../../src/channels/sms/codec.ts'
import type { Reply, View } from '../../src/core/talk/prompt.ts'
import { options, view } from './hosting.ts'

const ride = { kind: 'choose', id: 'line', say: 'Which ride?', options: options(2) } as const

describe('sms codec', () => {
  const drawn: readonly [string, View, string][] = [
    ['options are numbered', view(ride), 'Which ride?\n1 Stage A\n2 Stage B'],
    [
      'back is offered where it leads',
      view(ride, { canGoBack: true }),
      'Which ride?\n1 Stage A\n2 Stage B\n0 Back',
    ],
    ['an error stands above', view(ride, { error: 'Sorry?' }), 'Sorry?\nWhich ride?\n1 Stage A\n2 Stage B'],
    [
      'a tell is just its text, whatever may be asked for meanwhile',
      view(
        { kind: 'tell', id: 'wait', say: 'We text you.', next: 'wait', options: options(2) },
        { canGoBack: true },
      ),
      'We text you.',
    ],
    [
      'an ask has no options',
      view({ kind: 'ask', id: 'from', say: 'Where are you?', expects: 'place' }, { canGoBack: true }),
      'Where are you?\n0 Back',
    ],
    [
      'what GSM-7 lacks is written otherwise',
      view({ kind: 'tell', id: 'fr', say: 'Reçu n° 12 – ça y est’', next: 'end' }),
      "Recu n? 12 - ca y est'",
    ],
    [
      'back is left unsaid where it would cost a second message',
      view({ kind: 'ask', id: 'from', say: 'x'.repeat(158), expects: 'text' }, { canGoBack: true }),
      'x'.repeat(158),
    ],
  ]
  for (const [label, shown, body] of drawn) it(label, () => assert.equal(smsCodec.encode(shown), body))

  const counted: readonly [string, number][] = [
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    [`${'a'.repeat(152)}€${'a'.repeat(20)}`, 2],
    [`${'a'.repeat(152)}€${'a'.repeat(151)}`, 2],
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['a'.repeat(459), 3],
    ['a'.repeat(460), 4],
    ['ب'.repeat(70), 1],
    ['ب'.repeat(71), 2],
    ['ب'.repeat(134), 2],
    ['ب'.repeat(135), 3],
    [`ب${'a'.repeat(69)}`, 1],
    [`ب${'€'.repeat(70)}`, 2],
    // A pair of units is not parted.
    [`${'ب'.repeat(66)}🛵${'ب'.repeat(66)}`, 3],
  ]
  for (const [text, count] of counted)
    it(`${text.length} characters${text.includes('€') ? ' with €' : ''} are ${count} on the air`, () =>
      assert.equal(segments(text), count))

  it('a long text takes up to three messages rather than a second page', () => {
    const say = 'word '.repeat(90).trim()
    const body = smsCodec.encode(view({ kind: 'choose', id: 'q', say, options: options(1) }))
    assert.equal(body, `${say}\n1 Stage A`)
    assert.equal(segments(body), 3)
  })

  it('ten options are two pages, numbered through', () => {
    const many = view({ kind: 'choose', id: 'q', say: 'Where?', options: options(12) })
    assert.match(smsCodec.encode(many), /\n9 Stage I\n98 More$/)
    assert.equal(smsCodec.encode({ ...many, page: 1 }), '10 Stage J\n11 Stage K\n12 Stage L')
    assert.deepEqual(smsCodec.decode(many, { kind: 'text', text: '98' }), { kind: 'more' })
    assert.deepEqual(smsCodec.decode({ ...many, page: 1 }, { kind: 'text', text: '98' }), { kind: 'unclear' })
  })

  const typed: readonly [string, View, Reply][] = [
    ['2', view(ride), { kind: 'answer', value: 'stage-1' }],
    ['2.', view(ride), { kind: 'answer', value: 'stage-1' }],
    [' stage b ', view(ride), { kind: 'answer', value: 'stage-1' }],
    ['٢', view(ride), { kind: 'answer', value: 'stage-1' }],
    ['3', view(ride), { kind: 'unclear' }],
    ['', view(ride), { kind: 'unclear' }],
    ['0', view(ride), { kind: 'unclear' }],
    ['0', view(ride, { canGoBack: true }), { kind: 'back' }],
    ['00', view(ride), { kind: 'home' }],
    ['Kwa Rubangura', view({ ...ride, other: 'place' }), { kind: 'answer', value: 'Kwa Rubangura' }],
    [
      '2',
      view({ kind: 'tell', id: 't', say: 'ok', next: 'wait', options: options(2) }),
      { kind: 'answer', value: 'stage-1' },
    ],
  ]
  for (const [text, shown, reply] of typed)
    it(`reads ${JSON.stringify(text)} as ${JSON.stringify(reply)}`, () =>
      assert.deepEqual(smsCodec.decode(shown, { kind: 'text', text }), reply))

  it('every number on every page decodes to its option, and every page fits', () => {
    for (const count of [1, 2, 8, 9, 10, 18, 40])
      for (const length of [1, 20, 60, 140]) {
        const all = options(count, (n) => `L${n}`.padEnd(length, 'x'))
        const seen: string[] = []
        let shown = view({ kind: 'choose', id: 'q', say: 'Where to?', options: all }, { canGoBack: true })
        for (let page = 0; ; page += 1) {
          shown = { ...shown, page }
          const body = smsCodec.encode(shown)
          assert.ok(segments(body) <= 3, body)
          for (const [, number = '', label] of body.matchAll(/^(\d+) (L.*)$/gm)) {
            const value = all.find((option) => option.label === label)?.value
            assert.deepEqual(smsCodec.decode(shown, { kind: 'text', text: number }), {
              kind: 'answer',
              value,
            })
            seen.push(value ?? '')
          }
          if (smsCodec.decode(shown, { kind: 'text', text: '98' }).kind !== 'more') break
        }
        assert.deepEqual(
          seen,
          all.map((option) => option.value),
        )
      }
  })
})
