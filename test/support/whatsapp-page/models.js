/* The few kinds of objects of WhatsApp's page that whatsapp-web.js reaches for. */

export class Emitter {
  #listeners = new Map()

  on(names, listener) {
    for (const name of names.split(' '))
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
  }

  off(name, listener) {
    this.#listeners.set(
      name,
      (this.#listeners.get(name) ?? []).filter((kept) => kept !== listener),
    )
  }

  once(name, listener) {
    const once = (...args) => {
      this.off(name, once)
      listener(...args)
    }
    this.on(name, once)
  }

  emit(name, ...args) {
    for (const listener of this.#listeners.get(name) ?? []) listener(...args)
  }

  hears(name) {
    return (this.#listeners.get(name) ?? []).length > 0
  }
}

/** An address: `250788000001@c.us`, `77…@lid`, `…@g.us`. */
export class Wid {
  constructor(text) {
    const [user, server] = String(text).split('@')
    Object.assign(this, { user, server, _serialized: `${user}@${server}` })
  }

  isLid = () => this.server === 'lid'
  isGroup = () => this.server === 'g.us'
  isStatus = () => this.server === 'broadcast'
  toString = () => this._serialized
}

export class MsgKey {
  static async newId() {
    return `3EB0${crypto.randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()}`
  }

  constructor({ to, id, selfDir }) {
    const fromMe = selfDir === 'out'
    Object.assign(this, { fromMe, remote: to, id, _serialized: `${fromMe}_${to}_${id}` })
  }
}

export class Model extends Emitter {
  constructor(fields) {
    super()
    Object.assign(this, fields)
  }

  serialize() {
    return JSON.parse(JSON.stringify(this))
  }
}

export class Collection extends Emitter {
  models = new Map()

  get(id) {
    return this.models.get(String(id))
  }

  add(model) {
    this.models.set(model.id._serialized, model)
    this.emit('add', model)
    return model
  }

  async getMessagesById(ids) {
    return { messages: ids.map((id) => this.get(id)).filter(Boolean) }
  }

  async find(id) {
    return this.get(id)
  }
}
