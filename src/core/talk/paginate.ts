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
  const saying = (count: number): Page => ({
    say: words.slice(0, count).join(' '),
    options: [],
    firstNumber: 1,
  })
  while (words.length > 1 && pages.length < MAX_PAGES && !fits(saying(words.length), options.length > 0)) {
    const count = Math.max(
      1,
      longest(words.length - 1, (n) => fits(saying(n), true)),
    )
    pages.push(saying(count))
    words = words.slice(count)
  }
  let say = words.join(' ')
  let next = 0
  do {
    const page = (count: number): Page => ({
      say,
      options: options.slice(next, next + count),
      firstNumber: next + 1,
    })
    const left = options.length - next
    const count = longest(Math.min(left, budget.maxOptions), (n) => fits(page(n), n < left))
    // An option that fits no screen stands alone on one; a question leaves its page before that.
    const shown = count === 0 && left > 0 && say === '' ? 1 : count
    pages.push(page(shown))
    say = ''
    next += shown
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
