// `npm run new:gateway NAME`: an aggregator of USSD to begin from. It adds itself to the lists of those that are known;
// nothing is overwritten.
import { readFileSync, writeFileSync } from 'node:fs'

const [name = ''] = process.argv.slice(2)
if (!/^[a-z][a-z0-9]{1,20}$/.test(name)) {
  console.error('usage: npm run new:gateway NAME, in small letters and digits, as moolre')
  process.exit(2)
}
const path = `src/channels/ussd/${name}.ts`
const template = readFileSync(new URL('gateway/gateway.ts.txt', import.meta.url), 'utf8')
const Name = name.replace(/^./, (letter) => letter.toUpperCase())
writeFileSync(
  path,
  template.replace(/__(name|Name)__/g, (_, word) => (word === 'name' ? name : Name)),
  { flag: 'wx' },
)
console.log(`wrote ${path}`)

add('src/core/base/channels.ts', /(export const USSD_GATEWAYS = \[[^\]]*?),?(\s*\])/, `'${name}'`)
add(
  'src/channels/ussd/gateways.ts',
  /(export const GATEWAYS = \{[\s\S]*?),?(\n\} as const)/,
  `${name}: () => ${name}`,
  withImport,
)

console.log(`
Then:
  1. its requests and answers, from its documents, into ${path}
  2. the same requests as raw bytes into test/channels/ussd-wires.ts: the compiler asks for them
  3. a profile that speaks as it does into simulators/ussd/: test/channels/ussd.booking.test.ts books a ride by it
and USSD_GATEWAYS=${name} answers it at /hooks/ussd/${name}/<secret>.`)

/** One more in a list. */
function add(file, list, entry, more = (source) => source) {
  const source = readFileSync(file, 'utf8')
  if (!list.test(source)) throw new Error(`${file} has no list to add to`)
  writeFileSync(file, more(source.replace(list, (_, before, after) => `${before},\n  ${entry},${after}`)))
  console.log(`added to ${file}`)
}

/** Its import, where it stands in order. */
function withImport(source) {
  const [head, ...rest] = source.split('\n\n')
  const pathOf = (line) => line.split("'")[1]
  const imports = [...head.split('\n'), `import { ${name} } from './${name}.ts'`]
  imports.sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))
  return [imports.join('\n'), ...rest].join('\n\n')
}
