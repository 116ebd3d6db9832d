import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Budget, type Page, paginate } from '../../src/core/talk/paginate.ts'
import type { Option, View } from '../../src/core/talk/prompt.ts'
import { view } from '../channels/hosting.ts'

const draw = ({ say, options, firstNumber }: Page, hasMore: boolean): string =>
  [
    ...(say === '' ? [] : [say]),
    ...options.map(({ label }, n) => `${firstNumber + n} ${label}`),
    ...(hasMore ? ['98 More'] : []),
  ].join('\n')

const fits = (page: Page, hasMore: boolean, budget: Budget): boolean => budget.holds(draw(page, hasMore))
const optionsOf = (labels: readonly string[]): Option[] =>
  labels.map((label, n) => ({ value: `v${n}`, label }))
const asking = (say: string, options: readonly Option[]): View =>
  view({ kind: 'choose', id: 'q', say, options })
const budgetOf = (size: number, maxOptions: number): Budget => ({
  maxOptions,
  holds: (text) => text.length <= size,
})

/** The options of all pages, what is in pieces put together. */
function whole(pages: readonly Page[]): Option[] {
  const found: Option[] = []
  for (const { options, firstNumber } of pages)
    for (const [n, option] of options.entries()) {
      const begun = found[firstNumber - 1 + n]
      found[firstNumber - 1 + n] = begun ? { ...begun, label: `${begun.label} ${option.label}` } : option
    }
  return found
}

const words = (most: number) =>
  fc.array(fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 40 }), {
    maxLength: most,
  })
const screens = fc.record({
  said: words(24),
  labels: words(24),
  size: fc.integer({ min: 1, max: 200 }),
  maxOptions: fc.integer({ min: 1, max: 9 }),
})
const cut = ({
  said,
  labels,
  size,
  maxOptions,
}: typeof screens extends fc.Arbitrary<infer S> ? S : never) => {
  const [options, budget] = [optionsOf(labels), budgetOf(size, maxOptions)]
  return { options, budget, pages: paginate(asking(said.join(' '), options), budget, draw) }
}

