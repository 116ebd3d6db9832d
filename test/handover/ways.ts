import { z } from 'zod'
import { App } from '../conversations/app.ts'
import { Phone } from '../conversations/phone.ts'
import type { World } from '../support/world.ts'
import type { Answer } from './journeys.ts'

export const WAYS = ['ussd', 'sms', 'whatsapp', 'voice', 'rest'] as const
export type Way = (typeof WAYS)[number]

/** Somebody with every kind of phone, in the middle of one booking. */
export interface Traveller {
  /**
   * Comes back to the open question from nowhere; what was asked `later` is looked for where nothing shows it by
   * itself. Who had said no more than the line says that again.
   */
  arrive(way: Way, line: Line, later?: 'later'): Promise<void>
  /** Begins, and says which line it shall be. */
  begin(way: Way, line: Line): Promise<void>
  answer(way: Way, answer: Answer): Promise<void>
  /** Leaves in the middle, as when the network is lost. */
  leave(way: Way): Promise<void>
}

/** As the menu has it, and as a program names it. */
export type Line = { readonly id: string; readonly label: string }

const booking = z.object({
  data: z.object({
    prompt: z.object({ options: z.array(z.object({ value: z.string(), label: z.string() })).default([]) }),
  }),
})
const begun = z.object({ data: z.object({ id: z.string() }) })
const TIMES = 5

/** @param bookingOf the newest booking of that number */
export function travellerOf(
  world: World,
  number: string,
  bookingOf: (number: string) => Promise<string>,
): Traveller {
  const phone = new Phone(world, number)
  let app: Promise<App> | undefined
  let screen = ''
  const loggedIn = () => {
    app ??= (async () => {
      const one = new App(world, number)
      await one.logIn()
      return one
    })()
    return app
  }
  const listened = { ussd: (text: string) => phone.key(text), voice: (text: string) => phone.press(text) }
  const texted = {
    async sms(text: string) {
      await phone.news('sms')
      await phone.send(text)
      await phone.news('sms', 1)
    },
    async whatsapp(text: string) {
      await phone.news('whatsapp')
      await phone.write({ text })
      await phone.news('whatsapp', 1)
    },
  }

  /** The screens, or what the voice says, until it offers the label. */
  async function choose(way: 'ussd' | 'voice', { label, nth }: Answer): Promise<void> {
    for (let page = 0; page < TIMES; page += 1) {
      const key = keyOf(screen, label, nth)
      screen = await listened[way](key ?? (way === 'ussd' ? '98' : ended(screen, '9')))
      if (key !== undefined) return
    }
    throw new Error(`nothing to choose is called ${label ?? nth}:\n${screen}`)
  }
  async function choice({ label, nth }: Answer): Promise<string> {
    const { prompt } = booking.parse(
      await (await loggedIn()).read(`/v1/bookings/${await bookingOf(number)}`),
    ).data
    const found =
      nth === undefined ? prompt.options.find((one) => one.label === label) : prompt.options[nth - 1]
    if (!found) throw new Error(`nothing to choose is called ${label ?? nth}`)
    return found.value
  }

  return {
    async begin(way, { id, label }) {
      if (way === 'rest') return void begun.parse(await (await loggedIn()).send('/v1/bookings', { line: id }))
      if (way === 'sms' || way === 'whatsapp') return texted[way](label)
      screen = await (way === 'ussd' ? phone.dial('*384*77#') : phone.ring())
      await choose(way, { label })
    },
    async arrive(way, { label }, later) {
      if (way === 'rest') return void (await loggedIn())
      if (way === 'sms' || way === 'whatsapp') return later && texted[way]('TRACK')
      screen = await (way === 'ussd' ? phone.dial('*384*77#') : phone.ring())
      if (/^(?:CON )?Continue /.test(screen)) await choose(way, { label: 'Yes' })
      else if (/^(?:CON )?Inzira: /.test(screen)) await choose(way, { label })
    },
    async answer(way, answer) {
      if (way === 'rest') {
        const value = answer.text ?? (await choice(answer))
        await (await loggedIn()).send(`/v1/bookings/${await bookingOf(number)}/answer`, { value })
      } else if (way === 'sms' || way === 'whatsapp')
        await texted[way](answer.text ?? answer.label ?? String(answer.nth))
      else if (answer.text === undefined) await choose(way, answer)
      else screen = await listened[way](way === 'ussd' ? answer.text : `${answer.keyed ?? answer.text}#`)
    },
    async leave(way) {
      if (way === 'ussd' || way === 'voice') await phone.hangUp()
    },
  }
}

/** What is pressed for a label, or for the n-th of what is offered. */
function keyOf(screen: string, label: string | undefined, nth: number | undefined): string | undefined {
  if (nth !== undefined) return ended(screen, String(nth))
  const line = screen
    .split('\n')
    .find((text) => text.replace(/^(?:CON )?\d+ /, '') === label && /\d/.test(text))
  const [, shown] = /^(?:CON )?(\d+) /.exec(line ?? '') ?? []
  if (shown !== undefined) return shown
  const said = screen.split(/(?<=[.?]) /).find((text) => text.startsWith(`For ${label}, press `))
  const [, pressed] = /press (\d)/.exec(said ?? '') ?? []
  return pressed && ended(screen, pressed)
}

/** Where more digits may follow, a key says that these were all. */
const ended = (screen: string, key: string): string => (/press \d #/.test(screen) ? `${key}#` : key)
