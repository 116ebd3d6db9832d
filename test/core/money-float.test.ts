import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'

/** Where amounts are reckoned with. */
const MONEY_CODE = ['src/core/base/money.ts', 'src/core/pay', 'src/flows/payment']

/** The divisions there are, and why no unit is lost by them; each must still stand where it is said to. */
const ALLOWED: readonly (readonly [path: string, code: string, why: string])[] = [
  ['src/core/base/money.ts', '(size * weight) / total', 'whole division of bigint'],
  ['src/core/base/money.ts', 'const down = size / by', 'whole division of bigint'],
  ['src/core/pay/tax.ts', ' / (2n * whole)', 'whole division of bigint'],
  ['src/core/pay/receipt.ts', 'Math.floor(hundredths / 100)', 'only shown, and far below 2^53'],
  ['src/core/pay/receipt.ts', 'Math.floor((WIDTH - kept.length) / 2)', 'columns of a printed line'],
  ['src/flows/payment/patience.ts', '% 401) / 1000 - 0.2', 'the spread of a wait'],
  ['src/flows/payment/patience.ts', 'return Math.round(plain * (1 +', 'milliseconds of a wait'],
]

/** What is no code, and code within templates, which is. */
const QUIET = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
/** A pattern stands where no division can: behind an opening, a comma, `=`, `return` and the like. */
const PATTERN =
  /(?<=[=(,:!&|?;{}[\n>]\s*|return\s+)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g
const FLOAT =
  /\/|\bparseFloat\b|\btoFixed\b|\btoPrecision\b|\bMath\.(?:round|floor|ceil|trunc|fround|pow|sqrt|log\w*|exp\w*)\b|(?<!\b10n? )\*\*|\b\d+\.\d|\b\d+e-?\d|\bIntl\.NumberFormat\b/

const inTemplate = (text: string): string =>
  [...text.matchAll(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/g)].map(([, code]) => code ?? '').join(' ')

/** Lines of a source that reckon with more than whole numbers, as they are written. */
function floatsIn(text: string): string[] {
  const blank = (found: string) =>
    (found.startsWith('`') ? inTemplate(found) : '').replace(/\n/g, ' ') +
    '\n'.repeat(found.split('\n').length - 1)
  const code = text.replace(QUIET, blank).replace(PATTERN, "''").split('\n')
  const lines = text.split('\n')
  return code.flatMap((line, n) => (FLOAT.test(line) ? [(lines[n] ?? '').trim()] : []))
}

async function sources(): Promise<[string, string][]> {
  const paths: string[] = []
  for (const at of MONEY_CODE)
    if (at.endsWith('.ts')) paths.push(at)
    else
      paths.push(...(await readdir(at)).filter((name) => name.endsWith('.ts')).map((name) => `${at}/${name}`))
  return Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
  )
}

describe('money code', () => {
  it('has no arithmetic but of whole numbers', async () => {
    const found = (await sources()).flatMap(([path, text]) => floatsIn(text).map((line) => ({ path, line })))
    const stray = found.filter(
      ({ path, line }) => !ALLOWED.some(([at, code]) => at === path && line.includes(code)),
    )
    assert.deepEqual(stray, [])
    for (const [at, code] of ALLOWED)
      assert.ok(
        found.some(({ path, line }) => at === path && line.includes(code)),
        `${at} has no more: ${code}`,
      )
  })

  for (const line of [
    'const half = amountMinor / 2',
    'return Math.round(price.amountMinor * 0.18)',
    'const shown = amount.toFixed(2)',
    'const paid = Number.parseFloat(text)',
    'const big = rate ** years',
    'const vat = amountMinor * 1.18',
    'const tiny = amountMinor * 1e-2',
    `const text = \`RWF \${amountMinor / 100}\``,
    'const part = (a + b) / c // a comment',
  ])
    it(`would not let stand: ${line}`, () => assert.equal(floatsIn(line).length, 1))

  for (const line of [
    "const url = 'https://a/b'",
    '// a / b, and Math.round',
    '/** 1.5 */',
    'const match = /^a\\/[/]b$/.exec(text)',
    "import { x } from '../base/money.ts'",
    'const version = `1.0/2`',
    'const into = 10n ** BigInt(2)',
    'const most = 10 ** 12',
  ])
    it(`leaves alone: ${line}`, () => assert.deepEqual(floatsIn(line), []))
})
