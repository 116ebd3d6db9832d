import { septets, toGsm7 } from '../../core/talk/gsm7.ts'
import { type Page, paginate } from '../../core/talk/paginate.ts'
import type { Codec, Reply, View } from '../../core/talk/prompt.ts'
import { KEYS, pinValue, readPick, readTyped } from '../../core/talk/reading.ts'

/** What every network shows whole (Africa's Talking, menu characters on Safaricom). */
export const USSD_SEPTETS = 160

/** Screens of a gateway that wants `CON ` or `END ` in front (Africa's Talking and its kin). */
export const ussdCodec: Codec = {
  encode(view) {
    const all = pages(view)
    const page = all[view.page] ?? all[0]
    if (!page) return 'END '
    const hasMore = page !== all.at(-1)
    return `${isOpen(view, hasMore) ? 'CON' : 'END'} ${draw(view, page, hasMore)}`
  },
  decode(view, input): Reply {
    if (input.kind === 'pick') return readPick(view, input.value)
    if (input.kind === 'pin') return { kind: 'answer', value: pinValue(input.lat, input.lng) }
    if (input.kind === 'start') return { kind: 'home' }
    return readTyped(view, input.text, view.page < pages(view).length - 1)
  },
}

/** A `tell` closes the session: what comes later comes by SMS, nobody polls. */
const isOpen = (view: View, hasMore: boolean): boolean => view.prompt.kind !== 'tell' || hasMore

const pages = (view: View): Page[] =>
  paginate(
    withoutOffers(view),
    {
      size: USSD_SEPTETS - 'CON '.length,
      measure: (text) => septets(text) ?? Number.POSITIVE_INFINITY,
      maxOptions: 9,
    },
    (page, hasMore) => draw(view, page, hasMore),
  )

const withoutOffers = (view: View): View =>
  view.prompt.kind === 'tell'
    ? { ...view, prompt: { kind: 'tell', id: view.prompt.id, say: view.prompt.say, next: view.prompt.next } }
    : view

function draw(view: View, page: Page, hasMore: boolean): string {
  const closed = view.prompt.kind === 'tell' && !hasMore
  const lines = [
    ...(view.error && page.say !== '' ? [view.error] : []),
    ...(page.say === '' ? [] : [page.say]),
    ...page.options.map((option, index) => `${page.firstNumber + index} ${option.label}`),
    ...(hasMore ? [`${KEYS.more} ${view.chrome.more}`] : []),
    ...(view.canGoBack && !closed ? [`${KEYS.back} ${view.chrome.back}`] : []),
  ]
  return toGsm7(lines.join('\n'))
}
