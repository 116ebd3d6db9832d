import { createServer } from 'node:net'

const HEAD = 16
const SUBMIT = 4
const RESPONSE = 0x80000000

/** The least that an answered message can cost an SMSC: its head read, and an answer with an id of eight digits. */
const server = createServer((socket) => {
  let unread: Buffer = Buffer.alloc(0)
  let id = 10_000_000
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (segment: Buffer) => {
    let rest = unread.length > 0 ? Buffer.concat([unread, segment]) : segment
    const answers: Buffer[] = []
    while (rest.length >= HEAD && rest.readUInt32BE(0) <= rest.length) {
      const body = rest.readUInt32BE(4) === SUBMIT ? `${id++}\0` : '\0'
      const answer = Buffer.alloc(HEAD + body.length)
      answer.writeUInt32BE(answer.length, 0)
      answer.writeUInt32BE((RESPONSE + rest.readUInt32BE(4)) >>> 0, 4)
      answer.writeUInt32BE(rest.readUInt32BE(12), 12)
      answer.write(body, HEAD, 'latin1')
      answers.push(answer)
      rest = rest.subarray(rest.readUInt32BE(0))
    }
    unread = rest
    socket.write(Buffer.concat(answers))
  })
})
server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
