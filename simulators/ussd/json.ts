import { isRecord } from '../read.ts'
import {
  dialledOf,
  digits,
  type Profile,
  type Request,
  type Screen,
  type Session,
  screen,
} from './profile.ts'

const post = (to: string, value: object, method: 'POST' | 'PUT' = 'POST'): Request => ({
  method,
  to,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

/** What was typed last: the whole code at first, then the newest alone. */
const typed = ({ dialled, inputs }: Session, n: number): string => (n === 0 ? dialled : (inputs[n - 1] ?? ''))

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads a JSON answer; undefined when it is none, or none for this session. */
function answer(body: string, of: (told: Record<string, unknown>) => Screen | undefined): Screen | undefined {
  try {
    const told: unknown = JSON.parse(body)
    return isRecord(told) ? of(told) : undefined
  } catch {
    return undefined
  }
}

const hubtel: Profile = {
  name: 'hubtel',
  hop: (session, n) =>
    post('', {
      Type: n === 0 ? 'Initiation' : 'Response',
      Mobile: digits(session.phone),
      SessionId: session.sessionId,
      ServiceCode: dialledOf(session).code.slice(1, -1).split('*')[0],
      Message: typed(session, n),
      Operator: 'mtn-gh',
      Sequence: n + 1,
      ClientState: '',
      Platform: 'USSD',
    }),
  over: (session, how) =>
    post('', {
      Type: how === 'abort' ? 'Release' : 'Timeout',
      Mobile: digits(session.phone),
      SessionId: session.sessionId,
      ServiceCode: '384',
      Message: '',
      Operator: 'mtn-gh',
      Sequence: session.inputs.length + 2,
    }),
  read: ({ body }, { sessionId }) =>
    answer(body, ({ SessionId, Type, Message }) =>
      SessionId === sessionId ? screen(word(Type).toLowerCase() === 'response', word(Message)) : undefined,
    ),
}

const arkesel: Profile = {
  name: 'arkesel',
  hop: (session, n) =>
    post('', {
      sessionID: session.sessionId,
      userID: 'INZ_1',
      newSession: n === 0,
      msisdn: digits(session.phone),
      userData: typed(session, n),
      network: 'MTN',
    }),
  read: ({ body }, { sessionId }) =>
    answer(body, ({ sessionID, userID, message, continueSession }) =>
      sessionID === sessionId && userID === 'INZ_1'
        ? screen(continueSession === true, word(message))
        : undefined,
    ),
}

/** `USERID` stands for the session. */
const nalo: Profile = {
  name: 'nalo',
  hop: (session, n) =>
    post('', {
      USERID: session.sessionId,
      MSISDN: digits(session.phone),
      USERDATA: typed(session, n),
      MSGTYPE: n === 0,
      NETWORK: 'MTN',
    }),
  read: ({ body }, { sessionId }) =>
    answer(body, ({ USERID, MSG, MSGTYPE }) =>
      USERID === sessionId ? screen(MSGTYPE === true, word(MSG)) : undefined,
    ),
}

const infobip: Profile = {
  name: 'infobip',
  hop: (session, n) =>
    post(`/session/${session.sessionId}/${n === 0 ? 'start' : 'response'}`, {
      msisdn: digits(session.phone),
      text: typed(session, n),
      language: 'en',
      ussdGwId: 'live2',
    }),
  over: (session, how) =>
    post(
      `/session/${session.sessionId}/end`,
      { msisdn: digits(session.phone), exitCode: how === 'abort' ? 510 : 610, reason: how },
      'PUT',
    ),
  read: ({ body }) =>
    answer(body, ({ ussdMenu, shouldClose, responseExitCode }) =>
      responseExitCode === 200 ? screen(shouldClose === false, word(ussdMenu)) : undefined,
    ),
}

const madapi: Profile = {
  name: 'madapi',
  hop: (session, n) =>
    post('', {
      sessionId: session.sessionId,
      messageType: n === 0 ? '0' : '1',
      msisdn: digits(session.phone),
      serviceCode: dialledOf(session).code,
      ussdString: typed(session, n),
    }),
  over: (session, how) =>
    post('', {
      sessionId: session.sessionId,
      messageType: how === 'abort' ? '4' : '5',
      msisdn: digits(session.phone),
      serviceCode: dialledOf(session).code,
      ussdString: '',
    }),
  read: ({ body }) =>
    answer(body, ({ statusCode, data }) =>
      statusCode === '0000' && isRecord(data)
        ? screen(data.userInputRequired === true, word(data.inboundResponse))
        : undefined,
    ),
}

/** The answer is an acknowledgement. */
const ideamart: Profile = {
  name: 'ideamart',
  isPushed: true,
  hop: (session, n) =>
    post('', {
      version: '1.0',
      applicationId: 'APP_000001',
      sessionId: session.sessionId,
      ussdOperation: n === 0 ? 'mo-init' : 'mo-cont',
      sourceAddress: `tel:${digits(session.phone)}`,
      vlrAddress: 'tel:94771234567',
      message: typed(session, n),
      encoding: '440',
    }),
  read: () => undefined,
}

/** Those who send what is new alone, in JSON. */
export const json: Profile[] = [hubtel, arkesel, nalo, infobip, madapi, ideamart]
