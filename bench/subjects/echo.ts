import { createServer, type Server } from 'node:http'
import { parse } from 'node:querystring'

/** The least that an answered form can cost: node:http, the body read and parsed, its text said back. */
export async function echo(): Promise<Server> {
  return createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = `CON ${String(parse(Buffer.concat(chunks).toString()).text)}`
      response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(body) })
      response.end(body)
    })
  })
}
