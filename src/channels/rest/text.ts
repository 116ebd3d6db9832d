import { z } from 'zod'
import { type Msisdn, parsePhone } from '../../core/base/phone.ts'
import { clean, MAX_ANSWER_CHARACTERS } from '../../core/talk/reading.ts'

/** Half a character, which no database keeps. */
const HALVES = /\p{Cs}/gu

/** Words of a person, without what cannot be seen. */
export const words = z
  .string()
  .max(MAX_ANSWER_CHARACTERS)
  .overwrite((text) => clean(text.replace(HALVES, '')))
  .min(1)

const MAX_PHONE_CHARACTERS = 24

/** A phone number as people write it; stored in E.164. */
export const phoneNumber = z
  .string()
  .max(MAX_PHONE_CHARACTERS)
  .transform((text, context): Msisdn => {
    const phone = parsePhone(text)
    if (phone) return phone
    context.addIssue({ code: 'custom', message: 'No phone can have this number.' })
    return z.NEVER
  })
