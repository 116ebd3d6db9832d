import { formOf } from './body.ts'
import { conEnd, cumulative } from './cumulative.ts'
import type { Gateway } from './gateway.ts'

const hops = cumulative('africastalking', 'form', {
  session: 'sessionId',
  phone: 'phoneNumber',
  code: 'serviceCode',
  text: 'text',
})

/**
 * Africa's Talking: a form with the whole text so far, answered `CON ` or `END ` in plain text. It sends no turn number.
 * The end of a session it tells to a door of its own.
 * Source: Africa's Talking, USSD "Handle sessions" and "Notifications".
 */
export const africastalking: Gateway = {
  name: hops.name,
  doors: [...hops.doors, { methods: ['POST'], path: '/end' }],
  read(request) {
    const field = formOf(request)
    const status = field('status')
    if (status === '') return hops.read(request)
    const said = { kind: 'over', completed: status === 'Success' } as const
    const [session, phone] = [field('sessionId'), field('phoneNumber')]
    return { hop: session === '' || phone === '' ? 'noted' : { session, phone, said }, write: conEnd }
  },
}
