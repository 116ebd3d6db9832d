/* `window.require` over the modules that whatsapp-web.js asks for, with just enough behind each of them. */

import { Collection, Emitter, Model, MsgKey, Wid } from './models.js'
import { tell } from './wire.js'

export const ME = new Wid('250788999999@c.us')
const MY_LID = new Wid('990000000001@lid')
/** Privacy id of each phone that has one. */
const phoneOfLid = new Map([['77000000000001', '250788000003']])
const ACK_PAUSE_MS = 20

export const Socket = Object.assign(new Emitter(), { state: 'UNPAIRED', hasSynced: false })
const Conn = Object.assign(new Emitter(), {
  ref: 'ref-1',
  platform: 'android',
  pushname: 'Stand-in',
  serialize: () => ({ ref: 'ref-1', platform: 'android', pushname: 'Stand-in' }),
})
export const Cmd = Object.assign(new Emitter(), { refreshQR: () => {} })
export const Msg = Object.assign(new Collection(), { modelClass: Model })
const Chat = new Collection()
const Contact = new Collection()

/** Numbers that end in 404 have no WhatsApp. */
const exists = (wid) => !wid.user.endsWith('404')
const lidOf = (wid) => [...phoneOfLid].find(([, phone]) => phone === wid.user)?.[0]
export const chatOf = (wid) => Chat.get(wid) ?? Chat.add(new Model({ id: new Wid(wid), unreadCount: 0 }))
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export function setAck(msg, level) {
  msg.ack = level
  Msg.emit('change:ack', msg, level)
}

/** Sends for real as far as this page goes: tells the test, then the server's tick and the phone's. */
function addAndSendMsgToChat(chat, fields) {
  const msg = Msg.add(new Model(fields))
  const { body, type, pollName, pollOptions } = fields
  tell({
    kind: 'sent',
    id: msg.id._serialized,
    to: String(chat.id),
    type,
    body,
    pollName,
    pollOptions,
  })
  const sent = pause(ACK_PAUSE_MS).then(async () => {
    setAck(msg, 1)
    await pause(ACK_PAUSE_MS)
    setAck(msg, 2)
  })
  return [Promise.resolve(msg), sent]
}

export const modules = new Map(
  Object.entries({
    WAWebSocketModel: { Socket },
    WAWebConnModel: { Conn },
    WAWebCmd: { Cmd },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
    WAWebAltDeviceLinkingApi: {},
    WABase64: { encodeB64: (bytes) => btoa(String.fromCharCode(...bytes)) },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: {
      waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: new Uint8Array(32) } }) },
    },
    WAWebSignalStoreApi: {
      waSignalStore: {
        getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: new Uint8Array(32) } }),
      },
    },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'adv' },
    WAWebUserPrefsMeUser: { getMaybeMePnUser: () => ME, getMaybeMeLidUser: () => MY_LID },
    WAWebCollections: { Msg, Chat, Contact },
    WAWebWidFactory: { createWid: (id) => new Wid(id), asUserWidOrThrow: (wid) => wid },
    WAWebMsgKey: MsgKey,
    WALinkify: { findLink: () => undefined, findLinks: () => [] },
    WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
    WAWebStreamModel: { Stream: { markAvailable: () => {}, markUnavailable: () => {} } },
    WAWebUpdateUnreadChatAction: { sendSeen: async () => {} },
    WAWebMsgReply: { canReplyMsg: () => true },
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebFindChatAction: { findOrCreateLatestChat: async (wid) => ({ chat: chatOf(wid) }) },
    WAWebSendMsgChatAction: { addAndSendMsgToChat },
    WAWebQueryExistsJob: { queryWidExists: async (wid) => (exists(wid) ? { wid } : null) },
    WAWebApiContact: {
      getCurrentLid: (wid) => lidOf(wid) && new Wid(`${lidOf(wid)}@lid`),
      getPhoneNumber: (wid) => phoneOfLid.has(wid.user) && new Wid(`${phoneOfLid.get(wid.user)}@c.us`),
    },
    WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
    WAWebCallCollection: {},
    WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert: () => {} } },
    WAWebAddonPollVoteTableMode: { pollVoteTableMode: { bulkUpsert: () => {} } },
    WAWebBackendJobsCommon: { mediaTypeFromProtobuf: () => null },
    WAWebE2EProtoUtils: { typeAttributeFromProtobuf: () => 'text' },
  }),
)

window.Debug = { VERSION: '2.0.0-stand-in' }
window.require = (name) => {
  if (!modules.has(name)) throw new Error(`no module ${name}`)
  return modules.get(name)
}
