import type { Codec } from '../../core/talk/prompt.ts'
import { pinValue, readPick, readTyped } from '../../core/talk/reading.ts'

/** Programs get the prompt itself, and answer with an option's value or a text. */
export const restCodec: Codec = {
  encode: ({ prompt, error }) => JSON.stringify({ prompt, error }),
  decode(view, input) {
    if (input.kind === 'pick') return readPick(view, input.value)
    if (input.kind === 'pin') return { kind: 'answer', value: pinValue(input.lat, input.lng) }
    if (input.kind === 'start') return { kind: 'home' }
    return readTyped(view, input.text, false)
  },
}
