import { z } from 'zod'

/**
 * What the Cloud API takes, in characters (UTF-16 units, the strictest way to count) and pieces.
 * Source: Meta, WhatsApp Cloud API, "Text messages", "Interactive reply buttons", "Interactive lists".
 */
export const LIMIT = {
  text: 4096,
  body: 1024,
  buttons: 3,
  buttonTitle: 20,
  rows: 10,
  rowTitle: 24,
  description: 72,
  listButton: 20,
  id: 200,
} as const

const filled = (max: number) => z.string().min(1).max(max)
const body = z.strictObject({ text: filled(LIMIT.body) })
const row = z.strictObject({
  id: filled(LIMIT.id),
  title: filled(LIMIT.rowTitle),
  description: filled(LIMIT.description).optional(),
})
const button = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: filled(LIMIT.id), title: filled(LIMIT.buttonTitle) }),
})
const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    body,
    action: z.strictObject({ buttons: z.array(button).min(1).max(LIMIT.buttons) }),
  }),
  z.strictObject({
    type: z.literal('list'),
    body,
    action: z.strictObject({
      button: filled(LIMIT.listButton),
      sections: z.tuple([z.strictObject({ rows: z.array(row).min(1).max(LIMIT.rows) })]),
    }),
  }),
  z.strictObject({
    type: z.literal('location_request_message'),
    body,
    action: z.strictObject({ name: z.literal('send_location') }),
  }),
])

const parameter = z.strictObject({ type: z.literal('text'), text: filled(LIMIT.body) })
const template = z.strictObject({
  name: filled(512),
  language: z.strictObject({ policy: z.literal('deterministic'), code: filled(10) }),
  components: z.tuple([z.strictObject({ type: z.literal('body'), parameters: z.tuple([parameter]) })]),
})

/** A message as the Cloud API takes it, but for whom it is for. */
export const messageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.strictObject({ body: filled(LIMIT.text) }) }),
  z.strictObject({ type: z.literal('interactive'), interactive }),
  z.strictObject({ type: z.literal('template'), template }),
])

export type Message = z.infer<typeof messageSchema>

/** Something to tap: a button, or a row of a list. */
export type Tap = { readonly id: string; readonly title: string; readonly description?: string }

/** The words of a message above whatever can be tapped. */
export function bodyOf(message: Message): string {
  if (message.type === 'template') return message.template.components[0].parameters[0].text
  return message.type === 'text' ? message.text.body : message.interactive.body.text
}

/** What can be tapped in a message, in order. */
export function tapsOf(message: Message): readonly Tap[] {
  if (message.type !== 'interactive') return []
  const { interactive } = message
  if (interactive.type === 'button') return interactive.action.buttons.map(({ reply }) => reply)
  if (interactive.type === 'location_request_message') return []
  return interactive.action.sections[0].rows.map(({ description, ...row }) =>
    description === undefined ? row : { ...row, description },
  )
}

/** A message as `codec.encode` wrote it; undefined when it is anything else. */
export function readMessage(json: string): Message | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

export const textMessage = (text: string): Message => ({ type: 'text', text: { body: text } })

/** A template with the text as its one parameter, which bears no line break. */
export const templateMessage = (name: string, code: string, text: string): Message => ({
  type: 'template',
  template: {
    ...{ name, language: { policy: 'deterministic', code } },
    components: [{ type: 'body', parameters: [{ type: 'text', text }] }],
  },
})

export const buttonMessage = (text: string, taps: readonly Tap[]): Message => ({
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text },
    action: { buttons: taps.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
  },
})

export const listMessage = (text: string, button: string, taps: readonly Tap[]): Message => ({
  type: 'interactive',
  interactive: { type: 'list', body: { text }, action: { button, sections: [{ rows: [...taps] }] } },
})

export const locationRequest = (text: string): Message => ({
  type: 'interactive',
  interactive: { type: 'location_request_message', body: { text }, action: { name: 'send_location' } },
})
