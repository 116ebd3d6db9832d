import type { Answer } from './http.ts'

const plain = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/**
 * The page where a payer types a card, in any browser; the form posts `pan` to the page's own address. `cards` are
 * those worth trying, by number; `said` is what came of the last one.
 */
export function cardPage(
  title: string,
  due: string,
  cards: Readonly<Record<string, string>>,
  said = '',
): Answer {
  const options = Object.entries(cards).map(([pan, is]) => `<option value="${pan}">${plain(is)}</option>`)
  const [first = ''] = Object.keys(cards)
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${plain(title)}</title><body><h1>${plain(title)}</h1><p>${plain(due)}</p><p role="status">${plain(said)}</p>
<form method="post"><label>Card <input name="pan" inputmode="numeric" list="cards" value="${first}"></label>
<datalist id="cards">${options.join('')}</datalist> <button>Pay</button></form></body></html>`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

/** Sends the browser on. */
export const goTo = (location: string): Answer => ({ status: 303, headers: { location } })
