// Runs before `npm start` and `npm test`: installs what package-lock.json asks for when it is not there yet.
// Uses nothing but Node, for it runs when nothing else is installed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = [20, 19]
const root = dirname(dirname(fileURLToPath(import.meta.url)))

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(`Inzira needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

/** The packages a lock file lists, by their folder; undefined when there is no such file. */
function packagesOf(lock) {
  try {
    return JSON.parse(readFileSync(join(root, lock), 'utf8')).packages
  } catch {
    return undefined
  }
}

/** Whether npm's own note of what it installed holds everything wanted, in the wanted versions. */
function isInstalled(wanted, installed) {
  const withoutDev = process.env.NODE_ENV === 'production'
  return Object.entries(wanted).every(([folder, { version, dev, optional, devOptional }]) => {
    if (folder === '') return true
    const found = installed[folder]
    return found ? found.version === version : optional || devOptional || (dev && withoutDev)
  })
}

const wanted = packagesOf('package-lock.json')
const installed = packagesOf('node_modules/.package-lock.json')
if (wanted && !(installed && isInstalled(wanted, installed))) {
  console.log('Installing packages; this takes about half a minute and is done once.')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund']
  const options = { cwd: root, stdio: 'inherit', shell: !npm && process.platform === 'win32' }
  const { status, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, options)
  if (error) console.error(`npm did not start: ${error.message}`)
  process.exit(status ?? 1)
}
