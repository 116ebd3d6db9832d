/** Loaded by mocha before any test. Starts nothing by itself. */

// mocha lets a forgotten promise fail in silence; thrown, it fails the test that runs.
process.on('unhandledRejection', (reason) => {
  throw reason
})

const endings: (() => Promise<void>)[] = []

/** Has `end` run once, after the last test of the whole run; the latest comes first. */
export function atEnd(end: () => Promise<void>): void {
  endings.unshift(end)
}

export const mochaHooks = {
  async afterAll() {
    for (const end of endings.splice(0)) await end()
  },
}
