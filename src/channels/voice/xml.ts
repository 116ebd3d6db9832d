import { escapeMarkup } from '../../core/base/xml.ts'

/** Something to be heard: words to be read by the provider's voice, or a recording. */
export type Sound =
  | { readonly tag: 'Say'; readonly text: string; readonly language: string }
  | { readonly tag: 'Play'; readonly url: string }

/** What a call may be told to do next. Text and attributes are any strings; escaping happens here and only here. */
export type Action =
  | Sound
  | {
      readonly tag: 'GetDigits'
      readonly sounds: readonly Sound[]
      readonly timeoutSeconds: number
      /** One key is enough; else keys are ended by `#`. */
      readonly isOneKey: boolean
    }
  | { readonly tag: 'Reject' }

type Attributes = Readonly<Record<string, string | number>>

/** What providers of calls write differently. */
export type Dialect = {
  /** The element that collects keys. */
  readonly gather: string
  readonly oneKey: Attributes
  readonly untilHash: Attributes
  /** The attribute that says where keys are posted to. */
  readonly address: string
  /** How a voice is chosen, by language; a language that is not here gets the account's own. */
  readonly voices: Readonly<Record<string, Attributes>>
  readonly play: (url: string) => string
  /** Sounds that one question may hold. */
  readonly maxSounds: number
}

/** The document that answers a call. What follows a question is done only when nothing was keyed. */
export const response = (dialect: Dialect, ...actions: readonly Action[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${actions.map((one) => element(dialect, one)).join('')}</Response>`

/** The same document with the address to which the keyed digits are posted; others are left as they are. */
export const withCallback = (dialect: Dialect, xml: string, url: string): string =>
  xml.replace(`<${dialect.gather}`, (start) => `${start} ${dialect.address}="${escapeXml(url)}"`)

function element(dialect: Dialect, action: Action): string {
  switch (action.tag) {
    case 'Say':
      return `<Say${attributes(dialect.voices[action.language] ?? {})}>${escapeXml(action.text)}</Say>`
    case 'Play':
      return dialect.play(escapeXml(action.url))
    case 'GetDigits': {
      const { gather, oneKey, untilHash } = dialect
      const keys = action.isOneKey ? oneKey : untilHash
      const sounds = action.sounds.map((sound) => element(dialect, sound)).join('')
      return `<${gather}${attributes({ timeout: action.timeoutSeconds, ...keys })}>${sounds}</${gather}>`
    }
    case 'Reject':
      return '<Reject/>'
  }
}

const attributes = (given: Attributes): string =>
  Object.entries(given)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('')

/** Any string as XML 1.0 text or attribute: markup escaped; what XML forbids (controls, half a character) gone. */
export const escapeXml = (text: string): string =>
  escapeMarkup(text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' '))
