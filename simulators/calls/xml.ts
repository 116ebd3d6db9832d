const MAX_DEPTH = 8
const NAME = /[A-Za-z][\w.-]*/y
const SPACE = /\s*/y
const ATTRIBUTE = /\s+([A-Za-z][\w.-]*)\s*=\s*("[^"<]*"|'[^'<]*')/y
const TEXT = /[^<]*/y
const DECLARATION =
  /\s*<\?xml\s+version="1\.[01]"(?:\s+encoding="[\w-]+")?(?:\s+standalone="(?:yes|no)")?\s*\?>/y
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** An XML element; `text` is what stands directly in it, decoded. */
export interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/**
 * Reads a small XML document strictly: one root, every tag closed, every `&` an entity, no comments, no CDATA, no
 * DOCTYPE. Throws a SyntaxError that tells where and what.
 */
export function parseXml(source: string): Element {
  let at = 0

  const fail = (what: string): never => {
    throw new SyntaxError(`${what} at character ${at}`)
  }

  function match(pattern: RegExp) {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found) at = pattern.lastIndex
    return found
  }

  const take = (token: string) => {
    const there = source.startsWith(token, at)
    if (there) at += token.length
    return there
  }

  const decode = (raw: string) =>
    raw.replace(/&([^;&]*);?/g, (whole, name: string) => {
      const numeric = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
      const code = numeric ? Number.parseInt(numeric[1] ?? numeric[2] ?? '', numeric[1] ? 16 : 10) : undefined
      const character = code !== undefined && code <= 0x10ffff ? String.fromCodePoint(code) : ENTITIES[name]
      return whole.endsWith(';') && character !== undefined ? character : fail(`a bare & ("${whole}")`)
    })

  function attributes() {
    const found: Record<string, string> = {}
    for (let pair = match(ATTRIBUTE); pair; pair = match(ATTRIBUTE)) {
      const [, name = '', quoted = ''] = pair
      if (Object.hasOwn(found, name)) fail(`attribute ${name} twice`)
      found[name] = decode(quoted.slice(1, -1))
    }
    match(SPACE)
    return found
  }

  function element(depth: number): Element {
    if (depth > MAX_DEPTH) fail('too deep')
    if (!take('<')) fail('an element was expected')
    const name = match(NAME)?.[0] ?? fail('a name was expected')
    const node: Element = { name, attributes: attributes(), children: [], text: '' }
    if (take('/>')) return node
    if (!take('>')) fail(`the tag ${name} is broken`)
    for (;;) {
      node.text += decode(match(TEXT)?.[0] ?? '')
      if (at >= source.length) fail(`${name} is not closed`)
      if (source.startsWith('</', at)) break
      node.children.push(element(depth + 1))
    }
    if (!take(`</${name}`)) fail(`${name} is closed by another tag`)
    match(SPACE)
    if (!take('>')) fail(`the end of ${name} is broken`)
    return node
  }

  match(DECLARATION)
  match(SPACE)
  const root = element(1)
  match(SPACE)
  return at === source.length ? root : fail('something follows the root')
}
