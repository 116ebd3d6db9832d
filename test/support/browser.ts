/** A Chromium for tests: the machine's own, else the one that came with npm. */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { z } from 'zod'
import { findProgram } from '../../src/integrations/process.ts'

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const LAUNCH_TIMEOUT_MS = 30_000

/** Flags for a page of ours on loopback, in a container, as root. */
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages may open WebSockets to 127.0.0.1 without being asked.
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
]

export interface BrowserProgram {
  executablePath: string
  /** Environment for the browser alone, not for our process. */
  env: Record<string, string>
}

/**
 * Program and environment of the browser: CHROME_BIN, else one on PATH, else @sparticuz/chromium unpacked
 * once into `.cache/chromium`. Throws an Error naming these ways when none works here.
 */
export async function browserPath(): Promise<BrowserProgram> {
  const named = process.env.CHROME_BIN
  if (named && !existsSync(named)) throw new Error(`CHROME_BIN names no file: ${named}`)
  const installed = named ?? INSTALLED.map(findProgram).find((path) => path !== undefined)
  if (installed) return { executablePath: installed, env: ownEnv() }
  try {
    return await unpacked()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`No browser for the tests: ${why}\nSet CHROME_BIN or install chromium.`, { cause: error })
  }
}

/** Starts a headless browser. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...(await browserPath()), args: browserArgs, timeout: LAUNCH_TIMEOUT_MS })
}

const ownEnv = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])))

async function unpacked(): Promise<BrowserProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the one from npm is for Linux on x64')
  const home = resolve('.cache/chromium', packageVersion())
  if (!existsSync(home)) await unpack(home)
  const libraries = [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return {
    executablePath: join(home, 'chromium'),
    env: { ...ownEnv(), LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(home, 'fonts') },
  }
}

function packageVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const text = readFileSync(
    join(entry.slice(0, entry.lastIndexOf('chromium')), 'chromium', 'package.json'),
    'utf8',
  )
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

/** The package's own list of font folders names only those of Lambda. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="relative">cache</cachedir>
</fontconfig>
`

/** Made aside and moved in place, so that half a browser is never taken for one. */
async function unpack(home: string): Promise<void> {
  const draft = `${home}.new-${randomUUID()}`
  await mkdir(draft, { recursive: true })
  // The package unpacks into TMPDIR, brings its libraries only where it believes to run in Lambda,
  // and changes the environment of whoever imports it.
  const before = { ...process.env }
  Object.assign(process.env, { TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' })
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
    await writeFile(join(draft, 'fonts', 'fonts.conf'), FONTS)
    await rename(draft, home)
  } finally {
    restore(before)
    await rm(draft, { recursive: true, force: true })
  }
}

function restore(before: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
}
