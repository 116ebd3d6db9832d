import type { Random } from '../../simulators/random.ts'
import type { Snapshot } from '../../src/core/run/flow.ts'
import type { Doors } from '../../src/core/talk/channel.ts'
import type { View } from '../../src/core/talk/prompt.ts'
import { flows } from '../../src/flows/index.ts'
import { LANGUAGES } from '../../src/flows/words/index.ts'
import { TYPICAL } from '../laws/data.ts'
import { T0 } from '../laws/events.ts'
import { CODECS, script, viewsOf } from '../laws/views.ts'
import { walks } from '../laws/walk.ts'
import { pick } from './mutate.ts'

export type Listening = {
  readonly doors: Doors
  /** What was said so far. */
  readonly heard: number
}

type Open = { readonly snapshot: Snapshot; readonly view: View }

/** Every question that a booking may be left at, in every language. */
const questions = (): Open[] =>
  walks('booking', TYPICAL)
    .filter(({ end }) => !end.done)
    .flatMap(({ end }) =>
      LANGUAGES.flatMap((language) =>
        viewsOf(flows.booking, end, language).map((view) => ({ snapshot: end, view })),
      ),
    )

/**
 * Who hears what comes through the doors as the house does, without keeping it: it is read as a keyword and as the
 * answer to one question or another, and the machine is told. Whatever throws here throws at the door.
 */
export function listener(random: Random): Listening {
  const open = questions()
  let heard = 0
  return {
    get heard() {
      return heard
    },
    doors: {
      async receive({ channel, input }) {
        heard += 1
        const { snapshot, view } = pick(random, open)
        const said =
          input.kind === 'so_far'
            ? ({ kind: 'text', text: input.text.split('*').at(-1) ?? '' } as const)
            : input
        if (said.kind === 'text') script.read(said.text)
        const reply = CODECS[channel].codec.decode(view, said)
        const event =
          reply.kind === 'answer' || reply.kind === 'back'
            ? flows.booking.hear(snapshot, reply, 'traveller')
            : undefined
        if (event) flows.booking.step(snapshot, { ...event, at: T0 })
        return CODECS[channel].codec.encode(view)
      },
      ended: async () => {},
      delivered: async () => {},
      introduce: async () => null,
      acquainted: async () => {},
      optedOut: async () => {},
      missedCall: async () => {},
    },
  }
}
