// Runs every test in three processes side by side: the chaos, what mostly waits for the world outside, and the rest.
// On CI one follows the other, and each says at once how it goes: nobody waits for it, a machine that is not hurried says
// more, and what was said before it is cut off is not lost.
// With arguments only what they name; `--full` at full size, on CI nearly so. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process'

const CHAOS = 'test/chaos/*.test.ts'
const OUTSIDE = 'test/{browser,channels,handover,integration,money,phone,simulators}/*.test.ts'
// Enough to name what failed and why where only the end of a long output is kept.
const BROKEN_CHARS = 4000
const given = process.argv.slice(2)
const named = given.filter((one) => one !== '--full')
const size = named.length < given.length ? 'full' : process.env.CI ? 'ci' : undefined
const mocha = (args, output) => {
  const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...(size && { TESTS: size }) },
  })
  let said = ''
  const isLive = output === 'live' || Boolean(process.env.CI)
  child.stdout.on('data', (chunk) => {
    said += chunk
    if (isLive) process.stdout.write(chunk)
  })
  return new Promise((resolve) => {
    child.on('close', (code) => {
      if (!isLive) process.stdout.write(said)
      // No count means that the tests never came to their end.
      const [, passed = '0', failed = '1'] = [...said.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1) ?? []
      const [, broken = ''] = said.match(/^ {2}\d+ failing\n([\s\S]*?)^\d+ passed, /m) ?? []
      resolve({
        code: code ?? 1,
        passed: Number(passed),
        failed: Number(failed),
        broken: broken.slice(0, BROKEN_CHARS),
      })
    })
  })
}

const runs =
  named.length > 0
    ? [() => mocha(named, 'live')]
    : [
        () => mocha(['test/**/*.test.ts', '--ignore', CHAOS, '--ignore', OUTSIDE], 'live'),
        () => mocha([OUTSIDE], 'after'),
        () => mocha([CHAOS], 'after'),
      ]
const ended = []
if (process.env.CI) for (const run of runs) ended.push(await run())
else ended.push(...(await Promise.all(runs.map((run) => run()))))
for (const { broken } of ended) if (broken) console.log(`What failed:\n\n${broken}`)
const sum = (of) => ended.reduce((total, one) => total + of(one), 0)
console.log(`${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`)
process.exitCode = ended.some(({ code, failed }) => code !== 0 || failed > 0) ? 1 : 0
