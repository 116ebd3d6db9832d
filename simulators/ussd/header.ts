import { dialledOf, digits, type Profile, screen } from './profile.ts'

/** Airtel's Flares: the newest alone in a query; a header of the answer says whether the session goes on. */
export const header: Profile[] = [
  {
    name: 'airtel',
    hop(session, n) {
      const { code, rest } = dialledOf(session)
      const first = [code.slice(1, -1), ...(rest === '' ? [] : [rest])].join('*')
      const query = {
        SessionID: session.sessionId,
        MSISDN: digits(session.phone),
        MSC: '250730000001',
        input: n === 0 ? first : (session.inputs[n - 1] ?? ''),
      }
      return { method: 'GET', to: `?${new URLSearchParams(query)}` }
    },
    over: (session, how) => ({
      method: 'GET',
      to: `?${new URLSearchParams({ SessionID: session.sessionId, msisdn: digits(session.phone), clean: 'clean', error: how })}`,
    }),
    read({ headers, body }) {
      const { freeflow } = headers
      return freeflow === 'FC' || freeflow === 'FB' ? screen(freeflow === 'FC', body) : undefined
    },
  },
]
