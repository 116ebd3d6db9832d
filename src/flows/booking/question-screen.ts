import { render, say } from '../words/index.ts'
import { type Draw, inWords, no, wait, yes } from './drawing.ts'
import { fieldOf } from './form.ts'
import { anew, newWay, redirected } from './new-way.ts'

/** The question of the form that is open. */
export const asking: Draw = (context, language) => {
  const field = fieldOf(context)
  if (!field) return wait('quoting', say(language, 'quoting'))
  const { id, other, worded = [] } = field
  const options = [...field.options, ...worded.map((key) => inWords(key, language))]
  const question = render(field.say, language)
  if (field.of === null && options.length === 0)
    return { kind: 'ask', id, say: question, expects: other ?? 'text' }
  return {
    kind: 'choose',
    id,
    say: question,
    options: context.found ?? options,
    ...(other ? { other } : {}),
  }
}

/** Where to instead? And for how much. */
export const elsewhere: Draw = (context, language) => {
  const { redirect, found } = context
  if (redirect?.quote)
    return {
      kind: 'choose',
      id: 'redirect',
      say: render(newWay(redirected(context)), language),
      options: [yes(language), no(language)],
    }
  if (redirect?.to) return wait('quoting', say(language, 'quoting'))
  return found === null ? wait('looking', say(language, 'looking')) : asking(anew(context), language)
}
