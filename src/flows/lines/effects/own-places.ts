import { LIMITS } from '../../../core/base/limits.ts'
import type { Place, Within } from '../../../core/move/places.ts'
import { JOURNEYS_KEPT, OWN_PLACES } from '../../../core/people/habits.ts'
import type { Option } from '../../../core/talk/prompt.ts'
import { given } from '../field.ts'
import { ownPlaceIn } from '../text.ts'
import type { Wanted } from './look-ups.ts'
import type { LineWorld } from './world.ts'

export const optionOf = (place: Place): Option => ({
  value: place.id,
  label: place.name,
  detail: place.area,
})

/** What is offered before anything is typed: the person's own places, then what everybody asks for; not where they are. */
export async function offered(world: LineWorld, wanted: Wanted, within: Within): Promise<Option[]> {
  const here = given(wanted.given, 'from')
  const [saved, last, popular] = await Promise.all([
    savedPlaces(world, wanted, within),
    lastPlaces(world, wanted),
    world.places.popular(LIMITS.lookupChoices + 1, within),
  ])
  const all = [...saved, ...last, ...popular.map(optionOf)].filter(
    ({ value, label }) => value !== here?.value && label !== here?.label,
  )
  return [...new Map(all.map((option) => [option.value, option])).values()].slice(0, LIMITS.lookupChoices)
}

/** The place a person means by HOME or WORK; null when it was another word, or nothing is saved. */
export async function ownPlace(world: LineWorld, wanted: Wanted, within: Within): Promise<Option | null> {
  const as = wanted.text === null || within.layer !== 'stage' ? null : ownPlaceIn(wanted.text)
  if (as === null || as.rest !== '' || !wanted.owner || !wanted.line) return null
  const id = (await world.habits.placesOf(wanted.owner))[as.name]
  const place = id === undefined ? null : await world.places.byId(id)
  return place && optionOf(place)
}

async function savedPlaces(world: LineWorld, { owner, line }: Wanted, within: Within): Promise<Option[]> {
  if (!owner || !line || within.layer !== 'stage') return []
  const saved = await world.habits.placesOf(owner)
  const places = await Promise.all(
    OWN_PLACES.flatMap((name) => saved[name] ?? []).map((id) => world.places.byId(id)),
  )
  return places.flatMap((place) => (place ? [optionOf(place)] : []))
}

/** Ends of the last journeys of this line, the same end first. */
async function lastPlaces(world: LineWorld, { owner, line, given: said }: Wanted): Promise<Option[]> {
  if (!owner || !line) return []
  const habit = (await world.habits.of(owner)).find((one) => one.line === line)
  const ends = given(said, 'from') ? ['to', 'from'] : ['from', 'to']
  const places = ends.flatMap((end) =>
    (habit?.journeys ?? []).flatMap((journey) => given(journey, end) ?? []),
  )
  return [...new Map(places.map(({ value, label }) => [value, { value, label }])).values()].slice(
    0,
    JOURNEYS_KEPT,
  )
}
