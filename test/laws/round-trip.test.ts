import assert from 'node:assert/strict'
import { FLOW_NAMES } from '../../src/core/run/flow.ts'
import { CHANNELS, type ChannelName } from '../../src/core/talk/channel.ts'
import { optionsOf } from '../../src/core/talk/paginate.ts'
import type { Prompt, View } from '../../src/core/talk/prompt.ts'
import { fold } from '../../src/core/talk/reading.ts'
import type { Intent } from '../../src/core/talk/script.ts'
import { flows } from '../../src/flows/index.ts'
import { LANGUAGES, type Language } from '../../src/flows/words/index.ts'
import { TYPICAL, WORST } from './data.ts'
import { presses } from './press.ts'
import { CODECS, hugeViews, otherViews, pagesOf, type Screen, screensOf, script, usualOf } from './views.ts'

const drawsOptions = (channel: ChannelName, prompt: Prompt): boolean =>
  channel === 'rest' || prompt.kind !== 'tell'

/** What is pressed for an option, on the one page that shows it, is that option. */
function pressesLead(channel: ChannelName, view: View): number {
  const pages = pagesOf(channel, view)
  let checked = 0
  for (const { option, pressed } of presses(channel, pages)) {
    if (!drawsOptions(channel, view.prompt)) continue
    const where = `${option.label} on ${channel}`
    assert.equal(new Set(pressed.map(({ page }) => page)).size, 1, `${where} is on one page`)
    for (const { input, reply } of pressed) {
      assert.deepEqual([input, reply], [input, { kind: 'answer', value: option.value }], where)
      checked += 1
    }
  }
  return checked
}

/** As people write it who do not mind capitals and stops; signs alone are not words. */
const carelessly = (label: string): string[] =>
  fold(label) === '' ? [` ${label} `] : [label.toUpperCase(), `  ${label}. `]

/** An option's words, in every language, typed where another language is shown, are that option. */
function wordsLead(channel: ChannelName, view: View, others: readonly View[]): number {
  const words = new Map<string, string>()
  // What the person reads in their own language is theirs before it is anybody's synonym.
  for (const spoken of others)
    for (const { value, label, synonyms } of optionsOf(spoken.prompt))
      if (optionsOf(view.prompt).some((option) => option.value === value))
        for (const word of [label, ...(synonyms ?? []), ...carelessly(label)]) {
          const before = words.get(word) ?? value
          assert.equal(before, value, `${word} is two things`)
          words.set(word, value)
        }
  for (const [word, value] of words) {
    const reply = CODECS[channel].codec.decode(view, { kind: 'text', text: word })
    if (reply.kind !== 'answer' || reply.value !== value)
      assert.deepEqual([word, reply], [word, { kind: 'answer', value }], `${word} on ${channel}`)
  }
  return words.size
}

/** A keyword goes before the open question, so no option's words may be a keyword that means something else. */
function wordsAreNoOtherKeyword(view: View, means: (value: string) => Intent | null): void {
  for (const { value, label, synonyms } of optionsOf(view.prompt))
    for (const word of [label, ...(synonyms ?? [])]) {
      const reading = script.read(word)
      assert.deepEqual([word, reading?.intent ?? null], [word, reading ? means(value) : null])
    }
}

const TYPED: readonly ChannelName[] = ['ussd', 'sms', 'whatsapp', 'rest']

function holds({ in: views }: Screen, means: (value: string) => Intent | null): number {
  let checked = 0
  for (const language of LANGUAGES)
    views(language).forEach((view, index) => {
      const translated = LANGUAGES.flatMap((other) => views(other)[index] ?? [])
      for (const channel of CHANNELS) checked += pressesLead(channel, view)
      // What is said above a question changes no answer to it.
      if (view.error === null) {
        for (const channel of TYPED) checked += wordsLead(channel, view, translated)
        wordsAreNoOtherKeyword(view, means)
      }
    })
  return checked
}

/** What a choice means on the menu that offers it. */
const meant = (value: string): Intent =>
  usualOf(TYPICAL)
    .map((usual) => script.chosen(value, usual))
    .find(({ name }) => name !== 'menu') ?? script.chosen(value, null)

describe('what one presses, types or taps for an option is that option', function () {
  this.timeout(180_000)

  for (const [size, data] of [
    ['ordinary', TYPICAL],
    ['longest', WORST],
  ] as const)
    describe(`with the ${size} names`, () => {
      for (const name of FLOW_NAMES)
        for (const screen of screensOf(flows[name], data))
          it(screen.name, () => {
            const checked = holds(screen, () => null)
            const options = screen.in('en').flatMap(({ prompt }) => optionsOf(prompt))
            assert.equal(checked > 0, options.length > 0)
          })
    })

  it('on screens far larger than ours', () => {
    const many = { name: 'huge', in: (language: Language) => hugeViews(language).slice(0, 2) }
    assert.ok(holds(many, () => null) > 0)
  })

  for (const [index, { prompt }] of otherViews(TYPICAL, 'RWF 1,160', 'en').entries())
    if (optionsOf(prompt).length > 0)
      it(`${prompt.id} #${index}`, () => {
        const screen = {
          name: prompt.id,
          in: (language: Language) =>
            [otherViews(TYPICAL, 'RWF 1,160', language)[index]].flatMap((view) => view ?? []),
        }
        assert.ok(holds(screen, prompt.id === 'menu' || prompt.id === 'serveWhat' ? meant : () => null) > 0)
      })
})
