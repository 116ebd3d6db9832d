import { z } from 'zod'
import { marketOf } from '../base/markets.ts'
import type { Flows } from '../run/draft.ts'
import type { Role } from '../run/flow.ts'
import type { Instance } from '../run/work.ts'
import { withinLine } from './air.ts'
import type { Conversation } from './conversation.ts'
import { optionsOf } from './paginate.ts'
import type { Option, Prompt, View } from './prompt.ts'
import { reopened, type Script } from './script.ts'

const optionSchema = z.object({
  value: z.string(),
  label: z.string(),
  detail: z.string().exactOptional(),
  synonyms: z.array(z.string()).exactOptional(),
})
const expects = z.enum(['text', 'digits', 'phone', 'place', 'date'])

/** A prompt as it waits in the outbox. */
export const promptSchema: z.ZodType<Prompt> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('choose'),
    id: z.string(),
    say: z.string(),
    options: z.array(optionSchema),
    other: expects.exactOptional(),
  }),
  z.object({ kind: z.literal('ask'), id: z.string(), say: z.string(), expects }),
  z.object({
    kind: z.literal('tell'),
    id: z.string(),
    say: z.string(),
    next: z.enum(['wait', 'end']),
    options: z.array(optionSchema).exactOptional(),
  }),
])

/** A view without the channel's few words, which are found again by its language. */
export type Shown = Omit<View, 'chrome'>

export const shownSchema: z.ZodType<Shown> = z.object({
  prompt: promptSchema,
  page: z.int(),
  error: z.string().nullable(),
  language: z.string(),
  canGoBack: z.boolean(),
})

/** What somebody may see of it: no name of an option begins a line of its own. */
export const viewOf = (shown: Shown, script: Script): View => ({
  ...shown,
  prompt: harmless(shown.prompt),
  chrome: script.chrome(shown.language),
})

function harmless(prompt: Prompt): Prompt {
  const options = optionsOf(prompt).map(ofOneLine)
  const isSame = options.every((option, n) => option === optionsOf(prompt)[n])
  return prompt.kind === 'ask' || isSame ? prompt : { ...prompt, options }
}

function ofOneLine(option: Option): Option {
  const { label, detail } = option
  const [name, more] = [withinLine(label), detail === undefined ? detail : withinLine(detail)]
  if (name === label && more === detail) return option
  return { ...option, label: name, ...(more === undefined ? {} : { detail: more }) }
}

/** A text to nobody's question. */
export const telling = (prompt: Prompt, language: string): Shown => ({
  prompt,
  page: 0,
  error: null,
  language,
  canGoBack: false,
})

/** What a person sees: their focus drawn in their language. `as` is whose menu theirs is; `error` is said above it. */
export function shownTo(
  conversation: Conversation,
  instance: Instance | null,
  as: Role,
  error: string | null,
  { flows, script }: { readonly flows: Flows; readonly script: Script },
): Shown {
  const { focus, language, page, person } = conversation
  const shown = (prompt: Prompt, canGoBack: boolean): Shown => ({ prompt, page, error, language, canGoBack })
  if (focus.kind === 'counter') return shown(script.counter(focus.customer, language), true)
  if (focus.kind === 'bid') return shown(script.askBid(focus.load, language), true)
  if (focus.kind === 'menu' || !instance) {
    const usual = (focus.kind === 'menu' && focus.usual) || null
    return shown(script.menu(language, as, usual, marketOf(person).languages), false)
  }
  const flow = flows[instance.flow]
  if (focus.kind === 'resume') {
    const draft = script.draft(flow, instance, language)
    if (draft !== null && draft !== 'empty') return shown(script.resume(draft.summary, language), false)
  }
  const drawn = flow.screen(instance, focus.role, language)
  const isReopened = focus.kind === 'talk' && focus.reopened
  const prompt = isReopened ? reopened(drawn) : drawn
  const problem = error ?? flow.problem(instance, language)
  const leads = isReopened || flow.hear(instance, { kind: 'back' }, focus.role) !== undefined
  return { ...shown(prompt, prompt.kind !== 'tell' && leads), error: problem }
}
