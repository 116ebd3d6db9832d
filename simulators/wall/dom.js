// @ts-check

/**
 * @typedef {Node | string | false | null | undefined} Kid
 * @typedef {string | number | boolean | null | undefined | ((event: never) => unknown)} Prop
 */

/**
 * Makes an element. A function is a listener (`onclick`), `true` an empty attribute,
 * `false` and nothing leave the attribute out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Prop>} [props]
 * @param {...Kid} kids
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...kids) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value))
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : String(value))
    }
  }
  for (const kid of kids) if (kid) element.append(kid)
  return element
}

/**
 * Reads a thing about a phone, and draws it only when it is not what was drawn last.
 * An answer that a newer reading has overtaken is thrown away.
 * @template T
 * @param {() => string} phone
 * @param {(phone: string) => Promise<T>} read
 * @param {(value: T, phone: string) => void} draw
 * @returns {() => Promise<void>}
 */
export function mirror(phone, read, draw) {
  let drawn = ''
  let turn = 0
  return async () => {
    const mine = ++turn
    const number = phone()
    const value = await read(number)
    const text = number + JSON.stringify(value)
    if (mine !== turn || text === drawn) return
    drawn = text
    draw(value, number)
  }
}

/** Puts the caret into a field, unless that would open a touch screen's keyboard. @param {HTMLElement} field */
export function point(field) {
  if (matchMedia('(hover: hover)').matches) field.focus({ preventScroll: true })
}

/** @param {string} text @returns {'rtl' | 'ltr'} which way it is read, by its first letter */
export const directionOf = (text) =>
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text) ? 'rtl' : 'ltr'

/** @param {number | string} at an instant, epoch ms or ISO @returns {string} hh:mm on this computer's clock */
export function clock(at) {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return ''
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

/** @param {string} phone @returns {string} the number with its middle hidden */
export function masked(phone) {
  return phone.length < 8 ? phone : `${phone.slice(0, -6)}***${phone.slice(-3)}`
}

/** @param {string} phone @returns {string} digits only, so that providers' spellings compare equal */
export const digitsOf = (phone) => phone.replace(/\D/g, '')
