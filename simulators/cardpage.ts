import type { Answer } from './http.ts'

const STYLE = `body{margin:0;padding:28px;font:16px/1.45 system-ui,sans-serif;color:#2e1b12;background:#fffaf0}
h1{margin:0 0 14px;font-size:21px}p{margin:0 0 12px}p:empty{display:none}[role=status]{font-weight:600;color:#b3261e}
label{display:block;font-size:13px}input,button{box-sizing:border-box;width:100%;padding:11px 12px;border-radius:10px;font:inherit}
input{margin:4px 0 14px;border:1px solid #c3a67c;font:17px ui-monospace,monospace}
button{border:0;font-weight:700;color:#fff;background:#14603b}`

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
  const options = Object.entries(cards).map(
    ([pan, is]) => `<option value="${pan}">${pan.slice(-4)} ${plain(is)}</option>`,
  )
  const [first = ''] = Object.keys(cards)
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${plain(title)}</title><style>${STYLE}</style><body><h1>${plain(title)}</h1><p>${plain(due)}</p><p role="status">${plain(said)}</p>
<form method="post"><label>Card <input name="pan" inputmode="numeric" list="cards" value="${first}"></label>
<datalist id="cards">${options.join('')}</datalist> <button>Pay</button></form></body></html>`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

/** Currencies without decimals; what JavaScript knows of them follows custom and not the law. */
const WHOLE: ReadonlySet<string> = new Set(['RWF'])

/** A sum in its smallest unit as the payer reads it, such as `DZD 1,200.00`. */
export function sumOf(currency: string, minor: number): string {
  const code = currency.toUpperCase()
  const digits = WHOLE.has(code) ? 0 : 2
  return `${code} ${(minor / 10 ** digits).toLocaleString('en', { minimumFractionDigits: digits })}`
}

/** Sends the browser on. */
export const goTo = (location: string): Answer => ({ status: 303, headers: { location } })
