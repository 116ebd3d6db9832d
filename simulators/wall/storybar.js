// @ts-check
import { h } from './dom.js'
import { stories } from './stories.js'

/** @import { Story } from './types.js' */

/** The story named in the page's address, else the first. @returns {Story} */
export const firstStory = () => stories.find(({ id }) => `#${id}` === location.hash) ?? stories[0]

/**
 * The row of stories over the wall.
 * @param {Story} first the one that is on
 * @param {(story: Story) => void} play
 * @returns {HTMLElement}
 */
export function storyBar(first, play) {
  const press = h('p', { class: 'press', role: 'status' })
  const buttons = stories.map((story) =>
    h(
      'button',
      { type: 'button', id: `story-${story.id}`, onclick: () => choose(story) },
      h('small', {}, story.where),
      h('b', {}, story.what),
    ),
  )
  const row = h('div', { class: 'row', role: 'group', 'aria-label': 'Stories' }, ...buttons)

  /** @param {Story} story */
  function show(story) {
    press.textContent = story.press
    for (const [at, button] of buttons.entries())
      button.setAttribute('aria-pressed', String(stories[at] === story))
  }

  /** @param {Story} story */
  function choose(story) {
    show(story)
    history.replaceState(null, '', `#${story.id}`)
    play(story)
  }

  show(first)
  return h('nav', { class: 'stories', 'aria-label': 'What to play' }, row, press)
}
