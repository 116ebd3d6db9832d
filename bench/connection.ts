import { connect, type Socket } from 'node:net'

/**
 * One keep-alive HTTP connection that knows just enough to read an answer with a `Content-Length`, so that the
 * load costs less than what it measures.
 */
export class Connection {
  readonly #socket: Socket
  readonly #head: string
  #unread = ''
  #answered: ((body: string) => void) | null = null
  #failed: ((error: Error) => void) | null = null

  /** @param path where every request goes, by POST */
  constructor(port: number, path: string, type = 'application/x-www-form-urlencoded') {
    this.#head =
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: keep-alive\r\n` +
      `Content-Type: ${type}\r\nContent-Length: `
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1')
    this.#socket.on('data', (chunk: string) => this.#read(chunk))
    this.#socket.on('error', (error) => this.#failed?.(error))
    this.#socket.on('close', () => this.#failed?.(new Error('the server hung up')))
  }

  /**
   * One request; the next only after its answer.
   * @param body in ASCII
   * @param more headers of this one, each with its line's end
   * @returns the body, behind the status when that is not 200
   */
  post(body: string, more = ''): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve
      this.#failed = reject
      this.#socket.write(`${this.#head}${body.length}\r\n${more}\r\n${body}`, 'latin1')
    })
  }

  close(): void {
    this.#failed = null
    this.#socket.destroy()
  }

  #read(chunk: string): void {
    this.#unread = this.#unread === '' ? chunk : this.#unread + chunk
    const end = this.#unread.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(this.#unread)?.[1])
    if (Number.isNaN(length)) {
      this.#failed?.(new Error(`an answer without a length: ${this.#unread.slice(0, 200)}`))
      return
    }
    if (this.#unread.length < end + 4 + length) return
    const status = this.#unread.slice(9, 12)
    const body = this.#unread.slice(end + 4, end + 4 + length)
    this.#unread = this.#unread.slice(end + 4 + length)
    this.#answered?.(status === '200' ? body : `${status} ${body}`)
  }
}
