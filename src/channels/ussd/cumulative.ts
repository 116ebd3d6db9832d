import { type HookAnswer, type HookRequest, text } from '../../core/base/hook.ts'
import { formOf, queryOf } from './body.ts'
import { dialledOf, type Gateway, GET, POST, type Reading, type Screen } from './gateway.ts'

/** What the fields of one such aggregator are called. */
type Fields = {
  readonly session: string
  readonly phone: string
  readonly code: string
  readonly text: string
}

/** `CON ` and `END ` before plain text. */
export const conEnd = (screen: Screen | null): HookAnswer =>
  text(200, screen ? `${screen.isOpen ? 'CON' : 'END'} ${screen.text}` : 'OK')

/** The family of Africa's Talking: everything said so far, joined by `*`, in one field of a form or a query. */
export function cumulative(name: string, by: 'form' | 'query', fields: Fields): Gateway {
  const read = (request: HookRequest): Reading => {
    const field = by === 'form' ? formOf(request) : queryOf(request)
    const dialled = dialledOf(field(fields.code), '')
    // What they typed is joined as it is: it may begin with anything.
    const said = field(fields.text)
    return {
      hop: {
        session: field(fields.session),
        phone: field(fields.phone),
        said: { kind: 'so_far', dialled: said === '' ? (dialled ?? '') : `${dialled ?? ''}*${said}` },
      },
      write: conEnd,
    }
  }
  return { name, doors: by === 'form' ? POST : GET, read }
}
