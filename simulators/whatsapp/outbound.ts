import { isRecord, Refusal } from '../read.ts'

const MAX_TEXT = 4_096
const MAX_BODY = 1_024
const MAX_HEADER = 60
const MAX_BUTTONS = 3
const MAX_BUTTON_TITLE = 20
const MAX_BUTTON_ID = 256
const MAX_SECTIONS = 10
const MAX_ROWS = 10
const MAX_ROW_TITLE = 24
const MAX_ROW_DESCRIPTION = 72
const MAX_ROW_ID = 200

type Json = Record<string, unknown>

/** Something to tap on. */
export interface Option {
  id: string
  title: string
  description?: string
}

/** A message as its reader sees it. */
export interface Shown {
  type: 'text' | 'list' | 'button' | 'location_request' | 'template'
  text: string
  options?: Option[]
}

/**
 * Reads a message for the Cloud API and holds it to the documented limits; throws a Refusal that says which one it
 * breaks. Source: developers.facebook.com, WhatsApp Cloud API, messages.
 */
export function readOutbound(message: Json): Shown {
  const type = message.type ?? 'text'
  if (type === 'text') return { type, text: words(record(message, 'text'), 'text.body', 'body', MAX_TEXT) }
  if (type === 'template') return template(record(message, 'template'))
  if (type === 'interactive') return interactive(record(message, 'interactive'))
  throw new Refusal(400, `type ${JSON.stringify(type)} is not simulated`)
}

function interactive(value: Json): Shown {
  const text = words(record(value, 'body'), 'interactive.body.text', 'text', MAX_BODY)
  if (value.footer !== undefined) words(record(value, 'footer'), 'footer.text', 'text', MAX_HEADER)
  if (value.header !== undefined) words(record(value, 'header'), 'header.text', 'text', MAX_HEADER)
  const action = record(value, 'action')
  if (value.type === 'list') return { type: 'list', text, options: rows(action) }
  if (value.type === 'button') return { type: 'button', text, options: buttons(action) }
  if (value.type === 'location_request_message') {
    if (action.name !== 'send_location') throw new Refusal(400, 'action.name must be send_location')
    return { type: 'location_request', text }
  }
  throw new Refusal(400, `interactive type ${JSON.stringify(value.type)} is not simulated`)
}

function rows(action: Json): Option[] {
  words(action, 'action.button', 'button', MAX_BUTTON_TITLE)
  const sections = list(action, 'sections', MAX_SECTIONS)
  const found = sections.flatMap((section) => {
    if (sections.length > 1 || section.title !== undefined)
      words(section, 'section.title', 'title', MAX_ROW_TITLE)
    return list(section, 'rows', MAX_ROWS)
  })
  if (found.length > MAX_ROWS)
    throw new Refusal(400, `a list takes ${MAX_ROWS} rows in all, not ${found.length}`)
  const options = found.map((row) => ({
    id: words(row, 'row.id', 'id', MAX_ROW_ID),
    title: words(row, 'row.title', 'title', MAX_ROW_TITLE),
    ...(row.description !== undefined && {
      description: words(row, 'row.description', 'description', MAX_ROW_DESCRIPTION),
    }),
  }))
  return distinct(options)
}

function buttons(action: Json): Option[] {
  const options = list(action, 'buttons', MAX_BUTTONS).map((button) => {
    if (button.type !== 'reply') throw new Refusal(400, 'button.type must be reply')
    const reply = record(button, 'reply')
    return {
      id: words(reply, 'reply.id', 'id', MAX_BUTTON_ID),
      title: words(reply, 'reply.title', 'title', MAX_BUTTON_TITLE),
    }
  })
  if (new Set(options.map(({ title }) => title)).size < options.length) {
    throw new Refusal(400, 'two buttons have the same title')
  }
  return distinct(options)
}

function template(value: Json): Shown {
  const name = words(value, 'template.name', 'name', 512)
  words(record(value, 'language'), 'language.code', 'code', 10)
  const components = Array.isArray(value.components) ? value.components.filter(isRecord) : []
  const parameters = components.flatMap((part) =>
    Array.isArray(part.parameters) ? part.parameters.filter(isRecord) : [],
  )
  const fills = parameters.flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
  return { type: 'template', text: [name, ...fills].join(' | ') }
}

function distinct(options: Option[]) {
  if (new Set(options.map(({ id }) => id)).size < options.length)
    throw new Refusal(400, 'two options have the same id')
  return options
}

function record(parent: Json, key: string): Json {
  const value = parent[key]
  if (!isRecord(value)) throw new Refusal(400, `${key} must be an object`)
  return value
}

function list(parent: Json, key: string, max: number): Json[] {
  const value = parent[key]
  if (!Array.isArray(value) || value.length === 0 || value.length > max || !value.every(isRecord)) {
    throw new Refusal(400, `${key} must hold 1 to ${max} objects`)
  }
  return value
}

function words(parent: Json, name: string, key: string, max: number): string {
  const value = parent[key]
  const length = typeof value === 'string' ? Array.from(value).length : 0
  if (typeof value !== 'string' || length === 0 || length > max) {
    throw new Refusal(400, `${name} must be 1 to ${max} characters long, not ${length}`)
  }
  return value
}
