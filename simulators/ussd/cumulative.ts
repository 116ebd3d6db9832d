import { dialledOf, digits, type Profile, type Session, screen } from './profile.ts'

/** `CON ` and `END `, exactly. */
const read: Profile['read'] = ({ body }) => {
  const match = /^(CON|END) ([\s\S]*)$/.exec(body)
  return match ? screen(match[1] === 'CON', match[2] ?? '') : undefined
}

const soFar = (session: Session, n: number): string => {
  const { rest } = dialledOf(session)
  return [...(rest === '' ? [] : [rest]), ...session.inputs.slice(0, n)].join('*')
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Those who send all inputs so far, and read `CON ` and `END `. */
export const cumulative: Profile[] = [
  {
    name: 'africastalking',
    hop: (session, n) => ({
      to: '',
      headers: form,
      body: new URLSearchParams({
        sessionId: session.sessionId,
        phoneNumber: session.phone,
        networkCode: '63510',
        serviceCode: dialledOf(session).code,
        text: soFar(session, n),
      }).toString(),
    }),
    over: (session) => ({
      to: '/end',
      headers: form,
      body: new URLSearchParams({
        sessionId: session.sessionId,
        phoneNumber: session.phone,
        status: 'Incomplete',
      }).toString(),
    }),
    read,
  },
  {
    name: 'safaricom',
    hop: (session, n) => {
      const [dest = '', ...extension] = dialledOf(session).code.slice(1, -1).split('*')
      const said = soFar(session, n)
      const USSD_PARAMS = [...extension, ...(said === '' ? [] : [said])].join('*')
      const query = { ORIG: digits(session.phone), DEST: dest, SESSION_ID: session.sessionId, USSD_PARAMS }
      return { method: 'GET', to: `?${new URLSearchParams(query)}` }
    },
    read,
  },
  {
    name: 'crossgate',
    hop: (session, n) => {
      const query = {
        network_code: '2541',
        msisdn: digits(session.phone),
        service_code: dialledOf(session).code,
        session_id: session.sessionId,
        ussd_string: soFar(session, n),
      }
      return { method: 'GET', to: `?${new URLSearchParams(query)}` }
    },
    read,
  },
]
