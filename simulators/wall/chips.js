// @ts-check

const ask = /\b(?:reply|answer|subiza|ohereza|r[eé]pondez)\b/i
const order = /\b[A-Z]{2,}(?: \d{1,8}(?![\d,.]*\d))?\b/g
const notAnswers = /^(?:RWF|KES|UGX|TZS|SMS|GPS|MTN|OTP|PIN)\b/
const most = 4

/**
 * The answers a message offers in so many words: capitals, perhaps with a number, after "Reply".
 * @param {string} text a message, e.g. `Reply YES 4821 or NO 4821`
 * @returns {string[]} at most four, e.g. `YES 4821`, `NO 4821`
 */
export function chips(text) {
  const from = text.search(ask)
  if (from < 0) return []
  const found = text.slice(from).match(order) ?? []
  return [...new Set(found.filter((word) => !notAnswers.test(word)))].slice(0, most)
}
