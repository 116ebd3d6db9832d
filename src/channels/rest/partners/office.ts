import { z } from 'zod'
import { Problem } from '../../../core/base/problem.ts'
import type { Badge, Hand, OfficeRole } from '../../../core/people/partners.ts'
import type { RestParts } from '../parts.ts'
import { type Answer, type Asked, type Route, route, type Terms } from '../route.ts'

export type OfficeParts = Pick<RestParts, 'office' | 'clock' | 'ids'>

/** How things of a partner's are named; a name that none can have is refused before anybody looks. */
export const name = z.string().regex(/^[\w-]{1,80}$/)
const example = 'pt_rw_umusambi'
const ofPartner = z.object({ params: z.object({ partner: name }) })

/** What is in the path: the partner, and something of its own. */
export const within = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.object({ partner: name.meta({ example }), ...shape })

export const PAGE = { shown: 20, most: 100 } as const
export const limit = z.coerce.number().int().min(1).max(PAGE.most).default(PAGE.shown)

export const READERS: readonly OfficeRole[] = ['owner', 'clerk', 'admin']
/** Members, who do the daily work. */
export const MEMBERS: readonly OfficeRole[] = ['owner', 'clerk']
/** Prices, money and people are the owner's. */
export const OWNERS: readonly OfficeRole[] = ['owner']

/** What an office's route knows besides: who came in, and what is kept of their change. */
type InOffice<I> = Asked<I, 'person'> & { readonly badge: Badge; readonly hand: Hand }

type OfficeTerms<I extends z.ZodObject, D> = Omit<Terms<I, D, 'person'>, 'who' | 'rate' | 'handle'> & {
  /** Who may; others who may enter are told that it is not theirs, and all else that there is nothing. */
  readonly may: readonly OfficeRole[]
  readonly handle: (asked: InOffice<z.infer<I>>) => Promise<Answer<D>>
}

export const nothing = () => new Problem('not_found', 'There is nothing of that name.')

/** @throws Problem not_found for null: what is another's looks like what is not there */
export function there<T>(found: T | null): T {
  if (found === null) throw nothing()
  return found
}

/** Makes routes under `/v1/partners/:partner`: the door is checked here, for all of them. */
export const inOffice =
  ({ office, clock }: OfficeParts) =>
  <I extends z.ZodObject, D>({ may, handle, problems, ...terms }: OfficeTerms<I, D>): Route =>
    route({
      ...terms,
      who: 'person',
      rate: { of: 'office', per: 'person' },
      problems: [...problems, 'not_found', 'forbidden'],
      async handle(asked) {
        const { params } = ofPartner.parse(asked.input)
        const badge = there(await office.partners.enter(asked.person.phone, params.partner))
        if (!may.includes(badge.role)) throw new Problem('forbidden', 'Somebody else may do this.')
        const { partner, by } = badge
        return handle({ ...asked, badge, hand: { partner, by, at: clock.now() } })
      },
    })

/** The id of what a request makes: the same for every try of it. */
export async function madeBy(
  { ids }: Pick<OfficeParts, 'ids'>,
  { message }: Pick<Asked<unknown, 'person'>, 'message'>,
  prefix: string,
): Promise<string> {
  const id = message.about ?? ids.next(prefix)
  await message.note(id)
  return id
}

/** A page, and the cursor of the next; null on the last. @param found one more than is shown, where there is one */
export function paged<T>(
  found: readonly T[],
  most: number,
  cursorOf: (last: T) => string | number,
): { data: T[]; meta: { next: string | number | null } } {
  const data = found.slice(0, most)
  const last = data.at(-1)
  return { data, meta: { next: found.length > most && last !== undefined ? cursorOf(last) : null } }
}
