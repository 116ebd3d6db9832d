import type { Place } from '../core/move/places.ts'
import { fold } from '../core/talk/reading.ts'

export type Country = 'RW' | 'DZ'

/** A town that buses go to: its aliases are folded, its own name among them; the lowest rank is asked for most. */
export type DemoCity = Place & {
  readonly stage: null
  readonly rank: number
  readonly country: Country
  readonly aliases: readonly string[]
}

type Row = readonly [name: string, area: string, lat: number, lng: number, ...also: string[]]

/** Bus parks where a town has one of note. Positions are WGS 84 and good to a kilometre or two. */
// biome-ignore format: a table
const ROWS: Readonly<Record<Country, readonly Row[]>> = {
  RW: [
    ['Kigali', 'Gare Nyabugogo', -1.9402, 30.0449, 'gare nyabugogo', 'nyabugogo', 'kigari', 'kgl', 'kigal', 'umujyi wa kigali', 'nyabugogo kigali'],
    ['Huye', 'Southern Province', -2.5967, 29.7394, 'butare', 'huye butare', 'astrida', 'huyi', 'buthare'],
    ['Musanze', 'Northern Province', -1.4998, 29.6349, 'ruhengeri', 'musaze', 'msanze', 'muzanze', 'luhengeri'],
    ['Rubavu', 'Western Province', -1.7028, 29.2563, 'gisenyi', 'lubavu', 'rubav', 'gisenyi rubavu', 'giseny'],
    ['Muhanga', 'Southern Province', -2.0845, 29.7565, 'gitarama', 'muhaga', 'muhanga gitarama', 'gitalama'],
    ['Rusizi', 'Western Province', -2.4796, 28.9076, 'kamembe', 'cyangugu', 'lusizi', 'rusisi', 'kamebe', 'shangugu'],
    ['Nyagatare', 'Eastern Province', -1.2978, 30.3275, 'nyagatale', 'nyagtare', 'umutara', 'nyagatari'],
    ['Kayonza', 'Eastern Province', -1.8990, 30.5065, 'kayoza', 'kayonsa', 'kayonza centre'],
    ['Rwamagana', 'Eastern Province', -1.9487, 30.4347, 'rwamgana', 'rwamagna', 'lwamagana'],
    ['Ngoma', 'Eastern Province', -2.1597, 30.5427, 'kibungo', 'ngoma kibungo', 'kibugo', 'ingoma'],
    ['Karongi', 'Western Province', -2.0603, 29.3478, 'kibuye', 'kalongi', 'karogi', 'kibuye karongi'],
    ['Ruhango', 'Southern Province', -2.2329, 29.7803, 'luhango', 'ruhago', 'ruango'],
    ['Nyanza', 'Southern Province', -2.3519, 29.7509, 'nyanza ya butare', 'nyabisindu', 'nyaza'],
    ['Nyamagabe', 'Southern Province', -2.4797, 29.5630, 'gikongoro', 'nyamagabi', 'nyamgabe', 'gikongolo'],
    ['Gakenke', 'Northern Province', -1.6917, 29.7856, 'gakeke', 'gakenk', 'kakenke'],
  ],
  DZ: [
    ['Alger', 'Kharouba', 36.7445, 3.0950, 'algiers', 'el djazair', 'dzayer', 'al jazair', 'eldjazair', 'alge', 'kharouba', 'kharrouba', 'الجزائر'],
    ['Oran', 'Oran', 35.6971, -0.6308, 'wahran', 'ouahran', 'wahrane', 'oron', 'orant', 'وهران'],
    ['Constantine', 'Constantine', 36.3650, 6.6147, 'qsentina', 'ksentina', 'qacentina', 'constantin', 'costantine', 'قسنطينة'],
    ['Annaba', 'Annaba', 36.9000, 7.7667, 'bone', 'anaba', 'annabah', 'anabba', 'عنابة'],
    ['Setif', 'Sétif', 36.1911, 5.4137, 'stif', 'sitif', 'setife', 'سطيف'],
    ['Blida', 'Blida', 36.4700, 2.8277, 'el boulaida', 'blidah', 'bleda', 'boulaida', 'البليدة'],
    ['Tlemcen', 'Tlemcen', 34.8783, -1.3150, 'tilimsen', 'tlemsen', 'telemcen', 'tlemcene', 'تلمسان'],
    ['Bejaia', 'Béjaïa', 36.7509, 5.0567, 'bgayet', 'bougie', 'bejaya', 'bijaya', 'vgayet', 'بجاية'],
    ['Chlef', 'Chlef', 36.1654, 1.3345, 'el asnam', 'chleff', 'shlef', 'chelef', 'الشلف'],
    ['Relizane', 'Relizane', 35.7373, 0.5559, 'ghilizane', 'relizan', 'rilizane', 'غليزان'],
    ['Tizi Ouzou', 'Tizi Ouzou', 36.7118, 4.0459, 'tizi', 'tizi wezzu', 'tiziouzou', 'tizi ouzo', 'tizi uzu', 'تيزي وزو'],
    ['Sidi Bel Abbes', 'Sidi Bel Abbès', 35.1899, -0.6309, 'bel abbes', 'sba', 'sidi belabbes', 'sidi bel abes', 'سيدي بلعباس'],
    ['Bordj Bou Arreridj', 'Bordj Bou Arréridj', 36.0732, 4.7611, 'bba', 'bordj', 'bordj bou', 'borj bou arreridj', 'برج بوعريريج'],
    ['Bouira', 'Bouira', 36.3749, 3.9020, 'tubirett', 'bouirra', 'buira', 'البويرة'],
    ['Guelma', 'Guelma', 36.4621, 7.4261, 'galma', 'gelma', 'guelmaa', 'قالمة'],
    ['Medea', 'Médéa', 36.2642, 2.7539, 'lemdiya', 'el medea', 'media', 'المدية'],
    ['Djelfa', 'Djelfa', 34.6728, 3.2630, 'jelfa', 'djelffa', 'gelfa', 'الجلفة'],
    ['Laghouat', 'Laghouat', 33.8000, 2.8651, 'laghwat', 'lagouat', 'laghuat', 'الأغواط'],
    ['Ghardaia', 'Ghardaïa', 32.4909, 3.6735, 'taghardayt', 'gardaia', 'ghardaya', 'غرداية'],
  ],
}

/** Behind whatever a town has of its own, each country in its own row. */
const FIRST_RANK: Readonly<Record<Country, number>> = { RW: 1_001, DZ: 2_001 }

/** Where a city is in the database: `cityId('RW', 'Huye')` is `rw-huye`. */
export const cityId = (country: Country, name: string): string =>
  `${country.toLowerCase()}-${fold(name).replaceAll(' ', '-')}`

const citiesOf = (country: Country): readonly DemoCity[] =>
  ROWS[country].map(([name, area, lat, lng, ...also], index) => ({
    id: cityId(country, name),
    name,
    area,
    stage: null,
    lat,
    lng,
    rank: FIRST_RANK[country] + index,
    country,
    aliases: [...new Set([name, ...also].map(fold))],
  }))

/** By country, the most asked-for first. */
export const demoCities: readonly DemoCity[] = [...citiesOf('RW'), ...citiesOf('DZ')]
