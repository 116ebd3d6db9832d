// @ts-check

/** @typedef {{ send: string, label: string, isPart: boolean }} Chip `isPart`: a code or a price is to be added */

const most = 6
const ask =
  /\b(?:reply|answer|u?subi[zr]e?a?|ohereza|r[eé]pondez|to offer|gutanga igiciro|pour offrir)\b|\b(?:YES|YEGO|OUI) \d+\?/i
const verb = /\b[A-Z]{2,}(?: \d{3,9}){0,2}(?![\d,.]*\d)/g
const afterColon = /(?<=: )[A-Z]{3,} \d{3,9}\b/g
const notVerbs =
  /^(?:RWF|KES|UGX|TZS|DZD|NGN|PKR|EUR|USD|XOF|XAF|SMS|GPS|MTN|OTP|PIN|INZIRA)\b|^\w{2,3} \d+ [A-Z]/
const line = /^(\d{1,2}) \S/gm
const asksMore = /^(?: (?:with|and|avec|et|na|n)\b|,? (?:such as|the)\b|, (?:the|umubare|le)\b| n'amafaranga)/

/**
 * What a message asks for in so many words: numbered lines, or capitals, perhaps with numbers, after "Reply".
 * @param {string} text a message, e.g. `Reply YES 4821 or NO 4821`
 * @returns {Chip[]} at most six, e.g. `YES 4821`, `NO 4821`
 */
export function questions(text) {
  const lines = [...text.matchAll(line)].map(([, no = '']) => ({ send: no, label: no, isPart: false }))
  const from = text.search(ask)
  return once([...lines, ...(from < 0 ? [] : verbs(text, verb, from))])
}

/**
 * Every quick answer to a message: what it asks for, and what it says can be done, as in `Cancel: CANCEL 4821`.
 * @param {string} text
 * @returns {Chip[]} at most six
 */
export const chips = (text) => once([...questions(text), ...verbs(text, afterColon, 0)])

/** @param {string} text @param {RegExp} which @param {number} from where to begin */
function verbs(text, which, from) {
  const part = text.slice(from)
  return [...part.matchAll(which)]
    .filter(([word]) => !notVerbs.test(word))
    .map(({ 0: word, index }) => {
      const isPart = asksMore.test(part.slice(index + word.length))
      return { send: word, label: isPart ? `${word} ...` : word, isPart }
    })
}

/** @param {Chip[]} all */
const once = (all) => [...new Map(all.map((chip) => [chip.send, chip])).values()].slice(0, most)
