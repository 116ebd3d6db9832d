import { z } from 'zod'
import { fold } from '../talk/reading.ts'

/** A name that was typed and not understood, and the place that was meant by it. */
export type Miss = { readonly name: string; readonly place: string }

const LONGEST_NAME = 40
/** Letters, and enough of them: a digit, a pin or a key is nobody's name. */
const NAME = /^\p{L}[\p{L}\p{N} ]{2,}$/u

const typed = z.object({ type: z.literal('ANSWER'), value: z.string() })
const found = z.object({
  type: z.literal('FOUND'),
  options: z.array(z.object({ value: z.string() })),
  sure: z.boolean(),
})

/**
 * What a journey taught us of names: everything typed at one question before a place was chosen from a list. Who was
 * understood at once taught nothing, and who went back or chose no place neither. Who wants to go elsewhere is asked anew.
 * @param events of a booking, in order @param isPlace whether an option is a place, and not only an area of some
 */
export function missesIn(
  events: readonly { readonly type: string }[],
  isPlace: (value: string) => boolean,
): Miss[] {
  const misses: Miss[] = []
  let said: string[] = []
  let offered: readonly string[] = []
  const meant = (place: string, names: readonly string[]) => {
    for (const name of new Set(names)) if (name !== fold(place)) misses.push({ name, place })
    said = []
  }
  for (const event of events) {
    const [answer, news] = [typed.safeParse(event).data, found.safeParse(event).data]
    if (news) {
      offered = news.options.map(({ value }) => value)
      const [first] = offered
      // Taken without asking: the last that was typed is known, what came before it was not.
      if (news.sure && first !== undefined && isPlace(first)) meant(first, said.slice(0, -1))
    } else if (answer && offered.includes(answer.value)) {
      if (isPlace(answer.value)) meant(answer.value, said)
    } else if (answer) {
      const name = fold(answer.value)
      if (NAME.test(name) && name.length <= LONGEST_NAME) said.push(name)
    } else if (event.type === 'BACK' || event.type === 'CHANGE') said = []
  }
  return misses
}
