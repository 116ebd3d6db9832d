/**
 * Cards to be printed and hung at stages: the name, the number, and how to leave from there by any phone:
 *
 *   npm run cards -- cards.pdf rw,en            every stage that has a number, the most asked-for first
 *   npm run cards -- cards.pdf rw,en 101 103    these
 */
import { writeFile } from 'node:fs/promises'
import { systemClock } from '../core/base/clock.ts'
import type { Config } from '../core/base/config.ts'
import { type Place, STAGES } from '../core/move/places.ts'
import { LINES } from '../flows/lines/index.ts'
import { ride } from '../flows/lines/ride.ts'
import { createPlaces } from '../integrations/postgres/places.ts'
import { type StageCard, stageCards } from '../integrations/sheets/card.ts'
import type { Command } from './command.ts'

const MOST_CARDS = 1_000
/** A card has room for no more. */
const MOST_LANGUAGES = 2
const USAGE = `usage: npm run cards -- <file.pdf> <language,language> [<stage> ...]`

/** Of the languages whose letters a standard font has; what is texted is as the grammar reads it. */
export const CARD_WORDS = {
  en: { dial: 'To ride from here, dial', text: 'or text to', way: 'RIDE {stage} to' },
  rw: { dial: 'Gutega moto hano, kanda', text: 'cyangwa wandike kuri', way: 'GUTEGA {stage} kugera' },
  fr: { dial: 'Pour partir d’ici, composez', text: 'ou envoyez au', way: 'COURSE {stage} vers' },
  sw: { dial: 'Kusafiri kutoka hapa, piga', text: 'au tuma SMS kwa', way: 'BODABODA {stage} hadi' },
} as const
type CardLanguage = keyof typeof CARD_WORDS
const isCardLanguage = (word: string): word is CardLanguage => Object.hasOwn(CARD_WORDS, word)

export const cards: Command = {
  async perform({ config, db, print }, words) {
    const [path = '', spoken = '', ...numbers] = words.map((word) => word.trim())
    const languages = spoken.split(',').filter(isCardLanguage).slice(0, MOST_LANGUAGES)
    if (!path.endsWith('.pdf') || languages.length === 0 || !numbers.every((one) => /^\d{1,5}$/.test(one))) {
      print(USAGE, `languages: ${Object.keys(CARD_WORDS).join(', ')}, at most ${MOST_LANGUAGES}`)
      return 2
    }
    const known = await createPlaces(db).popular(MOST_CARDS, STAGES)
    const made = known.flatMap((place) => cardOf(place, languages, config) ?? [])
    const wanted = numbers.length === 0 ? made : made.filter(({ stage }) => numbers.includes(String(stage)))
    const missing = numbers.filter((number) => !made.some(({ stage }) => String(stage) === number))
    if (missing.length > 0) print(`no stage has the number ${missing.join(', ')}`)
    if (wanted.length === 0) return 1
    await writeFile(path, await stageCards(wanted, systemClock.now()))
    print(`${wanted.length} cards in ${path}`)
    return missing.length === 0 ? 0 : 1
  },
}

/** A ride's key on the plain menu, which dialled short-cuts are read against. */
const RIDE_KEY = LINES.indexOf(ride) + 1

/** The card of a place; undefined where it has no number. */
export function cardOf(
  { name, area, stage }: Place,
  languages: readonly CardLanguage[],
  { DIAL_CODE, SMS_SENDER }: Pick<Config, 'DIAL_CODE' | 'SMS_SENDER'>,
): StageCard | undefined {
  if (stage === null) return undefined
  const wayIn = (language: CardLanguage) => CARD_WORDS[language].way.replace('{stage}', String(stage))
  const [first = 'en'] = languages
  return {
    ...{ name, area, stage },
    dial: {
      says: languages.map((language) => CARD_WORDS[language].dial),
      code: DIAL_CODE.replace(/#$/, `*${RIDE_KEY}*${stage}#`),
    },
    texts: languages.map((language) => ({
      says: `${CARD_WORDS[language].text} ${SMS_SENDER}`,
      text: `${wayIn(language)} …`,
    })),
    // As cameras know a text that is to be written (ZXing, "SMS"): the number, then its beginning.
    qr: `SMSTO:${SMS_SENDER}:${wayIn(first)} `,
  }
}
