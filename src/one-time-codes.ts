import { setTimeout as sleep } from 'node:timers/promises'
import type { Ids } from './core/base/id.ts'
import type { Msisdn } from './core/base/phone.ts'
import { NotYet } from './core/run/handler.ts'
import type { Script } from './core/talk/script.ts'
import { telling } from './core/talk/view.ts'
import type { Engine } from './engine.ts'
import { say } from './flows/words/index.ts'

/** Whoever asked for a code looks at their screen: so long and so often a full channel is waited for, and no longer. */
const WAIT = { mostMs: 1_000, times: 3 } as const

/**
 * Sends one-time codes, by text whatever channel somebody last used: the code proves who holds the number.
 * @returns throws Error when none could be sent now
 */
export const otpSender =
  ({ run, messenger }: Engine, { defaultLanguage }: Script, ids: Ids) =>
  async (phone: Msisdn, otp: string): Promise<void> => {
    const { conversation } = await run.parts.store.standing(phone, '')
    const language = conversation?.language ?? defaultLanguage
    const prompt = { kind: 'tell', id: 'otp', say: say(language, 'otp', { otp }), next: 'end' } as const
    const code = { to: phone, channel: 'sms', shown: telling(prompt, language), purpose: 'code' } as const
    const saying = { id: ids.next('ot'), ...code, until: null }
    for (let waits = 0; ; waits += 1)
      try {
        if (await messenger.speak(saying)) return
        throw new Error('no text could be sent')
      } catch (error) {
        if (!(error instanceof NotYet) || error.waitMs > WAIT.mostMs || waits === WAIT.times) throw error
        await sleep(error.waitMs)
      }
  }
