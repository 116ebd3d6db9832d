import { LIMITS } from '../../core/base/limits.ts'
import { given } from '../lines/field.ts'
import { lineOf } from '../lines/index.ts'
import { phrase } from '../words/index.ts'
import * as does from './changes.ts'
import { booking } from './changes.ts'
import { handedOf, priceOf, trip } from './facts.ts'
import { foundIn, lookUp, parsed, says } from './form.ts'
import type { BookingContext, BookingEvent } from './model.ts'
import { anew, canRedirect, isRedirectable, newWay, redirected } from './new-way.ts'

/*
 * The way may end elsewhere until it has ended. They see the place and its price before they agree, and until then all
 * stays as it was. What was paid ahead stays where it is: what is dearer is handed to the driver, and what was too much
 * goes back once they have arrived, so that whoever calls it off meanwhile has all of it back.
 */

type Of = { readonly context: BookingContext }
type In = Of & { readonly event: BookingEvent }

/** The place is not said yet; it is, and its price is not known; both are. */
const isAsked = ({ context: { redirect } }: Of): boolean => redirect !== null && redirect.to === null
const isUnpriced = ({ context: { redirect } }: Of): boolean =>
  redirect !== null && redirect.to !== null && redirect.quote === null
const isPriced = ({ context: { redirect } }: Of): boolean => redirect !== null && redirect.quote !== null
const isOld = ({ context: { redirect }, event }: In): boolean => event.at > (redirect?.quote?.validUntil ?? 0)

/** What was said, without the word before it: `to Remera`. */
const placeIn = ({ line }: BookingContext, text: string | null): string | null => {
  const of = lineOf(line)
  const said = text === null ? [] : of.read(` ${text}`)
  return said.find(({ field }) => field === of.redirect)?.text ?? text
}

/** What a look-up or an answer means to the question of where to. */
const heard = ({ context, event }: In) => {
  const is = { context: anew(context), event }
  if (event.type === 'ANSWER') return parsed(is)
  const { given: said = [] } = foundIn(is)
  const to = said[is.context.given.length]
  return to && { kind: 'ok' as const, value: to.value, label: to.label }
}
const isMeant = (is: In): boolean => isAsked(is) && heard(is)?.kind === 'ok'
/** Where they go anyway. */
const isSame = (is: In): boolean => {
  const now = given(is.context.given, lineOf(is.context.line).redirect ?? '')
  const to = heard(is)
  return isMeant(is) && to?.kind === 'ok' && to.value === now?.value
}
const isTooFar = ({ event }: In): boolean =>
  event.type === 'QUOTED' && event.quote.metres > LIMITS.redirectMetres

export const close = booking.assign({ redirect: null, found: null, query: null, problem: null })
const open = booking.assign(({ context, event }) => ({
  ...{ redirect: { to: null, quote: null }, found: null, problem: null },
  query: event.type === 'CHANGE' ? placeIn(context, event.text) : null,
}))
const lookUpPlaces = booking.enqueueActions(({ context, enqueue }) => {
  enqueue({ type: 'lookUp', params: lookUp.params({ context: anew(context) }) })
})
const offer = booking.assign(({ context, event }) => {
  const { found = null, problem = null } = foundIn({ context: anew(context), event })
  return { found, problem, query: null }
})
const seek = booking.assign((is) => {
  const to = heard(is)
  return { query: to?.kind === 'lookUp' ? to.text : null, problem: to?.kind === 'wrong' ? to.why : null }
})
const takePlace = booking.assign((is) => {
  const to = heard(is)
  const { redirect: field = '' } = lineOf(is.context.line)
  if (to?.kind !== 'ok') return {}
  return {
    redirect: { to: { field, value: to.value, label: to.label }, quote: null },
    ...{ found: null, query: null, problem: null },
  }
})
const askPrice = booking.enqueueActions(({ context, enqueue }) => {
  const { line, owner, redirect } = context
  if (redirect?.to)
    enqueue({
      type: 'requestQuote',
      params: { line, owner, given: [...anew(context).given, redirect.to] },
    })
})
const takePrice = booking.assign(({ context: { redirect }, event }) =>
  event.type === 'QUOTED' && redirect ? { redirect: { ...redirect, quote: event.quote } } : {},
)
const renew = booking.assign(({ context: { redirect } }) => ({
  redirect: redirect && { ...redirect, quote: null },
  problem: 'priceChanged' as const,
}))
const take = booking.assign(({ context }) => redirected(context))
/** In the same transaction: where one goes, the other drives. */
const tellDriver = booking.enqueueActions(({ context, enqueue }) => {
  const { to } = trip(context)
  const event = { type: 'REDIRECT', to, price: priceOf(context), due: handedOf(context) }
  enqueue({ type: 'tell', params: { to: { flow: 'tracking', id: context.journey }, event } })
})
const sayNot = does.sayTo((context) => phrase('redirectNot', trip(context)))

/** Before anybody comes, and after they have arrived. */
export const later = {
  guard: ({ context }: Of) => isRedirectable(context),
  actions: does.sayTo((context) => phrase('changeLater', trip(context))),
} as const
export const tooLate = {
  guard: ({ context }: Of) => isRedirectable(context),
  actions: does.sayTo((context) => phrase('tooLateToMove', trip(context))),
} as const

export const redirecting = {
  CHANGE: [
    { guard: ({ context }: Of) => canRedirect(context), actions: [open, lookUpPlaces] },
    { guard: ({ context }: Of) => isRedirectable(context), actions: [close, sayNot] },
  ],
  FOUND: [
    { guard: isSame, actions: [close, sayNot] },
    { guard: isMeant, actions: [takePlace, askPrice] },
    // Nobody knows it, or it is where they began: they choose.
    {
      guard: (is: In) => isAsked(is) && foundIn({ ...is, context: anew(is.context) }).found === null,
      actions: [offer, lookUpPlaces],
    },
    { guard: isAsked, actions: [offer, does.showMe] },
  ],
  QUOTED: [
    { guard: (is: In) => isUnpriced(is) && isTooFar(is), actions: [close, sayNot] },
    { guard: isUnpriced, actions: [takePrice, does.showMe] },
  ],
  UNQUOTED: { guard: isUnpriced, actions: [close, sayNot] },
  ANSWER: [
    { guard: (is: In) => isPriced(is) && says('yes')(is) && isOld(is), actions: [renew, askPrice] },
    {
      guard: (is: In) => isPriced(is) && says('yes')(is),
      actions: [take, close, tellDriver, does.sayTo(newWay)],
    },
    { guard: (is: In) => isPriced(is) && says('no')(is), actions: close },
    { guard: isSame, actions: [close, sayNot] },
    { guard: isMeant, actions: [takePlace, askPrice] },
    { guard: (is: In) => isAsked(is) && heard(is)?.kind === 'lookUp', actions: [seek, lookUpPlaces] },
    { guard: isAsked, actions: seek },
  ],
  BACK: { guard: ({ context }: Of) => context.redirect !== null, actions: close },
  DEADLINE: { guard: ({ context }: Of) => context.redirect !== null, actions: close },
} as const
