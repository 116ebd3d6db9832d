import sax from 'sax'
import type { HookAnswer } from '../../core/base/hook.ts'
import { escapeMarkup } from '../../core/base/xml.ts'

/** No aggregator's request is deeper or has more elements. */
const DEEPEST = 4
const MOST = 32

/**
 * Reads a small document of named texts, `<ussd><msisdn>…</msisdn>…</ussd>`. Only XML's own five entities are known, and
 * a document that brings a DTD is none of ours: nothing is ever fetched or unfolded. It is
 * sax that reads, since no reader of our own would be strict about everything that XML is strict about.
 * @returns the texts by their elements' names, in small letters; null when it is no such document
 */
export function textsIn(body: Buffer): Readonly<Record<string, string>> | null {
  const texts: Record<string, string> = {}
  const open: string[] = []
  // sax would go on, and find fault with every character to come.
  const refuse = () => {
    throw new Error('no document of ours')
  }
  const parser = sax.parser(true)
  parser.onerror = refuse
  parser.ondoctype = refuse
  parser.onopentag = ({ name }) => {
    open.push(name.toLowerCase())
    if (open.length > DEEPEST || Object.keys(texts).length >= MOST) refuse()
  }
  parser.onclosetag = () => void open.pop()
  const add = (text: string) => {
    const name = open.at(-1)
    if (name !== undefined) texts[name] = (Object.hasOwn(texts, name) ? (texts[name] ?? '') : '') + text
  }
  parser.ontext = add
  parser.oncdata = add
  try {
    parser.write(body.toString('utf8')).close()
    return texts
  } catch {
    return null
  }
}

// XML 1.0 §2.2 has no way at all to write these.
const UNWRITABLE = /[^\t\n\r\P{Cc}]|[\ufffe\uffff]/gu

/** Any text made fit for an element or an attribute. */
export const escaped = (text: string): string => escapeMarkup(text.toWellFormed().replace(UNWRITABLE, ''))

export const xml = (document: string): HookAnswer => ({
  status: 200,
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>${document}`,
})
