/** The little of the `smpp` package that tests and the bench use; it brings no types of its own (0.6.0-rc.4). */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server } from 'node:net'

  type Fields = Readonly<Record<string, unknown>>
  export class PDU {
    constructor(command: string, fields?: Fields)
    constructor(octets: Buffer)
    readonly command: string
    readonly command_status: number
    readonly sequence_number: number
    readonly [field: string]: unknown
    toBuffer(): Buffer
    response(fields?: Fields): PDU
  }
  export interface Session extends EventEmitter {
    send(pdu: PDU): void
    bind_transceiver(fields: Fields, answered: (pdu: PDU) => void): void
    submit_sm(fields: Fields, answered: (pdu: PDU) => void): void
    close(): void
    destroy(): void
  }
  const smpp: {
    PDU: typeof PDU
    connect(options: { readonly url: string }, connected: () => void): Session
    createServer(options: object, serve: (session: Session) => void): Server
  }
  export default smpp
}
