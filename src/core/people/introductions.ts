import type { Instant } from '../base/clock.ts'
import { type Msisdn, parsePhone } from '../base/phone.ts'
import { Problem } from '../base/problem.ts'
import type { Identity } from './identity.ts'
import type { Take } from './rates.ts'

/** Ids of WhatsApp's as rows. A number is somebody's word until it is proven. */
export interface Acquaintances {
  find(userId: string): Promise<{ readonly person: Msisdn; readonly isProven: boolean } | null>
  /** A proven number is never put back to a word. */
  keep(userId: string, person: Msisdn, isProven: boolean, at: Instant): Promise<void>
}

/** Somebody wrote whose number is not told. */
export type Stranger = {
  readonly userId: string
  readonly messageId: string
  /** What they wrote, or the number of the contact that they sent. */
  readonly text: string
  readonly at: Instant
}

/** A key of the words to answer with, and what fills it; or who they are, and whether that is so from now on. */
export type Introduced =
  | { readonly person: Msisdn; readonly isNew: boolean }
  | {
      readonly key: 'askNumber' | 'codeSent' | 'codeWrong' | 'codesSpent' | 'numberAbroad'
      readonly to: string
    }

/** What one of them may write before we know them. */
const RATE = { name: 'stranger', points: 20, perSeconds: 3_600 } as const
const CODE = /^\d{6}$/

/**
 * A journey needs a phone: to pay with, and to be rung at. So whoever hides theirs says it, and proves it by the code
 * that is texted to it; a number that is only said could be anybody's.
 * @returns null for what was heard before, or is too often
 */
export const createIntroductions =
  (parts: {
    readonly acquaintances: Acquaintances
    readonly identity: Pick<Identity, 'sendCode' | 'proves'>
    readonly take: Take
  }) =>
  async ({ userId, messageId, text, at }: Stranger): Promise<Introduced | null> => {
    const { acquaintances, identity, take } = parts
    const known = await acquaintances.find(userId)
    if (known?.isProven) return { person: known.person, isNew: false }
    const isFirst = await take('stranger-message', messageId, 1, RATE.perSeconds)
    if (!isFirst || !(await take(RATE.name, userId, RATE.points, RATE.perSeconds))) return null
    const said = text.trim()
    if (known && CODE.test(said)) {
      if (!(await identity.proves(known.person, said))) return { key: 'codeWrong', to: known.person }
      await acquaintances.keep(userId, known.person, true, at)
      return { person: known.person, isNew: true }
    }
    const person = parsePhone(said)
    if (!person) return { key: 'askNumber', to: '' }
    await acquaintances.keep(userId, person, false, at)
    return identity.sendCode(person, `whatsapp:${userId}`).then(
      () => ({ key: 'codeSent' as const, to: person }),
      (error: unknown) => {
        if (!(error instanceof Problem) || error.code === 'unavailable') throw error
        return {
          key: error.code === 'too_many' ? ('codesSpent' as const) : ('numberAbroad' as const),
          to: person,
        }
      },
    )
  }
