import type { Inbound } from './channel.ts'

/** A text to know it by when it comes again. @param isCommand whether it was one of our own words */
export type Echo = (isCommand: boolean) => { readonly echo?: string }

/** Shorter texts are what people press again and again. */
const ECHO_CHARACTERS = { least: 12, most: 60 } as const

const ABOUT_CODE = /^\s*\S+\s+\d{3}/

/** Commands differ by their codes; what else is written is the same but for what machines count in it. */
export const echoOf =
  ({ input }: Inbound): Echo =>
  (isCommand) => {
    const said = input.kind === 'text' ? input.text : ''
    // Who tries one code again and again is told each time that it is wrong.
    if (isCommand && ABOUT_CODE.test(said)) return {}
    const text = isCommand ? said : said.replace(/\d+/g, '#')
    return text.length < ECHO_CHARACTERS.least ? {} : { echo: text.slice(0, ECHO_CHARACTERS.most) }
  }
