// `npm run new:line NAME [LABEL]`: a service line to begin from, which is booked at once on every channel. It writes
// files of its own and adds a row to the lists of lines and of words; nothing is overwritten.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const [name = '', label = capital(name)] = process.argv.slice(2)
if (!/^[a-z][a-z0-9]{1,20}$/.test(name) || !/^[A-Za-z0-9 ]{2,20}$/.test(label)) {
  console.error('usage: npm run new:line NAME [LABEL], as tanker "Water tanker"')
  process.exit(2)
}
const LANGUAGES = readdirSync('src/flows/words', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
const TALKS = ['ussd', 'sms', 'whatsapp', 'voice', 'rest']
const words = { name, Name: capital(name), NAME: name.toUpperCase(), Label: label }

const FILES = {
  [`src/flows/lines/${name}.ts`]: 'line.ts',
  ...Object.fromEntries(LANGUAGES.map((one) => [`src/flows/words/${one}/${name}.ts`, `${one}.ts`])),
  ...Object.fromEntries(
    TALKS.map((one) => [`test/conversations/${one}-en-${name}.json`, `talks/${one}.json`]),
  ),
}
for (const [path, template] of Object.entries(FILES)) {
  const source = readFileSync(new URL(`line/${template}.txt`, import.meta.url), 'utf8')
  writeFileSync(
    path,
    source.replace(/__(name|Name|NAME|Label)__/g, (_, word) => words[word]),
    { flag: 'wx' },
  )
  console.log(`wrote ${path}`)
}

addTo('src/flows/lines/index.ts', /(LINES: readonly ServiceLine\[\] = \[[^\]]*?),?(\s*\])/)
for (const language of LANGUAGES)
  addTo(`src/flows/words/${language}/index.ts`, /(export const \w+(?:: Words)? = \{[^}]*?),?(\s*\})/)

console.log(`
Then:
  1. what it asks, costs and passes on the way, into src/flows/lines/${name}.ts, and its words in every language
  2. what tax law calls it (taxedAs), and its tariff with a date where an operator sets one
  3. npm test: its screens are under the laws already, and test/conversations/*-en-${name}.json book it on every channel`)

/** One more in a list, and its import above. */
function addTo(path, list) {
  const source = readFileSync(path, 'utf8')
  if (!list.test(source)) throw new Error(`${path} has no list to add to`)
  const entry = path.includes('/words/') ? `...${name}` : name
  const [head, ...rest] = source.split('\n\n')
  const pathOf = (line) => line.split("'")[1]
  const imports = [...head.split('\n'), `import { ${name} } from './${name}.ts'`]
  imports.sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))
  const body = rest.join('\n\n').replace(list, (_, before, after) => `${before}, ${entry}${after}`)
  writeFileSync(path, [imports.join('\n'), body].join('\n\n'))
  console.log(`added to ${path}`)
}

function capital(word) {
  return word.replace(/^./, (letter) => letter.toUpperCase())
}
