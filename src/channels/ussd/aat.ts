import { queryOf } from './body.ts'
import { type Gateway, GET } from './gateway.ts'
import { escaped, xml } from './xml.ts'

/**
 * AAT (South Africa): a query with what is new alone, answered in XML that says where the next answer goes. No session
 * is named, so the phone stands for it; a request without an answer in it begins one. One option that is not displayed
 * takes any text, and a document without options ends the session.
 * Source: AAT USSD guide 1.9.
 * @param url where AAT reaches this gateway, our secret in it
 */
export const aat = (url: string): Gateway => ({
  name: 'aat',
  doors: GET,
  read(request) {
    const field = queryOf(request)
    const [phone, turn] = [field('msisdn'), null]
    return {
      hop: {
        session: phone,
        phone,
        said:
          request.query.request === undefined
            ? { kind: 'start', dialled: null, turn }
            : { kind: 'input', text: field('request'), turn },
      },
      write: (screen) =>
        xml(
          `<request><headertext>${escaped(screen?.text ?? '')}</headertext>` +
            `${screen?.isOpen ? `<options><option command="1" order="1" callback="${escaped(url)}" display="false"></option></options>` : ''}</request>`,
        ),
    }
  },
})
