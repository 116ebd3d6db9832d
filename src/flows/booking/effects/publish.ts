import { marketOf } from '../../../core/base/markets.ts'
import { type Match, matched, type Reason } from '../../../core/move/matching.ts'
import type { Draft } from '../../../core/run/draft.ts'
import type { Errand } from '../../../core/run/handler.ts'
import type { LoadBoard, Posting } from '../../../core/sell/loads.ts'
import type { Purpose } from '../../../core/talk/purpose.ts'
import { given } from '../../lines/field.ts'
import type { WordKey } from '../../words/index.ts'
import { trip } from '../facts.ts'
import type { BookingContext } from '../model.ts'
import { targetOf } from '../offers.ts'

/** Vehicles looked at for a load, nearest first, and carriers told of it. */
const MOST_LOOKED_AT = 200
const MOST_TOLD = 5

const WHY = {
  home: 'loadHome',
  near: 'loadNear',
  known: 'loadKnown',
  fits: 'loadFits',
} as const satisfies Readonly<Record<Reason, WordKey>>

/** The load as carriers see it. */
const postingOf = (context: BookingContext): Posting => {
  const value = (field: string) => given(context.given, field)?.value ?? ''
  return {
    ...{ booking: context.id, code: context.code, owner: context.owner },
    ...{
      what: value('what'),
      kg: Number(value('vehicle')),
      from: value('from'),
      to: value('to'),
      day: value('when'),
    },
    ...marketOf(context.owner),
    targetMinor: targetOf(context),
  }
}

/** Posts a load once, and tells the carriers whom it suits best, each with the reason, and its owner. */
export async function publish(
  context: BookingContext,
  { about }: Errand,
  tx: { readonly loads: LoadBoard },
  draft: Draft,
  at: number,
): Promise<void> {
  const load = await tx.loads.post(postingOf(context))
  if (!load) return
  const words = { ...trip(context), vehicle: given(context.given, 'vehicle')?.label ?? '' }
  const until = context.bids?.until
  const say = (to: string, key: WordKey, args: Readonly<Record<string, string>>, purpose: Purpose) =>
    draft.errand(
      'say',
      { to, phrase: { key, args }, purpose, ...(purpose === 'offer' && until && { until }) },
      about,
      at,
    )
  say(context.owner, 'loadPosted', words, 'booking')
  const best = matched(load, await tx.loads.candidates(load.booking, MOST_LOOKED_AT)).slice(0, MOST_TOLD)
  for (const { candidate, reason, km } of best satisfies readonly Match[])
    say(candidate.phone, WHY[reason], { ...words, km: String(km) }, 'offer')
}
