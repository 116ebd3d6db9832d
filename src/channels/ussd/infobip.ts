import { z } from 'zod'
import { json, jsonIn } from './body.ts'
import { dialledOf, type Gateway, type Hop } from './gateway.ts'

const request = z.object({
  msisdn: z.string(),
  text: z.string().nullish(),
  // Not sent by every network.
  shortCode: z.string().nullish(),
})

const ended = z.object({ msisdn: z.string(), exitCode: z.number().nullish() })
/** The session came to its end by itself. */
const REGULAR = 200

/**
 * Infobip: JSON with what is new alone; session and kind are in the path, and there is no number of the turn.
 * Source: praekelt/vumi, transports/infobip, which quotes Infobip's "USSD Gateway" specification.
 */
export const infobip: Gateway = {
  name: 'infobip',
  doors: [
    { methods: ['POST'], path: '/session/:session/:step' },
    { methods: ['PUT'], path: '/session/:session/:step' },
    { methods: ['GET'], path: '/session/:session/:step' },
  ],
  read(raw) {
    const { session = '', step } = raw.params
    const noted = { responseExitCode: REGULAR, responseMessage: '' }
    if (step === 'status') return { hop: 'noted', write: () => json({ sessionActive: true, ...noted }) }
    if (step === 'end') {
      const told = jsonIn(raw, ended)
      const said = { kind: 'over', completed: told?.exitCode === REGULAR } as const
      return { hop: told ? { session, phone: told.msisdn, said } : 'noted', write: () => json(noted) }
    }
    const told = jsonIn(raw, request)
    return {
      hop: told && { session, phone: told.msisdn, said: saidBy(step, told) },
      write: (screen) =>
        json({ ussdMenu: screen?.text ?? '', shouldClose: screen?.isOpen !== true, ...noted }),
    }
  },
}

function saidBy(step: string | undefined, { text, shortCode }: z.infer<typeof request>): Hop['said'] {
  const turn = null
  if (step !== 'start') return { kind: 'input', text: text ?? '', turn }
  return { kind: 'start', dialled: dialledOf(shortCode ?? '', text ?? ''), turn }
}
