import { z } from 'zod'
import { json, jsonIn } from './body.ts'
import { dialledOf, type Gateway, POST } from './gateway.ts'

const request = z.object({
  USERID: z.string(),
  MSISDN: z.string(),
  USERDATA: z.string().default(''),
  /** True for the first of a session. */
  MSGTYPE: z.boolean(),
  SESSIONID: z.string().optional(),
})

/**
 * Nalo Solutions (Ghana): JSON with what is new alone; `MSGTYPE` opens a session on the way in and keeps it open on the
 * way out. Where no `SESSIONID` comes, `USERID` stands for it.
 * Source: flow_chat, ussd/gateway/nalo; spesohq/laravel-ussd, NaloResponse.
 */
export const nalo: Gateway = {
  name: 'nalo',
  doors: POST,
  read(raw) {
    const told = jsonIn(raw, request)
    const turn = null
    return {
      hop: told && {
        session: told.SESSIONID ?? told.USERID,
        phone: told.MSISDN,
        said: told.MSGTYPE
          ? { kind: 'start', dialled: dialledOf('', told.USERDATA), turn }
          : { kind: 'input', text: told.USERDATA, turn },
      },
      write: (screen) =>
        json({
          USERID: told?.USERID ?? '',
          MSISDN: told?.MSISDN ?? '',
          USERDATA: told?.USERDATA ?? '',
          MSG: screen?.text ?? '',
          MSGTYPE: screen?.isOpen ?? false,
        }),
    }
  },
}
