import { dialledOf, type Gateway, type Hop, POST } from './gateway.ts'
import { escaped, textsIn, xml } from './xml.ts'

/** In: a request, an answer, the user cancelled, timed out, not charged. Out: it goes on, or ends. */
const REQUEST = '1'
const ANSWER = '2'
const END = '3'
const OVER = new Set([END, '4', '10'])

/**
 * TruRoute and Truteq (Malawi, Namibia, South Africa): XML with what is new alone, and no number of the turn.
 * Source: saulchelewani/truroute-ussd-adapter; SMS.com.na, USSD specification.
 */
export const truroute: Gateway = {
  name: 'truroute',
  doors: POST,
  read({ body }) {
    const told = textsIn(body)
    const { sessionid = '', msisdn = '', type = '', msg = '' } = told ?? {}
    const said = saidBy(type.trim(), msg)
    return {
      hop: said && { session: sessionid.trim(), phone: msisdn.trim(), said },
      write: (screen) =>
        xml(
          `<ussd><type>${screen?.isOpen ? ANSWER : END}</type><msg>${escaped(screen?.text ?? '')}</msg>` +
            '<premium><cost>0</cost><ref>NULL</ref></premium></ussd>',
        ),
    }
  },
}

function saidBy(type: string, msg: string): Hop['said'] | null {
  const turn = null
  if (type === REQUEST) return { kind: 'start', dialled: dialledOf('', msg), turn }
  if (type === ANSWER) return { kind: 'input', text: msg, turn }
  return OVER.has(type) ? { kind: 'over', completed: false } : null
}
