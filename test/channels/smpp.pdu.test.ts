import assert from 'node:assert/strict'
import smpp from 'smpp'
import {
  addressOf,
  decodeMessageId,
  decodeShortMessage,
  encodeBind,
  encodeShortMessage,
  type ShortMessage,
} from '../../src/channels/smpp/bodies.ts'
import {
  COMMAND,
  encodePdu,
  HEADER_OCTETS,
  MAX_PDU_OCTETS,
  Malformed,
  type Pdu,
  PduReader,
} from '../../src/channels/smpp/pdu.ts'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')
const read = (reader: PduReader, octets: Buffer): Pdu[] => [...reader.read(octets)]

const PERSON = { ton: 0, npi: 0, digits: '254700000001' }
const SERVICE = { ton: 0, npi: 0, digits: '384' }
const NAMELESS = { ton: 0, npi: 0, digits: '' }
const message = (more: Partial<ShortMessage>): ShortMessage => ({
  ...{ serviceType: '', source: NAMELESS, destination: NAMELESS, esmClass: 0, registeredDelivery: 0 },
  ...{ dataCoding: 0, octets: Buffer.alloc(0), tlvs: new Map() },
  ...more,
})
const tlvs = (...pairs: readonly (readonly [number, string])[]) =>
  new Map(pairs.map(([tag, value]) => [tag, hex(value)]))

/** Each in both directions. */
const MESSAGES: readonly (readonly [
  label: string,
  octets: string,
  command: number,
  message: ShortMessage,
])[] = [
  [
    'a USSD menu with its session',
    '000000430000000400000000000000005553534400000033383400000032353437303030303030303100000000000000000000044d656e750501000102138300021234',
    COMMAND.submit,
    message({
      ...{ serviceType: 'USSD', source: SERVICE, destination: PERSON, octets: Buffer.from('Menu') },
      tlvs: tlvs([0x0501, '02'], [0x1383, '1234']),
    }),
  ],
  [
    'a USSD call',
    '000000440000000500000000000000005553534400000032353437303030303030303100000033383400000000000000000000052a333834230501000101138300021234',
    COMMAND.deliver,
    message({
      ...{ serviceType: 'USSD', source: PERSON, destination: SERVICE, octets: Buffer.from('*384#') },
      tlvs: tlvs([0x0501, '01'], [0x1383, '1234']),
    }),
  ],
  [
    'a text for which another coding is claimed',
    '00000032000000040000000000000000000000000000323534373030303030303031000000000000000001000548656c6c6f',
    COMMAND.submit,
    message({ destination: PERSON, dataCoding: 1, octets: Buffer.from('Hello') }),
  ],
  [
    'a part of a longer text, to be reported on',
    '00000039 00000004 00000000 00000000 00 03 00 3338343700 01 01 32353037383830303030303100 40 00 00 00 00 01 00 08 00 08 050003a10201 1f1f',
    COMMAND.submit,
    message({
      source: { ton: 3, npi: 0, digits: '3847' },
      destination: { ton: 1, npi: 1, digits: '250788000001' },
      ...{ esmClass: 0x40, registeredDelivery: 1, dataCoding: 8, octets: hex('050003a102011f1f') },
    }),
  ],
]

describe('SMPP, byte by byte', () => {
  for (const [label, octets, command, expected] of MESSAGES) {
    it(`reads ${label}`, () => {
      const [pdu] = read(new PduReader(), hex(octets))
      assert.equal(pdu?.command, command)
      assert.deepEqual(decodeShortMessage(pdu.body), expected)
    })
    it(`writes ${label}`, () => {
      const written = encodePdu({ command, status: 0, sequence: 0, body: encodeShortMessage(expected) })
      assert.equal(written.toString('hex'), hex(octets).toString('hex'))
    })
  }

  const account = { systemId: 'inzira', password: 'secret', systemType: '' }
  const plain: readonly (readonly [string, string, Pdu])[] = [
    [
      'bind_transceiver',
      '00000023 00000009 00000000 00000001 696e7a69726100 73656372657400 00 34 00 00 00',
      { command: COMMAND.bindTransceiver, status: 0, sequence: 1, body: encodeBind(account) },
    ],
    [
      'enquire_link',
      '00000010 00000015 00000000 00000002',
      { command: COMMAND.enquireLink, status: 0, sequence: 2, body: Buffer.alloc(0) },
    ],
    [
      'generic_nack',
      '00000010 80000000 00000003 00000007',
      { command: COMMAND.genericNack, status: 3, sequence: 7, body: Buffer.alloc(0) },
    ],
  ]
  for (const [label, octets, pdu] of plain)
    it(`writes and reads ${label}`, () => {
      assert.equal(encodePdu(pdu).toString('hex'), hex(octets).toString('hex'))
      assert.deepEqual(read(new PduReader(), hex(octets)), [pdu])
    })

  const addresses: readonly (readonly [string, number, number, string])[] = [
    ['+250788000001', 1, 1, '250788000001'],
    ['3847', 3, 0, '3847'],
    ['INZIRA', 5, 0, 'INZIRA'],
    ['2Go', 5, 0, '2Go'],
  ]
  for (const [text, ton, npi, digits] of addresses)
    it(`writes the address ${text}`, () => assert.deepEqual(addressOf(text), { ton, npi, digits }))

  it('reads message ids, and that there is none', () => {
    assert.equal(decodeMessageId(hex('414200')), 'AB')
    assert.equal(decodeMessageId(hex('00')), '')
    assert.equal(decodeMessageId(hex('')), '')
  })

  it('takes the text from message_payload where there is no other', () => {
    const body = encodeShortMessage(message({ tlvs: tlvs([0x0424, '414243']) }))
    assert.equal(decodeShortMessage(body).octets.toString(), 'ABC')
  })
})

