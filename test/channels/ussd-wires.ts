import type { Hop } from '../../src/channels/ussd/gateway.ts'
import type { UssdGateway } from '../../src/core/base/channels.ts'

/** A request as the aggregator sends it, after `/hooks/ussd/<name>/<secret>`. */
export type Raw = { readonly method?: 'GET' | 'PUT'; readonly to?: string; readonly body?: string }

/** One aggregator's wire, both ways. Without `session` and `phone` a hop is of session `s1` and +250788000001. */
export type Wire = {
  readonly heard: readonly (readonly [
    label: string,
    raw: Raw,
    said: Hop['said'] | Partial<Hop> | null | 'noted',
  ])[]
  /** A screen that goes on and one that ends, after the first request heard. */
  readonly open: string
  readonly closed: string
  readonly headers?: readonly [open: object, closed: object]
}

/** What is written: every character that XML, JSON or a header could trip over. */
export const SCREEN = 'A & <b> "c"\n1 Yes'

const start = (dialled: string | null, turn: number | null = null) =>
  ({ kind: 'start', dialled, turn }) as const
const input = (text: string, turn: number | null = null) => ({ kind: 'input', text, turn }) as const
const soFar = (dialled: string) => ({ kind: 'so_far', dialled }) as const
const over = (completed = false) => ({ kind: 'over', completed }) as const
const json = (value: object): Raw => ({ body: JSON.stringify(value) })

const at = 'sessionId=s1&phoneNumber=%2B250788000001&networkCode=63902&serviceCode=*384*77%23'
const hubtel = {
  Mobile: '250788000001',
  SessionId: 's1',
  ServiceCode: '384',
  Operator: 'mtn-gh',
  ClientState: '',
}
const arkesel = { sessionID: 's1', userID: 'u9', msisdn: '250788000001', network: 'MTN' }
const nalo = { USERID: 's1', MSISDN: '250788000001', NETWORK: 'MTN' }
const madapi = { sessionId: 's1', msisdn: '250788000001', serviceCode: '*384*77#' }
const ideamart = {
  version: '1.0',
  applicationId: 'APP_1',
  sessionId: 's1',
  sourceAddress: 'tel:250788000001',
}
const ussd = (type: number, msg: string): Raw => ({
  body: `<?xml version="1.0"?>\n<ussd><msisdn>250788000001</msisdn><sessionid>s1</sessionid><type>${type}</type><msg>${msg}</msg></ussd>`,
})
const bomb = '<!DOCTYPE ussd [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]>'

