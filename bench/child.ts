import type { ChildProcess } from 'node:child_process'
import type { z } from 'zod'

/** Longer than any stretch of load. */
const REPLY_TIMEOUT_MS = 60_000

/** Sends a question and waits for the answer to it; one at a time for each child. */
export function ask<T>(child: ChildProcess, question: object | string, answer: z.ZodType<T>): Promise<T> {
  const replied = reply(child, answer)
  child.send(question)
  return replied
}

/** The child's next message. Rejects when it is something else, or when the child ends or is silent. */
export function reply<T>(child: ChildProcess, answer: z.ZodType<T>): Promise<T> {
  return new Promise((done, reject) => {
    const settle = (message: unknown) => {
      clearTimeout(timer)
      child.off('message', settle).off('exit', ended)
      const read = answer.safeParse(message)
      if (read.success) done(read.data)
      else reject(new Error(`a process of the bench said ${JSON.stringify(message)}`))
    }
    const ended = () => settle('nothing, and ended')
    const timer = setTimeout(() => settle('nothing in time'), REPLY_TIMEOUT_MS)
    child.once('message', settle).once('exit', ended)
  })
}
