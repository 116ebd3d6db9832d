import { z } from 'zod'
import type { Codec, Prompt, Reply, View } from '../../core/talk/prompt.ts'
import { clean, MAX_ANSWER_CHARACTERS, pinValue, readTyped, takesText } from '../../core/talk/reading.ts'

const expects = z.enum(['text', 'digits', 'phone', 'place', 'date'])

/** A prompt as programs get it: answered with an option's value, or with a text where it `expects` one. */
export const promptShape = z.object({
  kind: z.enum(['choose', 'ask', 'tell']),
  id: z.string(),
  say: z.string(),
  options: z
    .array(z.object({ value: z.string(), label: z.string(), detail: z.string().exactOptional() }))
    .exactOptional(),
  expects: expects.exactOptional(),
  next: z.enum(['wait', 'end']).exactOptional(),
})
export type PromptShape = z.infer<typeof promptShape>

/** Without what only people's typing needs. */
export function promptOf(prompt: Prompt): PromptShape {
  const { kind, id, say } = prompt
  if (kind === 'ask') return { kind, id, say, expects: prompt.expects }
  const options = (prompt.options ?? []).map(({ synonyms: _, ...option }) => option)
  if (kind === 'tell') return { kind, id, say, next: prompt.next, options }
  return { kind, id, say, options, ...(prompt.other ? { expects: prompt.other } : {}) }
}

/** The value by which a program goes one question back. */
export const BACK = 'back'

/** Programs get the prompt itself, and answer with an option's value or a text: a number is no option here. */
export const restCodec: Codec = {
  encode: ({ prompt, error }) => JSON.stringify({ prompt: promptOf(prompt), error }),
  decode(view, input) {
    if (input.kind === 'pick') return pick(view, input.value)
    if (input.kind === 'pin') return { kind: 'answer', value: pinValue(input.lat, input.lng) }
    if (input.kind === 'start') return { kind: 'home' }
    return readTyped(view, input.text)
  },
}

function pick(view: View, value: string): Reply {
  const options = view.prompt.kind === 'ask' ? [] : (view.prompt.options ?? [])
  if (options.some((option) => option.value === value)) return { kind: 'answer', value }
  if (value === BACK && view.canGoBack) return { kind: 'back' }
  const text = clean(value)
  return takesText(view) && text !== '' && text.length <= MAX_ANSWER_CHARACTERS
    ? { kind: 'answer', value: text }
    : { kind: 'unclear' }
}