export const WIRES: Readonly<Record<UssdGateway, Wire>> = {
  africastalking: {
    heard: [
      ['a dial', { body: `${at}&text=` }, soFar('384*77')],
      ['all inputs', { body: `${at}&text=1*2` }, soFar('384*77*1*2')],
      ['what looks like our wire', { body: `${at}&text=END+bye%0ACON+x` }, soFar('384*77*END bye\nCON x')],
      ['a good end', { to: '/end', body: `${at}&status=Success` }, over(true)],
      ['a bad end', { to: '/end', body: `${at}&status=Incomplete` }, over()],
    ],
    open: `CON ${SCREEN}`,
    closed: `END ${SCREEN}`,
  },
  hubtel: {
    heard: [
      [
        'a dial',
        json({ ...hubtel, Type: 'Initiation', Message: '*384*77#', Sequence: 1 }),
        start('384*77', 1),
      ],
      [
        'a deep dial',
        json({ ...hubtel, Type: 'initiation', Message: '*384*77*1*2#', Sequence: '1' }),
        start('384*77*1*2', 1),
      ],
      [
        'a stored dial',
        json({ ...hubtel, Type: 'Favorite', Message: '*384*77*1#', Sequence: 1 }),
        start('384*77*1', 1),
      ],
      ['an answer', json({ ...hubtel, Type: 'Response', Message: '2', Sequence: '3' }), input('2', 3)],
      ['a time-out', json({ ...hubtel, Type: 'Timeout', Message: '', Sequence: 4 }), over()],
      ['a hang-up', json({ ...hubtel, Type: 'Release', Message: '', Sequence: 4 }), over()],
      ['no sequence', json({ ...hubtel, Type: 'Response', Message: '2' }), null],
      ['a sequence of nought', json({ ...hubtel, Type: 'Response', Message: '2', Sequence: 0 }), null],
    ],
    open: '{"SessionId":"s1","Type":"response","Message":"A & <b> \\"c\\"\\n1 Yes","Label":"A & <b> \\"c\\"","ClientState":"","DataType":"input","FieldType":"text"}',
    closed:
      '{"SessionId":"s1","Type":"release","Message":"A & <b> \\"c\\"\\n1 Yes","Label":"A & <b> \\"c\\"","ClientState":"","DataType":"display","FieldType":"text"}',
  },
  arkesel: {
    heard: [
      ['a dial', json({ ...arkesel, newSession: true, userData: '*384*77#' }), start('384*77')],
      ['a deep dial', json({ ...arkesel, newSession: true, userData: '*384*77*1#' }), start('384*77*1')],
      ['an answer', json({ ...arkesel, newSession: false, userData: '1' }), input('1')],
      [
        'an answer like a code',
        json({ ...arkesel, newSession: false, userData: '*384*77#' }),
        input('*384*77#'),
      ],
      ['a word for a flag', json({ ...arkesel, newSession: 'true', userData: '1' }), null],
    ],
    open: '{"sessionID":"s1","userID":"u9","msisdn":"250788000001","message":"A & <b> \\"c\\"\\n1 Yes","continueSession":true}',
    closed:
      '{"sessionID":"s1","userID":"u9","msisdn":"250788000001","message":"A & <b> \\"c\\"\\n1 Yes","continueSession":false}',
  },
  nalo: {
    heard: [
      ['a dial', json({ ...nalo, MSGTYPE: true, USERDATA: '*384*77#' }), start('384*77')],
      ['a dial without its code', json({ ...nalo, MSGTYPE: true, USERDATA: '' }), start(null)],
      ['an answer', json({ ...nalo, MSGTYPE: false, USERDATA: 'Kimironko' }), input('Kimironko')],
      [
        'a session of its own',
        json({ ...nalo, SESSIONID: 's2', MSGTYPE: false, USERDATA: '1' }),
        { session: 's2', said: input('1') },
      ],
    ],
    open: '{"USERID":"s1","MSISDN":"250788000001","USERDATA":"*384*77#","MSG":"A & <b> \\"c\\"\\n1 Yes","MSGTYPE":true}',
    closed:
      '{"USERID":"s1","MSISDN":"250788000001","USERDATA":"*384*77#","MSG":"A & <b> \\"c\\"\\n1 Yes","MSGTYPE":false}',
  },
  infobip: {
    heard: [
      [
        'a dial',
        { to: '/session/s1/start', body: '{"msisdn":"250788000001","text":"*384*77#","shortCode":"384"}' },
        start('384*77'),
      ],
      [
        'a dial without its code',
        { to: '/session/s1/start', body: '{"msisdn":"250788000001","text":null}' },
        start(null),
      ],
      ['an answer', { to: '/session/s1/response', body: '{"msisdn":"250788000001","text":"1"}' }, input('1')],
      [
        'a good end',
        { method: 'PUT', to: '/session/s1/end', body: '{"msisdn":"250788000001","exitCode":200}' },
        over(true),
      ],
      [
        'a bad end',
        { method: 'PUT', to: '/session/s1/end', body: '{"msisdn":"250788000001","exitCode":510}' },
        over(),
      ],
      ['an end of nobody', { method: 'PUT', to: '/session/s1/end', body: '{}' }, 'noted'],
      ['a question after it', { method: 'GET', to: '/session/s1/status' }, 'noted'],
    ],
    open: '{"ussdMenu":"A & <b> \\"c\\"\\n1 Yes","shouldClose":false,"responseExitCode":200,"responseMessage":""}',
    closed:
      '{"ussdMenu":"A & <b> \\"c\\"\\n1 Yes","shouldClose":true,"responseExitCode":200,"responseMessage":""}',
  },
  madapi: {
    heard: [
      ['a dial', json({ ...madapi, messageType: '0', ussdString: '*384*77#' }), start('384*77')],
      [
        'a dial whose code stands apart',
        json({ ...madapi, messageType: 0, ussdString: '1' }),
        start('384*77*1'),
      ],
      ['an answer', json({ ...madapi, messageType: '1', ussdString: '1' }), input('1')],
      ['an end', json({ ...madapi, messageType: '2', ussdString: '' }), over(true)],
      ['a hang-up', json({ ...madapi, messageType: '4', ussdString: '' }), over()],
      ['a time-out', json({ ...madapi, messageType: '5', ussdString: '' }), over()],
      ['a notification', json({ ...madapi, messageType: '3', ussdString: 'x' }), 'noted'],
    ],
    open: '{"statusCode":"0000","statusMessage":"Success","transactionId":"s1","data":{"inboundResponse":"A & <b> \\"c\\"\\n1 Yes","userInputRequired":true,"messageType":"1","serviceCode":"*384*77#","msisdn":"250788000001"}}',
    closed:
      '{"statusCode":"0000","statusMessage":"Success","transactionId":"s1","data":{"inboundResponse":"A & <b> \\"c\\"\\n1 Yes","userInputRequired":false,"messageType":"2","serviceCode":"*384*77#","msisdn":"250788000001"}}',
  },
  truroute: {
    heard: [
      ['a dial', ussd(1, '*384*77#'), start('384*77')],
      ['an answer', ussd(2, '1'), input('1')],
      ['entities and a section', ussd(2, 'a &amp; b&#33;<![CDATA[ <c>]]>'), input('a & b! <c>')],
      ['a hang-up', ussd(3, ''), over()],
      ['a time-out', ussd(4, ''), over()],
      ['no charge', ussd(10, ''), over()],
      ['a DTD', { body: `${bomb}${ussd(1, '&b;').body?.slice(22)}` }, null],
      ['an entity of its own', ussd(1, '&b;'), null],
      ['a document that is not closed', { body: '<ussd><msisdn>250788000001' }, null],
      ['two documents', { body: '<ussd></ussd><ussd></ussd>' }, null],
      ['a document that is too deep', { body: '<a><b><c><d><e></e></d></c></b></a>' }, null],
    ],
    open: '<?xml version="1.0" encoding="UTF-8"?><ussd><type>2</type><msg>A &amp; &lt;b&gt; &quot;c&quot;\n1 Yes</msg><premium><cost>0</cost><ref>NULL</ref></premium></ussd>',
    closed:
      '<?xml version="1.0" encoding="UTF-8"?><ussd><type>3</type><msg>A &amp; &lt;b&gt; &quot;c&quot;\n1 Yes</msg><premium><cost>0</cost><ref>NULL</ref></premium></ussd>',
  },
  airtel: {
    heard: [
      [
        'a dial',
        { method: 'GET', to: '?SessionID=s1&MSISDN=250788000001&MSC=1&input=384*77' },
        start('384*77'),
      ],
      [
        'a deep dial',
        { method: 'GET', to: '?SessionID=s1&MSISDN=250788000001&input=384*77*1' },
        start('384*77*1'),
      ],
      ['an answer', { method: 'GET', to: '?SessionID=s1&MSISDN=250788000001&MSC=1&input=1' }, input('1')],
      ['a clean-up', { method: 'GET', to: '?SessionID=s1&msisdn=250788000001&clean=true&error=522' }, over()],
    ],
    open: SCREEN,
    closed: SCREEN,
    headers: [
      { Freeflow: 'FC', charge: 'N', amount: '0' },
      { Freeflow: 'FB', charge: 'N', amount: '0' },
    ],
  },
  safaricom: {
    heard: [
      [
        'a dial',
        { method: 'GET', to: '?ORIG=250788000001&DEST=384&SESSION_ID=s1&USSD_PARAMS=77' },
        soFar('384*77'),
      ],
      [
        'all inputs',
        { method: 'GET', to: '?ORIG=250788000001&DEST=384&SESSION_ID=s1&USSD_PARAMS=77*1' },
        soFar('384*77*1'),
      ],
    ],
    open: `CON ${SCREEN}`,
    closed: `END ${SCREEN}`,
  },
  crossgate: {
    heard: [
      [
        'a dial',
        {
          method: 'GET',
          to: '?network_code=2541&msisdn=250788000001&service_code=*384*77%23&session_id=s1&ussd_string=',
        },
        soFar('384*77'),
      ],
      [
        'all inputs',
        { method: 'GET', to: '?msisdn=250788000001&service_code=384*77&session_id=s1&ussd_string=1*2' },
        soFar('384*77*1*2'),
      ],
    ],
    open: `CON ${SCREEN}`,
    closed: `END ${SCREEN}`,
  },
  aat: {
    heard: [
      [
        'a dial',
        { method: 'GET', to: '?msisdn=250788000001&provider=Vodacom' },
        { session: '250788000001', said: start(null) },
      ],
      [
        'an answer',
        { method: 'GET', to: '?msisdn=250788000001&provider=Vodacom&request=Mark' },
        { session: '250788000001', said: input('Mark') },
      ],
    ],
    open: '<?xml version="1.0" encoding="UTF-8"?><request><headertext>A &amp; &lt;b&gt; &quot;c&quot;\n1 Yes</headertext><options><option command="1" order="1" callback="http://us/aat/a&amp;b" display="false"></option></options></request>',
    closed:
      '<?xml version="1.0" encoding="UTF-8"?><request><headertext>A &amp; &lt;b&gt; &quot;c&quot;\n1 Yes</headertext></request>',
  },
  ideamart: {
    heard: [
      ['a dial', json({ ...ideamart, ussdOperation: 'mo-init', message: '*384*77#' }), start('384*77')],
      ['an answer', json({ ...ideamart, ussdOperation: 'mo-cont', message: '1' }), input('1')],
      ['an operation of ours', json({ ...ideamart, ussdOperation: 'mt-cont', message: '1' }), null],
    ],
    open: '{"statusCode":"S1000","statusDetail":"Success"}',
    closed: '{"statusCode":"S1000","statusDetail":"Success"}',
  },
}
