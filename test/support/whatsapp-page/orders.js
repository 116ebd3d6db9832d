/* What the test makes happen in the page. */

import { Model, MsgKey, Wid } from './models.js'
import { Cmd, chatOf, ME, Msg, modules, pause, Socket, setAck } from './modules.js'
import { socket, tell } from './wire.js'

const POLL_MS = 20
const MAX_POLLS = 500

const until = async (isTrue) => {
  for (let polls = 0; polls < MAX_POLLS && !isTrue(); polls += 1) await pause(POLL_MS)
}

const orders = {
  /** A phone scans the code. A module that is missing then is what breaks clients in real life. */
  async pair({ missing }) {
    await until(() => Socket.hears('change:hasSynced'))
    for (const name of missing) modules.delete(name)
    Socket.state = 'CONNECTED'
    Socket.emit('change:state', Socket, 'CONNECTED')
    Socket.hasSynced = true
    Socket.emit('change:hasSynced', Socket, true)
  },
  message({ from, fields }) {
    const wid = new Wid(from)
    const key = new MsgKey({ to: wid, id: fields.id, selfDir: 'in' })
    chatOf(wid)
    Msg.add(new Model({ ack: 1, t: 1, isNewMsg: true, from: wid, to: ME, ...fields, id: key }))
  },
  vote({ from, pollId, choices }) {
    const author = new Wid(from)
    const key = Msg.get(pollId).id
    modules.get('WAWebAddonPollVoteTableMode').pollVoteTableMode.bulkUpsert([
      {
        id: new MsgKey({ to: author, id: 'VOTE', selfDir: 'in' }),
        pollUpdateParentKey: key,
        t: 1_000,
        author,
        selectedOptionLocalIds: choices,
        senderTimestampMs: 1_000,
      },
    ])
  },
  read({ id }) {
    setAck(Msg.get(id), 3)
  },
  /** The phone throws this browser out, and the page does not say so. */
  fallSilent() {
    Socket.state = 'UNPAIRED_IDLE'
  },
  /** The phone throws this browser out: the page says so and loads itself again. */
  async logout() {
    Cmd.emit('logout')
    await pause(POLL_MS * 5)
    location.reload()
  },
}

socket.addEventListener('open', () => tell({ kind: 'loaded' }))
socket.addEventListener('message', ({ data }) => {
  const order = JSON.parse(data)
  void orders[order.do](order)
})
