import { z } from 'zod'
import { json, jsonIn } from './body.ts'
import { dialledOf, type Gateway, POST } from './gateway.ts'

const request = z.object({
  sessionID: z.string(),
  userID: z.string(),
  newSession: z.boolean(),
  msisdn: z.string(),
  userData: z.string().default(''),
})

/**
 * Arkesel (Ghana): JSON with what is new alone, and no number of the turn. `userID` is our subscription's, and echoed.
 * Source: ArkeselDev/express-ussd-sample.
 */
export const arkesel: Gateway = {
  name: 'arkesel',
  doors: POST,
  read(raw) {
    const told = jsonIn(raw, request)
    const turn = null
    return {
      hop: told && {
        session: told.sessionID,
        phone: told.msisdn,
        said: told.newSession
          ? { kind: 'start', dialled: dialledOf('', told.userData), turn }
          : { kind: 'input', text: told.userData, turn },
      },
      write: (screen) =>
        json({
          sessionID: told?.sessionID ?? '',
          userID: told?.userID ?? '',
          msisdn: told?.msisdn ?? '',
          message: screen?.text ?? '',
          continueSession: screen?.isOpen ?? false,
        }),
    }
  },
}
