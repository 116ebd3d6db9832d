import type { Option, Prompt, View } from './prompt.ts'

/** What a channel can show at once. */
export type Budget = {
  /** Whether that is a whole screen, and no more. */
  readonly holds: (text: string) => boolean
  /** Most options on one page, however short they are. */
  readonly maxOptions: number
}

export type Page = {
  readonly say: string
  readonly options: readonly Option[]
  /** Number of the page's first option within the whole prompt, from 1. */
  readonly firstNumber: number
}

export const optionsOf = (prompt: Prompt): readonly Option[] =>
  prompt.kind === 'ask' ? [] : (prompt.options ?? [])

/**
 * Cuts a view into pages at option boundaries, and a long text at word boundaries; nothing is ever truncated, so there
 * are at most as many pages as words and options. Its cost grows as what is shown, not as its square.
 * `draw` must make the whole screen of a page, `hasMore` telling whether the way to the next page is shown.
 */
export function paginate(view: View, budget: Budget, draw: (page: Page, hasMore: boolean) => string): Page[] {
  const fits: Fits = (page, hasMore) => budget.holds(draw(page, hasMore))
  const options = optionsOf(view.prompt)
  const said = cutWords(view.prompt.say, options.length > 0, fits)
  const last = said.pop() ?? ''
  return [...said.map(saying), ...cutOptions(last, options, budget.maxOptions, fits)]
}

type Fits = (page: Page, hasMore: boolean) => boolean

const saying = (say: string): Page => ({ say, options: [], firstNumber: 1 })

/** Words that are looked at before it is asked whether so many may fit at all; more than most texts have. */
const FIRST_WORDS = 64

/** The text in pieces that fit, the last of them in front of the options when it `leadsOn` to some. */
function cutWords(text: string, leadsOn: boolean, fits: Fits): string[] {
  const words = text.split(' ')
  const pieces: string[] = []
  let next = 0
  for (;;) {
    const piece = (count: number) => words.slice(next, next + count).join(' ')
    const left = words.length - next
    const before = (count: number) => fits(saying(piece(count)), true)
    const atLast = (count: number) => fits(saying(piece(count)), leadsOn)
    const most = doubled(left, (count) => before(count) || atLast(count))
    if (left === 1 || (most === left && atLast(left))) return [...pieces, piece(left)]
    const count = Math.max(1, halved(Math.min(most, left - 1), before))
    pieces.push(piece(count))
    next += count
  }
}

/** The options in pages that fit, with `say` above the first of them. */
function cutOptions(say: string, options: readonly Option[], maxOptions: number, fits: Fits): Page[] {
  const pages: Page[] = []
  let next = 0
  do {
    const left = options.length - next
    const page = (count: number): Page => ({
      say: pages.length === 0 ? say : '',
      options: options.slice(next, next + count),
      firstNumber: next + 1,
    })
    // One less may be more to draw: it shows the way on, and turns a list into buttons.
    let count = Math.min(left, maxOptions)
    while (count > 0 && !fits(page(count), count < left)) count -= 1
    // An option that fits no screen stands alone on one; a question leaves its page before that.
    if (count === 0 && left > 0 && page(0).say === '') {
      count = 1
      pages.push(...cutLabel(page(count), left > 1, fits))
    } else pages.push(page(count))
    next += count
  } while (next < options.length)
  return pages
}

/** An option that fills more than a page, its number before each piece of it. */
function cutLabel(page: Page, leadsOn: boolean, fits: Fits): Page[] {
  const [option] = page.options
  if (!option) return [page]
  const holding = (label: string): Page =>
    label === option.label ? page : { ...page, options: [{ ...option, label }] }
  return cutWords(option.label, leadsOn, (piece, hasMore) => fits(holding(piece.say), hasMore)).map(holding)
}

/** A number for which `ok` no longer holds, at most about twice the first such; `most` when there is none below it. */
function doubled(most: number, ok: (n: number) => boolean): number {
  let n = Math.min(most, FIRST_WORDS)
  while (n < most && ok(n)) n = Math.min(most, n * 2)
  return n
}

/** Largest n in 1..most for which `ok(n)`, which holds for all below it; 0 when none. */
function halved(most: number, ok: (n: number) => boolean): number {
  let low = 0
  let high = most
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (ok(middle)) low = middle
    else high = middle - 1
  }
  return low
}
