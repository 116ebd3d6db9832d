import type { IncomingMessage } from 'node:http'
import { Problem } from '../../core/base/problem.ts'

/** Far more than any request of ours needs. */
export const BODY_BYTES = 64 * 1024

/**
 * The JSON of a request and its text.
 * @throws Problem too_large, or bad_request when it is not JSON in UTF-8
 */
export async function readJson(
  request: IncomingMessage,
): Promise<{ readonly json: unknown; readonly text: string }> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES) throw tooLarge()
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new Problem('bad_request', 'Send JSON: content-type must be application/json.')
  const bytes = await readBytes(request)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { json: JSON.parse(text), text }
  } catch {
    throw new Problem('bad_request', 'The body is not JSON.')
  }
}

const tooLarge = () => new Problem('too_large', `A body may have ${BODY_BYTES} bytes.`)

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= BODY_BYTES) chunks.push(chunk)
      else reject(tooLarge())
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', () => reject(new Problem('bad_request', 'The body ended too early.')))
  })
}
