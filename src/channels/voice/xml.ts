import { escapeMarkup } from '../../core/base/xml.ts'

/** What a call may be told to do next. Text and attributes are any strings; escaping happens here and only here. */
export type Action =
  | { readonly tag: 'Say'; readonly text: string; readonly voice?: string | undefined }
  | { readonly tag: 'Play'; readonly url: string }
  | {
      readonly tag: 'GetDigits'
      readonly prompt: Extract<Action, { tag: 'Say' | 'Play' }>
      readonly timeoutSeconds: number
      readonly numDigits?: number | undefined
      readonly finishOnKey?: string | undefined
    }
  | { readonly tag: 'Reject' }

/**
 * The document that answers a call. Africa's Talking speaks one `Say` of a response, so of `actions` at most one
 * may be a `Say`; a question's own is nested in its `GetDigits`. What follows a `GetDigits` is done only when
 * nothing was keyed. Source: Africa's Talking, Voice "Actions" and "GetDigits".
 */
export const response = (...actions: readonly Action[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${actions.map(element).join('')}</Response>`

/** The same document with the address to which the keyed digits are posted; others are left as they are. */
export const withCallback = (xml: string, url: string): string =>
  xml.replace('<GetDigits', () => `<GetDigits callbackUrl="${escapeXml(url)}"`)

function element(action: Action): string {
  switch (action.tag) {
    case 'Say':
      return `<Say${attributes({ voice: action.voice })}>${escapeXml(action.text)}</Say>`
    case 'Play':
      return `<Play${attributes({ url: action.url })}/>`
    case 'GetDigits': {
      const { timeoutSeconds, numDigits, finishOnKey } = action
      return `<GetDigits${attributes({ timeout: timeoutSeconds, numDigits, finishOnKey })}>${element(action.prompt)}</GetDigits>`
    }
    case 'Reject':
      return '<Reject/>'
  }
}

const attributes = (given: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(given)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeXml(String(value))}"`]))
    .join('')

/** Any string as XML 1.0 text or attribute: markup escaped; what XML forbids (controls, half a character) gone. */
export const escapeXml = (text: string): string =>
  escapeMarkup(text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' '))
