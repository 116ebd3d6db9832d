import { createServer, type Server } from 'node:http'
import { parse } from 'node:querystring'
import { Redis } from 'ioredis'
import UssdMenu from 'ussd-menu-builder'

const PLACES = ['Nyabugogo', 'Kimironko', 'Remera', 'Kacyiru', 'Kigali City Tower']
const listed = PLACES.map((name, n) => `${n + 1} ${name}`).join('\n')
const named = (key: string) => PLACES[Number(key) - 1] ?? key

/**
 * `ussd-menu-builder` with its sessions in Redis and the same questions, on bare node:http. One menu a request,
 * since a shared one mixes up its callers. Nothing it says is durable.
 */
export async function peer(redisUrl: string): Promise<Server> {
  const redis = new Redis(redisUrl, { enableAutoPipelining: true })
  return createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const form = parse(Buffer.concat(chunks).toString())
      const field = (name: string) => String(form[name] ?? '')
      const args = {
        sessionId: field('sessionId'),
        serviceCode: field('serviceCode'),
        phoneNumber: field('phoneNumber'),
        text: field('text'),
      }
      void menuOn(redis).run(args, (body: string) => {
        response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(body) })
        response.end(body)
      })
    })
  })
}

function menuOn(redis: Redis): UssdMenu {
  const menu = new UssdMenu()
  const keyOf = (session = '') => `ussd:${session}`
  menu.sessionConfig({
    start: (session) => redis.hset(keyOf(session), 'at', Date.now()),
    get: (session, name) => redis.hget(keyOf(session), name),
    set: (session, name, value) => redis.hset(keyOf(session), name, value),
    end: (session) => redis.del(keyOf(session)),
  })
  menu.startState({
    run: () => menu.con('Inzira\n1 Book a moto\n2 My trip\n3 Help\n4 Ikinyarwanda\n5 Français'),
    next: { '1': 'from' },
  })
  menu.state('from', {
    run: () => menu.con(`Where from? Choose, or type a place or stage number\n${listed}\n0 Back`),
    next: { '*^[1-5]$': 'to' },
  })
  menu.state('to', {
    run: async () => {
      if (menu.val !== '0') await menu.session.set('from', named(menu.val))
      menu.con(`Where to? Choose, or type a place or stage number\n${listed}\n0 Back`)
    },
    next: { '*^[1-5]$': 'confirm' },
  })
  menu.state('confirm', {
    run: async () => {
      const to = named(menu.val)
      const [from] = await Promise.all([menu.session.get('from'), menu.session.set('to', to)])
      menu.con(`Moto from ${from} to ${to}, RWF 1,200. Book it?\n1 Yes\n2 No\n0 Back`)
    },
    next: { '1': 'booked', '2': 'left', '0': 'to' },
  })
  menu.state('booked', { run: () => menu.end('We are looking for a rider. You will get an SMS.') })
  menu.state('left', { run: () => menu.end('Cancelled.') })
  return menu
}
