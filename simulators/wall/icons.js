// @ts-check

const shapes = {
  call: '<path d="M6.6 3.2 9 3l1.8 4.4-2 1.7a12 12 0 0 0 6.1 6.1l1.7-2L21 15l-.2 2.4c-.2 2-1.8 3.5-3.8 3.4C9.4 20.4 3.6 14.6 3.2 7c-.1-2 1.4-3.6 3.4-3.8Z"/>',
  end: '<path d="M3 14.8c-.8-1.3-.5-3 .7-4 4.8-3.8 11.8-3.8 16.6 0 1.2 1 1.5 2.7.7 4l-1 1.6-4.3-1.5-.4-2.6a12 12 0 0 0-6.6 0l-.4 2.6L4 16.4Z"/>',
  pin: '<path fill-rule="evenodd" d="M12 2a7 7 0 0 1 7 7c0 4.6-4.6 10-7 13-2.4-3-7-8.4-7-13a7 7 0 0 1 7-7Zm0 4.2A2.8 2.8 0 1 0 12 11.8 2.8 2.8 0 0 0 12 6.2Z"/>',
  send: '<path d="m3 20.5 18-8.5L3 3.5 3 10l11 2-11 2Z"/>',
  sound: '<path d="M4 9v6h4l5 4.5v-15L8 9Zm11.5-1.5v9c1.7-.8 2.8-2.5 2.8-4.5s-1.1-3.7-2.8-4.5Z"/>',
  quiet:
    '<path d="M4 9v6h4l5 4.5v-15L8 9Zm11.2.9 1.3-1.3 2 2 2-2 1.3 1.3-2 2.1 2 2-1.3 1.4-2-2-2 2-1.3-1.4 2-2Z"/>',
  signal: '<path d="M3 17h3v4H3Zm5-4h3v8H8Zm5-4h3v12h-3Zm5-5h3v17h-3Z"/>',
  battery: '<path fill-rule="evenodd" d="M2 7h17v3h3v4h-3v3H2Zm2 2v6h13V9Zm1.5 1.5h7v3h-7Z"/>',
  menu: '<path d="M4 6h16v2.4H4Zm0 4.8h16v2.4H4Zm0 4.8h16V18H4Z"/>',
}

/**
 * A picture that says nothing a label does not say.
 * @param {keyof typeof shapes} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const template = document.createElement('template')
  template.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`
  return /** @type {SVGElement} */ (template.content.firstElementChild)
}