describe('bytes that come in any segments', () => {
  const stream = Buffer.concat(MESSAGES.map(([, octets]) => hex(octets)))
  const whole = read(new PduReader(), stream)

  for (const size of [1, 2, 3, 15, 16, 17, 67, 100, stream.length])
    it(`are the same PDUs in segments of ${size}`, () => {
      const reader = new PduReader()
      const found: Pdu[] = []
      for (let at = 0; at < stream.length; at += size)
        found.push(...read(reader, stream.subarray(at, at + size)))
      assert.deepEqual(found, whole)
      assert.equal(found.length, MESSAGES.length)
    })

  const malformed: readonly (readonly [string, string])[] = [
    ['a length below its own header', '0000000f00000015000000000000000100'],
    ['no length', '00000000'],
    ['more than anybody says', (MAX_PDU_OCTETS + 1).toString(16).padStart(8, '0')],
    ['a web page', Buffer.from('HTTP/1.1 400 Bad Request').toString('hex')],
  ]
  for (const [label, octets] of malformed)
    it(`are no PDU: ${label}`, () => {
      const sound = hex(MESSAGES[0]?.[1] ?? '')
      const reader = new PduReader().read(Buffer.concat([sound, hex(octets)]))
      // What came before is still heard.
      assert.equal(reader.next().value?.command, COMMAND.submit)
      assert.throws(() => reader.next(), Malformed)
    })

  const bodies: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['a text without its end', '41'],
    ['an address without its end', '0000003132'],
    ['a service type that is too long', '41414141414141 00'],
    ['a length beyond the end', '00 000000 000000 000000 00 00 00 00 00 00 05 4142'],
    ['a parameter beyond the end', '00 000000 000000 000000 00 00 00 00 00 00 00 0501 0004 01'],
    ['half a parameter', '00 000000 000000 000000 00 00 00 00 00 00 00 0501'],
  ]
  for (const [label, octets] of bodies)
    it(`are no message: ${label}`, () => assert.throws(() => decodeShortMessage(hex(octets)), Malformed))

  it('are refused before they leave, where no PDU can hold them', () => {
    assert.throws(() => encodeShortMessage(message({ octets: Buffer.alloc(255) })), RangeError)
    assert.throws(() => encodeShortMessage(message({ serviceType: 'LONGER' })), RangeError)
    assert.throws(() => encodeBind({ systemId: 'a'.repeat(16), password: '', systemType: '' }), RangeError)
  })
})

/** Somebody else's reading of the standard. */
describe('the smpp package', () => {
  for (const [label, , command, expected] of MESSAGES)
    it(`understands ${label}`, () => {
      const pdu = new smpp.PDU(
        encodePdu({ command, status: 0, sequence: 9, body: encodeShortMessage(expected) }),
      )
      assert.equal(pdu.command, command === COMMAND.submit ? 'submit_sm' : 'deliver_sm')
      assert.equal(pdu.sequence_number, 9)
      assert.equal(pdu.destination_addr, expected.destination.digits)
      assert.equal(pdu.ussd_service_op, expected.tlvs.get(0x0501)?.[0])
    })

  it('is understood', () => {
    const written = new smpp.PDU('deliver_sm', {
      ...{ source_addr: '250788000001', source_addr_ton: 1, destination_addr: '3847', data_coding: 8 },
      ...{
        esm_class: 0x40,
        short_message: { udh: hex('050003a10201'), message: hex('1f1f') },
        sequence_number: 3,
      },
    }).toBuffer()
    const [pdu] = read(new PduReader(), written)
    const { source, esmClass, dataCoding, octets } = decodeShortMessage(pdu?.body ?? Buffer.alloc(0))
    assert.deepEqual([pdu?.sequence, source.ton, source.digits], [3, 1, '250788000001'])
    assert.deepEqual([esmClass, dataCoding, octets.toString('hex')], [0x40, 8, '050003a102011f1f'])
    assert.ok(written.length > HEADER_OCTETS)
  })
})
