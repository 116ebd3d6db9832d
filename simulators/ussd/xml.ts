import { digits, type Profile, screen } from './profile.ts'

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
}

/** The text of the one element of that name; undefined when there is none, or what is in it is no text. */
function textOf(document: string, name: string): string | undefined {
  const inside = new RegExp(`<${name}>([^<]*)</${name}>`).exec(document)?.[1]
  if (inside === undefined || /&(?!(?:lt|gt|quot|apos|amp);)/.test(inside)) return undefined
  return inside.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? '')
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[one] ?? '')

const truroute: Profile = {
  name: 'truroute',
  hop: (session, n) =>
    ussd(session, n === 0 ? 1 : 2, n === 0 ? session.dialled : (session.inputs[n - 1] ?? '')),
  over: (session, how) => ussd(session, how === 'abort' ? 3 : 4, ''),
  read({ body }) {
    const [type, msg] = [textOf(body, 'type'), textOf(body, 'msg')]
    return msg !== undefined && (type === '2' || type === '3') ? screen(type === '2', msg) : undefined
  },
}

const ussd = ({ phone, sessionId }: { phone: string; sessionId: string }, type: number, msg: string) => ({
  to: '',
  headers: { 'content-type': 'text/xml' },
  body:
    `<ussd><msisdn>${digits(phone)}</msisdn><sessionid>${sessionId}</sessionid>` +
    `<type>${type}</type><msg>${escaped(msg)}</msg></ussd>`,
})

/** Each screen says where its answer goes; without options it is the last. */
const aat: Profile = {
  name: 'aat',
  hop(session, n) {
    const query = new URLSearchParams({ msisdn: digits(session.phone), provider: 'Vodacom' })
    if (n > 0) query.set('request', session.inputs[n - 1] ?? '')
    return { method: 'GET', to: `${n > 0 ? (session.next ?? '') : ''}?${query}` }
  },
  read({ body }, session) {
    const text = textOf(body, 'headertext')
    if (text === undefined) return undefined
    const next = /<option [^>]*callback="([^"]*)"/.exec(body)?.[1]
    if (next !== undefined) session.next = next.replace(/&amp;/g, '&')
    return screen(next !== undefined, text)
  },
}

/** Those who speak XML. */
export const xml: Profile[] = [truroute, aat]
