/** Stands where a person's own words go. */
export const WORDS = '¤'

/** What honest providers send, by the beginning of the path; whatever has none gets everybody's. */
export const SAMPLES: readonly (readonly [path: string, body: string])[] = [
  [
    '/hooks/payments/africastalking',
    '{"status":"Swapped","lastSimSwapDate":"01-03-2026","providerRefId":"fe3b","requestId":"ATSwpid_4032","transactionId":"738e"}',
  ],
  [
    '/hooks/ussd/africastalking',
    'sessionId=ATUid_5d3b4c2b&phoneNumber=%2B250788000001&networkCode=63510&serviceCode=*384*77%23&text=1*2*¤',
  ],
  [
    '/hooks/ussd/africastalking',
    'date=2026-08-23+10%3A15%3A02&sessionId=ATUid_5d3b&serviceCode=*384*77%23&phoneNumber=%2B250788000001&status=Incomplete&hopsCount=2&input=1*2',
  ],
  [
    '/hooks/ussd/hubtel',
    '{"Type":"Response","Mobile":"233246912184","SessionId":"8d440a43","ServiceCode":"384*77","Message":"¤","Operator":"mtn-gh","Sequence":2,"ClientState":"","Platform":"USSD"}',
  ],
  [
    '/hooks/ussd',
    '{"sessionID":"2005506191900168","userID":"u1","newSession":false,"msisdn":"250788000001","userData":"¤","network":"MTN"}',
  ],
  [
    '/hooks/ussd',
    '{"USERID":"u1","MSISDN":"250788000001","USERDATA":"¤","MSGTYPE":false,"NETWORK":"MTN","SESSIONID":"s1"}',
  ],
  [
    '/hooks/ussd',
    '{"sessionId":"s1","messageType":"1","msisdn":"250788000001","serviceCode":"*384*77#","ussdString":"¤"}',
  ],
  [
    '/hooks/ussd',
    '<ussd><msisdn>250788000001</msisdn><sessionid>123</sessionid><type>2</type><msg>¤</msg></ussd>',
  ],
  [
    '/hooks/sms',
    'linkId=03090&text=¤&to=3847&id=ec9adc86-51d5-4bc8-8eb0-d8ab0bb53dc3&date=2026-05-03T06%3A04%3A45Z&from=%2B250788000001',
  ],
  [
    '/hooks/sms',
    'id=ATXid_dda018a640edfcc5d2ce455de3e4a6e7&status=Success&phoneNumber=%2B250788000001&networkCode=63510',
  ],
  [
    '/hooks/voice',
    'isActive=1&sessionId=ATVId_96cd&direction=Inbound&callerNumber=%2B250788000001&destinationNumber=%2B250788384700&callSessionState=Active&dtmfDigits=¤',
  ],
  [
    '/hooks/sms/twilio',
    'MessageSid=SM1&AccountSid=ACdev&From=%2B250788000001&To=3847&Body=¤&NumMedia=0&ApiVersion=2010-04-01',
  ],
  [
    '/hooks/sms/twilio',
    'MessageSid=SM1&AccountSid=ACdev&MessageStatus=undelivered&ErrorCode=21610&To=%2B250788000001&From=3847',
  ],
  [
    '/hooks/sms/infobip',
    '{"results":[{"messageId":"8d2f","from":"250788000001","to":"3847","text":"¤","cleanText":"¤","receivedAt":"2026-11-06T09:28:39.220+0000","smsCount":1}],"messageCount":1}',
  ],
  [
    '/hooks/sms/infobip',
    '{"results":[{"messageId":"8d2f","to":"250788000001","status":{"groupId":3,"name":"DELIVERED_TO_HANDSET"},"error":{"groupId":0,"name":"NO_ERROR"},"price":{"pricePerMessage":0.01,"currency":"EUR"}}]}',
  ],
  [
    '/hooks/voice/twilio',
    'CallSid=CA96cd&AccountSid=ACdev&From=%2B250788384700&To=%2B250788000001&CallStatus=in-progress&Direction=outbound-api&Digits=¤',
  ],
  [
    '/hooks/whatsapp',
    '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"A"},"wa_id":"250788000001"}],"messages":[{"from":"250788000001","id":"wamid.A","timestamp":"1749416383","type":"text","text":{"body":"¤"}},{"from":"250788000001","id":"wamid.B","timestamp":"1749416383","type":"location","location":{"latitude":-1.9,"longitude":30.1}}],"statuses":[{"id":"wamid.C","recipient_id":"250788000001","status":"delivered","timestamp":"1454119029"}]},"field":"messages"}]}]}',
  ],
  ['/hooks/payments/mtn', '{"externalId":"x","amount":"100","currency":"RWF","status":"SUCCESSFUL"}'],
  [
    '/hooks/payments/airtel',
    '{"transaction":{"id":"8d2f","message":"Paid","status_code":"TS","airtel_money_id":"MP21"},"hash":"abc="}',
  ],
  [
    '/hooks/payments/mpesa',
    '{"Body":{"stkCallback":{"MerchantRequestID":"29115","CheckoutRequestID":"ws_CO_1","ResultCode":0,"ResultDesc":"ok","CallbackMetadata":{"Item":[{"Name":"Amount","Value":1},{"Name":"MpesaReceiptNumber","Value":"NLJ7RT61SV"}]}}}}',
  ],
  [
    '/hooks/payments/stripe',
    '{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"id":"cs_1"}}}',
  ],
]

/** What people type, and what nobody should. */
export const TYPED = [
  // As many words as may be said, of which none is a day.
  `BUS ${'a '.repeat(380)}`,
  `LOAD ${'1 '.repeat(380)}`,
  '1',
  '0',
  '98',
  '00',
  '103',
  '12x3 45x2',
  'Nyabugogo',
  'RIDE Remera to Kacyiru',
  'BID 7730 450000 until 18:00',
  'COUNTER 7730 1 400000',
  'YES 4821',
  'DONE 4821 0219',
  'FOR 0788123456 BUS Kigali to Huye tomorrow',
  'SAVE home Kimironko',
  'Ese murashaka kujya he? Oya, ndashaka Kacyiru.',
  'Merci beaucoup',
  '25/12',
  '31/02',
  '+250788000001',
  '1,500.50',
  '@-1.95000,30.06000',
  '١٢٣',
  'مرحبا',
] as const

/** Pieces that have broken something somewhere. */
export const POISON = [
  '',
  '\0',
  '\n',
  '\r\n',
  'CON ',
  'END ',
  '%',
  '%00',
  '%2B',
  '%F0%28%8C%28',
  '*',
  '#',
  '&',
  '=',
  '<',
  '</ussd>',
  ']]>',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  'null',
  'true',
  '-1',
  '1e999',
  'NaN',
  '99999999999999999999',
  '__proto__',
  'constructor',
  '\ud800',
  '\u202e',
  '\u200f',
  '\ufeff',
  '𝟙',
  'ﷺ',
  'İ',
  "' or 1=1 --",
  '%{7*7}',
  '../../etc/passwd',
] as const
