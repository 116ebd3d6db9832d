/** What a reader may record for callers: every sentence that is the same for everybody, by its recording's name. */
import { clipId } from '../../src/channels/voice/clips.ts'
import { spoken } from '../../src/channels/voice/codec.ts'
import type { Flow } from '../../src/core/run/flow.ts'
import { ROLES } from '../../src/core/run/flow.ts'
import type { View } from '../../src/core/talk/prompt.ts'
import { telling, viewOf } from '../../src/core/talk/view.ts'
import type { Language } from '../../src/flows/words/index.ts'
import { type Data, TYPICAL, WORST } from './data.ts'
import { menuOf, pagesOf, screensOf, script } from './views.ts'

const heard = (views: readonly View[]): Set<string> =>
  new Set(views.flatMap((view) => pagesOf('voice', view)).flatMap(spoken))

/** The menus and every screen of these machines, as they are with this data. */
function said(flows: readonly Flow[], data: Data): (language: Language) => Set<string> {
  const screens = flows.flatMap((flow) => screensOf(flow, data))
  const menus = (language: Language) =>
    ROLES.map((role) => viewOf(telling(menuOf(language, role, null), language), script))
  return (language) => heard([...menus(language), ...screens.flatMap((screen) => screen.in(language))])
}

/**
 * Sentences without a name, a place or a price: those that sound alike whatever the world fills them with.
 * @returns for a language, each with the name of its recording
 */
export function recordable(flows: readonly Flow[]): (language: Language) => ReadonlyMap<string, string> {
  const [usual, other] = [said(flows, TYPICAL), said(flows, WORST)]
  return (language) => {
    const too = other(language)
    const same = [...usual(language)].filter((text) => too.has(text)).sort()
    return new Map(same.map((text) => [text, `${language}/${clipId(text)}.mp3`]))
  }
}
