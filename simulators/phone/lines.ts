import { clearLine, cursorTo } from 'node:readline'
import { createInterface } from 'node:readline/promises'

/** What is typed, or read from a script, and what is shown. */
export interface Lines {
  /** No person types: the lines were written beforehand. */
  scripted: boolean
  show(text: string): void
  /** The next line; undefined after the last. */
  next(): Promise<string | undefined>
  close(): void
}

/** Reads standard input line by line. What is shown meanwhile does not disturb the line being typed. */
export function createLines(): Lines {
  const scripted = !process.stdin.isTTY
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: '> ',
    terminal: !scripted,
  })
  const arrived: string[] = []
  let ended = false
  let wake: (() => void) | undefined

  reader.on('line', (line) => {
    arrived.push(line)
    wake?.()
  })
  reader.on('close', () => {
    ended = true
    wake?.()
  })

  function show(text: string) {
    if (scripted) return void process.stdout.write(`${text}\n`)
    clearLine(process.stdout, 0)
    cursorTo(process.stdout, 0)
    process.stdout.write(`${text}\n`)
    if (!ended) reader.prompt(true)
  }

  async function next() {
    if (!scripted && !ended) reader.prompt()
    while (arrived.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return arrived.shift()
  }

  return { scripted, show, next, close: () => reader.close() }
}
