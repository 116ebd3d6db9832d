import { CHANNELS } from '../src/core/talk/channel.ts'
import type { View } from '../src/core/talk/prompt.ts'
import { flows } from '../src/flows/index.ts'
import { LANGUAGES } from '../src/flows/words/index.ts'
import { TYPICAL } from '../test/laws/data.ts'
import { CODECS, viewsOf } from '../test/laws/views.ts'
import { walks } from '../test/laws/walk.ts'
import { median, spread, table } from './numbers.ts'

const TYPED = ['1', '2', '0', '98', 'Nyabugogo', 'yes', '25/12', '0788123456'] as const
const US = 1_000
const MOST_SCREENS = 1_000

/** Screens that a booking shows in every language, evenly out of all of them. */
function screens(): View[] {
  const all = walks('booking', TYPICAL).flatMap(({ end }) =>
    LANGUAGES.flatMap((language) => viewsOf(flows.booking, end, language)),
  )
  return all.filter((_, n) => n % Math.ceil(all.length / MOST_SCREENS) === 0)
}

/** Microseconds that it takes of each. */
function timed<T>(all: readonly T[], act: (one: T) => unknown): number {
  const began = performance.now()
  for (const one of all) act(one)
  return ((performance.now() - began) * US) / all.length
}

/**
 * What it takes to draw screens of a booking, and to read an answer at it, on every channel, beside writing the same
 * screen as JSON and reading that.
 * @returns markdown
 */
export function codecs(rounds: number): string {
  const views = screens()
  const measured = Array.from({ length: rounds + 1 }, () => ({
    json: [
      timed(views, JSON.stringify),
      timed(
        views.map((view) => JSON.stringify(view)),
        JSON.parse,
      ),
    ] as const,
    channels: CHANNELS.map((name) => {
      const { codec } = CODECS[name]
      const asked = views.flatMap((view) => TYPED.map((text) => ({ view, text })))
      return [
        timed(views, codec.encode),
        timed(asked, ({ view, text }) => codec.decode(view, { kind: 'text', text })),
      ] as const
    }),
    // The first round finds nothing compiled.
  })).slice(1)
  const us = (of: (one: (typeof measured)[number]) => number | undefined) =>
    median(measured.map((one) => of(one) ?? 0)).toFixed(1)
  const rows = CHANNELS.map((name, n) => [
    name,
    us((one) => one.channels[n]?.[0]),
    us((one) => one.channels[n]?.[1]),
    spread(
      measured.map(
        (one) => ((one.channels[n]?.[0] ?? 0) + (one.channels[n]?.[1] ?? 0)) / (one.json[0] + one.json[1]),
      ),
    ),
  ])
  return table(
    [`${views.length} screens`, 'draw µs', 'read µs', '÷ JSON'],
    [...rows, ['JSON', us((one) => one.json[0]), us((one) => one.json[1]), '']],
  )
}