describe('pages', () => {
  it('hold every word and every option once, in order, numbered through', () => {
    fc.assert(
      fc.property(screens, (screen) => {
        const { options, pages } = cut(screen)
        assert.deepEqual(
          pages.flatMap(({ say }) => say.split(' ')).filter((word) => word !== ''),
          screen.said,
        )
        assert.deepEqual(
          pages.flatMap((page) => page.options),
          options,
        )
        for (const page of pages)
          if (page.options[0]) assert.equal(options[page.firstNumber - 1], page.options[0])
      }),
      { numRuns: 2_000 },
    )
  })

  it('each fit, or hold one thing that fits nowhere; none is empty, none has too many options', () => {
    fc.assert(
      fc.property(screens, (screen) => {
        const { budget, pages } = cut(screen)
        for (const [n, page] of pages.entries()) {
          const isAlone =
            page.say === '' ? page.options.length === 1 : page.options.length === 0 && !page.say.includes(' ')
          assert.ok(isAlone || fits(page, n < pages.length - 1, budget), draw(page, n < pages.length - 1))
          assert.ok(page.options.length <= screen.maxOptions)
          assert.ok(pages.length === 1 || page.say !== '' || page.options.length > 0, `page ${n} is empty`)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('take as many options as fit, so that nobody turns a page for nothing', () => {
    fc.assert(
      fc.property(screens, (screen) => {
        const { options, budget, pages } = cut(screen)
        for (const page of pages.slice(0, -1)) {
          if (page.options.length === 0 || page.options.length === screen.maxOptions) continue
          const end = page.firstNumber + page.options.length
          const fuller = { ...page, options: options.slice(page.firstNumber - 1, end) }
          assert.ok(!fits(fuller, end < options.length, budget), `${end} would have fitted`)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('take as many words as fit, before a page is turned for more', () => {
    fc.assert(
      fc.property(screens, fc.integer({ min: 1, max: 80 }), (screen, times) => {
        const said = Array.from({ length: times }, () => screen.said).flat()
        const { budget, pages } = cut({ ...screen, said })
        let spoken = 0
        for (const page of pages) {
          spoken += page.say === '' ? 0 : page.say.split(' ').length
          const next = said[spoken]
          if (page.options.length > 0 || next === undefined) continue
          const fuller = { ...page, say: `${page.say} ${next}` }
          assert.ok(!fits(fuller, true, budget), `${next} would have fitted`)
        }
      }),
    )
  })

  it('lose no option, however many pages they fill', () => {
    const options = optionsOf(Array.from({ length: 200 }, (_, n) => `${n} ${'x'.repeat(150)}`))
    const pages = paginate(asking('Which?', options), budgetOf(160, 9), draw)
    assert.ok(pages.length > 199)
    assert.deepEqual(whole(pages), options)
  })

  it('repeat the number of an option that fills more than one, before each piece of it', () => {
    const options = optionsOf(['7306 cement from Kigali', 'No'])
    const pages = paginate(asking('Which?', options), budgetOf(20, 9), draw)
    assert.deepEqual(
      pages.map((page, n) => draw(page, n < pages.length - 1)),
      [
        'Which?\n98 More',
        '1 7306\n98 More',
        '1 cement\n98 More',
        '1 from\n98 More',
        '1 Kigali\n98 More',
        '2 No',
      ],
    )
    assert.deepEqual(whole(pages), options)
  })

  it('cost about as much as there is to show, not its square', () => {
    const measured = (count: number, labels: number): number => {
      let characters = 0
      const budget: Budget = {
        ...budgetOf(160, 9),
        holds(text) {
          characters += text.length
          return text.length <= 160
        },
      }
      const options = optionsOf(Array.from({ length: labels }, (_, n) => `Option ${n}`))
      paginate(asking('word '.repeat(count).trim(), options), budget, draw)
      return characters
    }
    // Eight times as much: its square would be 64 times the cost.
    assert.ok(measured(16_000, 0) < 20 * measured(2_000, 0))
    assert.ok(measured(16_000, 9) < 20 * measured(2_000, 9))
    assert.ok(measured(0, 16_000) < 20 * measured(0, 2_000))
    // What fits at once is looked at once.
    assert.equal(measured(20, 0), 'word '.repeat(20).length - 1)
  })

  it('keep the question with its first options where both fit', () => {
    const pages = paginate(
      asking('Where to?', optionsOf(['Remera', 'Kacyiru', 'Gisozi'])),
      budgetOf(35, 9),
      draw,
    )
    assert.deepEqual(
      pages.map((page, n) => draw(page, n < pages.length - 1)),
      ['Where to?\n1 Remera\n98 More', '2 Kacyiru\n3 Gisozi'],
    )
  })

  it('cut where no more is held', () => {
    const weighty: Budget = { ...budgetOf(10, 9), holds: (text) => text.length * 2 <= 10 }
    assert.deepEqual(
      paginate(asking('aa bb cc', []), weighty, ({ say }) => say).map(({ say }) => say),
      ['aa bb', 'cc'],
    )
  })

  const huge: readonly [string, string, number, number][] = [
    ['a word of a million letters', 'x'.repeat(1_000_000), 3, 160],
    ['sixty thousand words', 'word '.repeat(60_000).trim(), 20, 160],
    ['ten thousand options', 'Which?', 10_000, 160],
    ['a screen that holds nothing', 'Which one is it?', 10, 0],
  ]
  for (const [label, say, count, size] of huge)
    it(`come to an end with ${label}`, () => {
      const options = optionsOf(Array.from({ length: count }, (_, n) => `Option ${n}`))
      const pages = paginate(asking(say, options), budgetOf(size, 9), draw)
      assert.ok(
        pages.length > 1 && pages.length <= say.split(' ').length + 2 * count,
        `${pages.length} pages`,
      )
      assert.deepEqual(whole(pages), options)
    })

  it('are one when there is nothing to choose and little to say', () => {
    const budget = budgetOf(160, 9)
    const only = [{ say: 'Done.', options: [], firstNumber: 1 }]
    assert.deepEqual(paginate(asking('Done.', []), budget, draw), only)
    assert.deepEqual(
      paginate(view({ kind: 'ask', id: 'q', say: 'Done.', expects: 'text' }), budget, draw),
      only,
    )
    assert.deepEqual(paginate(view({ kind: 'tell', id: 't', say: 'Done.', next: 'end' }), budget, draw), only)
  })
})
