// Compiles to dist/ for production: the same modules, without a loader. What is not TypeScript is copied beside.
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'

const COPIED = ['src/integrations/redis/lua', 'simulators/wall', 'package.json']

rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
for (const path of COPIED) cpSync(path, `dist/${path}`, { recursive: true })
