import assert from 'node:assert/strict'
import { readMessage } from '../../src/channels/whatsapp/message.ts'
import type { ChannelName } from '../../src/core/talk/channel.ts'
import type { Prompt, View } from '../../src/core/talk/prompt.ts'
import { telling, viewOf } from '../../src/core/talk/view.ts'
import { LANGUAGES, type Language, render, say } from '../../src/flows/words/index.ts'
import { type Fault, faultsOf, overParts } from './budgets.ts'
import { slotsOf, TYPICAL } from './data.ts'
import { CODECS, pagesOf, script } from './views.ts'

/** A letter that no text of ours has so often in a row. */
const LETTER: Readonly<Record<Language, string>> = { en: 'w', rw: 'w', fr: 'é', sw: 'w', ar: 'ظ', ur: 'ظ' }

/** A screen with a word of so many letters in it, and whether it is still shown as it is meant: on one page, to be tapped. */
type Plant = {
  readonly name: string
  readonly channel: ChannelName
  readonly prompt: (language: Language, word: string) => Prompt
  readonly isMeant: (drawn: string) => boolean
}

const telled = (language: Language, word: string): Prompt => ({
  ...{ kind: 'tell', id: 'later', say: `${say(language, 'later')} ${word}`, next: 'end' },
})
const chosen = (language: Language, word: string): Prompt => ({
  ...{ kind: 'choose', id: 'q', say: say(language, 'askPrices') },
  options: [say(language, 'yes'), word].map((label, n) => ({ value: `v${n}`, label })),
})
const offered = (language: Language, word: string): Prompt => ({
  ...{ kind: 'choose', id: 'q', say: say(language, 'whichPlace') },
  options: ['a', 'b', 'c', word].map((label, n) => ({ value: `v${n}`, label, detail: 'Remera' })),
})
const always = () => true
const interactive = (drawn: string) => {
  const message = readMessage(drawn)
  return message?.type === 'interactive' ? message.interactive : null
}
/** Whether the row that was lengthened still has its label for a title. */
const isTitled = (drawn: string): boolean => {
  const list = interactive(drawn)
  return list?.type === 'list' && list.action.sections[0].rows.every(({ title }) => /^\p{L}+$/u.test(title))
}

const PLANTS: readonly Plant[] = [
  { name: 'a text that closes', channel: 'ussd', prompt: telled, isMeant: always },
  { name: 'the name of a choice', channel: 'ussd', prompt: chosen, isMeant: always },
  { name: 'a text', channel: 'sms', prompt: telled, isMeant: always },
  { name: 'the name of a choice', channel: 'sms', prompt: chosen, isMeant: always },
  { name: 'the body of a text', channel: 'whatsapp', prompt: telled, isMeant: always },
  {
    ...{ name: 'a button', channel: 'whatsapp', prompt: chosen },
    isMeant: (drawn) => interactive(drawn)?.type === 'button',
  },
  { name: 'the title of a row', channel: 'whatsapp', prompt: offered, isMeant: isTitled },
  { name: 'a text that is spoken', channel: 'voice', prompt: telled, isMeant: always },
  { name: 'the name of a choice', channel: 'voice', prompt: chosen, isMeant: always },
]

/** Longer than all that is shown at once anywhere. */
const MOST_LETTERS = 4_200

const viewOfPrompt = (prompt: Prompt, language: Language): View => viewOf(telling(prompt, language), script)
const isFirst = ({ prompt, canGoBack }: View): boolean => prompt.kind === 'choose' && !canGoBack

describe('one letter too many', () => {
  for (const { name, channel, prompt, isMeant } of PLANTS)
    for (const language of LANGUAGES) {
      const letter = LETTER[language]
      it(`is found in ${name}, by ${channel} in ${language}`, () => {
        const planted = (letters: number) => viewOfPrompt(prompt(language, letter.repeat(letters)), language)
        const drawnOf = (view: View) => CODECS[channel].codec.encode(view)
        const fits = (letters: number) =>
          pagesOf(channel, planted(letters)).length === 1 && isMeant(drawnOf(planted(letters)))
        const most = last(1, MOST_LETTERS, fits)
        const drawn = drawnOf(planted(most))
        assert.deepEqual(faultsOf(channel, drawn, isFirst(planted(most))), [])

        // A codec that turned no page, and thought of no other form, would send this.
        const longer = drawn.replace(letter.repeat(most), letter.repeat(most + 1))
        assert.notEqual(longer, drawn)
        const found = faultsOf(channel, longer, isFirst(planted(most)))
        assert.ok(
          found.some(isByOne),
          `nothing found in ${longer.length} characters: ${longer.slice(0, 300)}`,
        )

        // Ours turns a page or takes another form instead, and drops no letter.
        const pages = pagesOf(channel, planted(most + 1)).map(drawnOf)
        assert.ok(pages.length > 1 || !isMeant(pages[0] ?? ''))
        assert.ok(pages.some((page) => page.includes(letter.repeat(most + 1))))
        for (const page of pages) assert.deepEqual(faultsOf(channel, page, isFirst(planted(most))), [])
      })
    }

  for (const language of LANGUAGES)
    it(`is found in a text that is sent unasked, in ${language}`, () => {
      const text = render({ key: 'receipt', args: slotsOf(TYPICAL, 'RWF 1,160') }, language)
      const budget = { name: 'parts', gsm7: 1, ucs2: 3 }
      const longer = (letters: number) => text.replace(' ', `${LETTER[language].repeat(letters)} `)
      const most = last(0, MOST_LETTERS, (letters) => overParts(longer(letters), budget).length === 0)
      assert.ok(most < MOST_LETTERS)
      assert.ok(overParts(longer(most + 1), budget).some(isByOne))
    })
})

const isByOne = ({ length, most }: Fault): boolean => length === most + 1

/** The largest number for which it holds, where it holds for all below. */
function last(from: number, to: number, holds: (n: number) => boolean): number {
  assert.ok(holds(from), 'not even the shortest fits')
  let [low, high] = [from, to]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}
