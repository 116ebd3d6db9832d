import type { Option, Prompt, View } from './prompt.ts'

/** What a channel can show at once. */
export type Budget = {
  /** Largest whole screen, in whatever unit `measure` counts. */
  readonly size: number
  readonly measure: (text: string) => number
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
 * Cuts a view into pages at option boundaries, and a long text at word boundaries; nothing is ever truncated.
 * `draw` must make the whole screen of a page, `hasMore` telling whether the way to the next page is shown.
 */
export function paginate(view: View, budget: Budget, draw: (page: Page, hasMore: boolean) => string): Page[] {
  const options = optionsOf(view.prompt)
  const fits = (page: Page, hasMore: boolean) => budget.measure(draw(page, hasMore)) <= budget.size
  const pages: Page[] = []
  let words = view.prompt.say.split(' ')
  while (
    words.length > 0 &&
    !fits({ say: words.join(' '), options: [], firstNumber: 1 }, options.length > 0)
  ) {
    const count = longest(words.length - 1, (n) =>
      fits({ say: words.slice(0, n).join(' '), options: [], firstNumber: 1 }, true),
    )
    pages.push({ say: words.slice(0, count).join(' '), options: [], firstNumber: 1 })
    words = words.slice(count)
  }
  let next = 0
  do {
    const say = next === 0 ? words.join(' ') : ''
    const page = (count: number): Page => ({
      say,
      options: options.slice(next, next + count),
      firstNumber: next + 1,
    })
    const left = options.length - next
    const most = Math.min(left, budget.maxOptions)
    const floor = say === '' ? 1 : 0
    const count = Math.max(
      Math.min(floor, left),
      longest(most, (n) => fits(page(n), n < left)),
    )
    pages.push(page(count))
    next += count
  } while (next < options.length && pages.length < MAX_PAGES)
  return pages
}

/** More pages than anybody would turn. */
const MAX_PAGES = 50

/** Largest n in 1..most for which `ok(n)`; 0 when none. */
function longest(most: number, ok: (n: number) => boolean): number {
  for (let n = most; n > 0; n -= 1) if (ok(n)) return n
  return 0
}
