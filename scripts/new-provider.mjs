// `npm run new:provider NAME`: a way to pay to begin from, with its contract as a test. Nothing is overwritten.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const [name = ''] = process.argv.slice(2)
if (!/^[a-z][a-z0-9]{1,20}$/.test(name)) {
  console.error('usage: npm run new:provider NAME, in small letters and digits, as wave')
  process.exit(2)
}
const words = { name, Name: name.replace(/^./, (letter) => letter.toUpperCase()) }
const FILES = {
  [`src/integrations/payments/${name}/index.ts`]: 'index.ts',
  [`src/integrations/payments/${name}/wire.ts`]: 'wire.ts',
  [`test/payments/${name}.wire.test.ts`]: 'test.ts',
}
for (const [path, template] of Object.entries(FILES)) {
  const source = readFileSync(new URL(`provider/${template}.txt`, import.meta.url), 'utf8')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    source.replace(/__(name|Name)__/g, (_, word) => words[word]),
    { flag: 'wx' },
  )
  console.log(`wrote ${path}`)
}
console.log(`
Then:
  1. its codes, from its documents, into wire.ts and the test
  2. its name and settings into src/core/base/rails.ts, and one entry into RAILS of src/payments.ts
  3. its simulator, with a ledger of its own, into simulators/${name}/
and PAYMENTS=${name} offers it.`)
