import { text } from '../../core/base/hook.ts'
import { queryOf } from './body.ts'
import { type Gateway, GET, type Hop } from './gateway.ts'

/**
 * Airtel by Comviva Flares (HTTP pull): a query with what is new alone, answered in plain text whose header says
 * whether the session goes on. Nothing marks the first request but its input: our code without `*` and `#`.
 * Source: praekelt/vumi, transports/airtel ("Flares 1.5.0").
 * @param codes ours, e.g. `384*77`
 */
export const airtel = (codes: readonly string[]): Gateway => ({
  name: 'airtel',
  doors: GET,
  read(request) {
    const field = queryOf(request)
    return {
      hop: {
        session: field('SessionID'),
        phone: field('MSISDN') || field('msisdn'),
        said: saidBy(field, codes),
      },
      write: (screen) => ({
        ...text(200, screen?.text.trimStart() ?? ''),
        headers: { Freeflow: screen?.isOpen ? 'FC' : 'FB', charge: 'N', amount: '0' },
      }),
    }
  },
})

function saidBy(field: (name: string) => string, codes: readonly string[]): Hop['said'] {
  const [input, turn] = [field('input'), null]
  if (field('clean') !== '') return { kind: 'over', completed: field('error') === '' }
  const isDialled = codes.some((code) => input === code || input.startsWith(`${code}*`))
  return isDialled ? { kind: 'start', dialled: input, turn } : { kind: 'input', text: input, turn }
}
