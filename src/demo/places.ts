import type { Place } from '../core/move/places.ts'
import { fold } from '../core/talk/reading.ts'

/** A place of the demo: its aliases are folded, its own name among them; rank 1 is asked for most. */
export type DemoPlace = Place & {
  readonly stage: number
  readonly rank: number
  readonly aliases: readonly string[]
}

type Row = readonly [stage: number, name: string, sector: string, lat: number, lng: number, ...also: string[]]

/**
 * Kigali as a moto rider knows it, the most asked-for first. Positions are WGS 84 and good to a few hundred
 * metres. A stage keeps its number for ever: a new row takes the next free one, wherever it stands in the list.
 */
// biome-ignore format: a table
const ROWS: readonly Row[] = [
  [101, 'Nyabugogo', 'Muhima', -1.9398, 30.0446, 'gare nyabugogo', 'gare ya nyabugogo', 'nyabugogo bus park', 'nyabugogo taxi park', 'nyabugo', 'nyabgogo', 'nyabugogu'],
  [102, 'Remera', 'Remera', -1.9583, 30.1187, 'gare remera', 'gare ya remera', 'remera taxi park', 'remera bus park', 'lemera', 'remela', 'remra', 'rimera'],
  [103, 'Kimironko', 'Kimironko', -1.9489, 30.1268, 'gare kimironko', 'gare ya kimironko', 'kimironko bus park', 'kimilonko', 'kimironk', 'kimrnko', 'kimiloko'],
  [104, 'Mu Mujyi (Downtown)', 'Nyarugenge', -1.9428, 30.0579, 'mu mujyi', 'mumujyi', 'mu mugi', 'mumugi', 'mujyi', 'downtown', 'down town', 'town', 'city centre', 'city center', 'centre ville', 'gare downtown'],
  [105, 'Kacyiru', 'Kacyiru', -1.9368, 30.0835, 'kacyilu', 'kacyru', 'kachiru', 'kaciru', 'katchiru'],
  [106, 'Kicukiro Centre', 'Kicukiro', -1.9778, 30.1032, 'kicukiro', 'kicukiro center', 'kicukiro santere', 'centre kicukiro', 'kichukiro', 'kicukilo', 'kicukro'],
  [107, 'Nyamirambo', 'Nyamirambo', -1.9742, 30.0437, 'nyamilambo', 'nyamirmbo', 'nyamirambu', 'nyamirabo'],
  [108, 'Sonatubes', 'Kicukiro', -1.9692, 30.1002, 'sonatube', 'sonatubu', 'sonatuba', 'sonatib', 'rond point sonatubes'],
  [109, 'Kanombe', 'Kanombe', -1.9719, 30.1647, 'gare kanombe', 'kanobe', 'kanombi', 'kanmbe'],
  [110, 'Gisozi', 'Gisozi', -1.9240, 30.0645, 'gisozi center', 'gisoz', 'gisosi', 'gisoji'],
  [111, 'Airport', 'Nyarugunga', -1.9636, 30.1350, 'kigali airport', 'kanombe airport', 'ikibuga', 'ikibuga cy indege', 'ku kibuga cy indege', 'kibuga', 'aeroport', 'ayiropo', 'eropo'],
  [112, 'Gikondo', 'Gikondo', -1.9728, 30.0775, 'gare gikondo', 'gikodo', 'gikondu', 'jikondo'],
  [113, 'CHUK', 'Nyarugenge', -1.9555, 30.0602, 'chuk hospital', 'ibitaro bya chuk', 'shuki', 'chk', 'kigali university hospital'],
  [114, 'Convention Centre', 'Kimihurura', -1.9546, 30.0936, 'convention', 'convention center', 'kigali convention centre', 'kcc', 'konvansiyo', 'konvenshoni', 'radisson blu'],
  [115, 'Kigali Heights', 'Kimihurura', -1.9533, 30.0927, 'heights', 'kigali height', 'kigali haits', 'kigali hayitsi'],
  [116, 'Kabuga', 'Rusororo', -1.9776, 30.2252, 'gare kabuga', 'gare ya kabuga', 'kabga', 'kabugga'],
  [117, 'Batsinda', 'Kinyinya', -1.9080, 30.0800, 'gare batsinda', 'gare ya batsinda', 'batsida', 'basinda', 'batsnda'],
  [118, 'Zindiro', 'Bumbogo', -1.9292, 30.1338, 'zindilo', 'zindro', 'zindiru', 'mu zindiro'],
  [119, 'Giporoso', 'Remera', -1.9601, 30.1222, 'gipoloso', 'giporso', 'giporozo', 'prince house', 'kwa prince'],
  [120, 'Gisimenti', 'Remera', -1.9592, 30.1082, 'gisementi', 'kisimenti', 'kisementi', 'gisimnti', 'gisimeti'],
  [121, 'Gishushu', 'Remera', -1.9537, 30.1020, 'gishushu rdb', 'rdb', 'kishushu', 'gishyushyu', 'gisushu'],
  [122, 'King Faisal', 'Kacyiru', -1.9439, 30.0939, 'king faisal hospital', 'faisal', 'fayisali', 'king fayisal', 'kingi faycal', 'faycal'],
  [123, 'Amahoro Stadium', 'Remera', -1.9535, 30.1147, 'stade amahoro', 'sitade amahoro', 'amahoro', 'amaholo', 'amahoro stade', 'stade'],
  [124, 'BK Arena', 'Remera', -1.9543, 30.1169, 'kigali arena', 'arena', 'bk alena', 'arina'],
  [125, 'Kimironko Market', 'Kimironko', -1.9500, 30.1257, 'isoko rya kimironko', 'isoko kimironko', 'marche kimironko', 'isoko lya kimilonko'],
  [126, 'Nyarugenge Market', 'Nyarugenge', -1.9441, 30.0563, 'isoko rya nyarugenge', 'isoko nyarugenge', 'kigali city market', 'city market', 'isoko ryo mu mujyi'],
  [127, 'Car Free Zone', 'Nyarugenge', -1.9476, 30.0610, 'car free', 'karifuri', 'imbuga city walk', 'imbuga', 'city walk', 'carfree'],
  [128, 'UTC', 'Nyarugenge', -1.9467, 30.0601, 'union trade centre', 'union trade center', 'kuri utc'],
  [129, 'CHIC', 'Nyarugenge', -1.9424, 30.0569, 'chic complex', 'chic building', 'shiki', 'inyubako ya chic'],
  [130, 'Kigali City Tower', 'Nyarugenge', -1.9447, 30.0597, 'city tower', 'kct', 'kigali tower'],
  [131, 'Nyanza Kicukiro', 'Gatenga', -1.9995, 30.0936, 'nyanza', 'nyanza ya kicukiro', 'gare nyanza', 'gare ya nyanza', 'inyanza'],
  [132, 'Kinamba', 'Gisozi', -1.9356, 30.0603, 'ku kinamba', 'kinaba', 'kinmba', 'chinamba'],
  [133, 'Kimihurura', 'Kimihurura', -1.9520, 30.0790, 'kimihulula', 'kimihurra', 'kimihula', 'kimhurura'],
  [134, 'Rwandex', 'Gikondo', -1.9581, 30.0792, 'rwandekisi', 'rwandeks', 'landex'],
  [135, 'Gakinjiro', 'Gisozi', -1.9288, 30.0667, 'gakinjiro gisozi', 'gakinjilo', 'gakijiro', 'agakinjiro', 'gakinjro'],
  [136, 'ULK', 'Gisozi', -1.9196, 30.0640, 'ulk gisozi', 'kuri ulk', 'kaminuza ya ulk', 'urk'],
  [137, 'Genocide Memorial', 'Gisozi', -1.9309, 30.0606, 'kigali genocide memorial', 'gisozi memorial', 'urwibutso', 'urwibutso rwa gisozi', 'ulwibutso', 'memorial'],
  [138, 'Nyarutarama', 'Remera', -1.9335, 30.1000, 'nyarutalama', 'nyalutarama', 'nyarutrama', 'rutarama'],
  [139, 'Kibagabaga', 'Kimironko', -1.9330, 30.1118, 'kibagaba', 'kibabaga', 'chibagabaga', 'kibagabga'],
  [140, 'Kibagabaga Hospital', 'Kimironko', -1.9306, 30.1153, 'ibitaro bya kibagabaga', 'ibitaro kibagabaga', 'hopital kibagabaga'],
  [141, 'Gacuriro', 'Kinyinya', -1.9225, 30.0925, 'gaculiro', 'gachuriro', 'gacuriro 2020', 'vision city', 'caisse sociale'],
  [142, 'Kagugu', 'Kinyinya', -1.9150, 30.0890, 'kagugo', 'kaggugu', 'kagug'],
  [143, 'Kinyinya', 'Kinyinya', -1.9108, 30.1069, 'gare kinyinya', 'kinyiya', 'chinyinya', 'kininya'],
  [144, 'Kabeza', 'Kanombe', -1.9705, 30.1262, 'kabeza market', 'isoko rya kabeza', 'kabezza', 'kabza'],
  [145, 'Kanombe Hospital', 'Kanombe', -1.9776, 30.1652, 'rwanda military hospital', 'military hospital', 'ibitaro bya kanombe', 'ibitaro bya gisirikare', 'rmh'],
  [146, 'Kimisagara', 'Kimisagara', -1.9545, 30.0456, 'kimisagala', 'kimsagara', 'kimisgara', 'maison des jeunes'],
  [147, 'Biryogo', 'Nyarugenge', -1.9605, 30.0563, 'bilyogo', 'birogo', 'biryog', 'mu biryogo'],
  [148, 'Muhima', 'Muhima', -1.9385, 30.0560, 'muhma', 'i muhima', 'mohima'],
  [149, 'Muhima Hospital', 'Muhima', -1.9380, 30.0611, 'ibitaro bya muhima', 'hopital muhima', 'maternite muhima'],
  [150, 'Kigali Pele Stadium', 'Nyamirambo', -1.9780, 30.0433, 'pele stadium', 'stade nyamirambo', 'sitade ya nyamirambo', 'stade regional', 'kwa pele'],
  [151, 'Gatsata', 'Gatsata', -1.9235, 30.0505, 'gatsta', 'gasata', 'mu gatsata'],
  [152, 'Gikondo Expo', 'Gikondo', -1.9652, 30.0788, 'expo ground', 'expo', 'ekisipo', 'magerwa', 'expo gikondo'],
  [153, 'IPRC Kigali', 'Niboye', -1.9822, 30.1042, 'iprc', 'iprc kicukiro', 'eto kicukiro'],
  [154, 'KIST', 'Nyarugenge', -1.9589, 30.0644, 'ur cst', 'kaminuza nyarugenge', 'kisiti', 'ur nyarugenge'],
  [155, 'Mille Collines', 'Nyarugenge', -1.9477, 30.0631, 'hotel mille collines', 'milles collines', 'milikorine', 'hotel des mille collines'],
  [156, 'Serena Hotel', 'Nyarugenge', -1.9563, 30.0634, 'serena', 'kigali serena', 'selena', 'sirena'],
  [157, 'Parliament', 'Kimihurura', -1.9492, 30.0908, 'inteko', 'inteko ishinga amategeko', 'ku nteko', 'parlement'],
  [158, 'Gatenga', 'Gatenga', -1.9895, 30.0825, 'gatega', 'gatnga', 'mu gatenga'],
  [159, 'Gahanga', 'Gahanga', -2.0290, 30.1010, 'gahaga', 'i gahanga', 'gahnga'],
  [160, 'Masaka', 'Masaka', -1.9965, 30.2010, 'masaka hospital', 'msaka', 'i masaka'],
  [161, 'Kigali SEZ Masoro', 'Ndera', -1.9330, 30.1665, 'sez', 'masoro', 'masolo', 'economic zone', 'free zone', 'zone economique'],
  [162, 'Giticyinyoni', 'Kigali', -1.9312, 30.0172, 'giticinyoni', 'gitikinyoni', 'giti cy inyoni', 'gitcyinyoni'],
]

/** The gazetteer of the demo, by rank. */
export const kigaliPlaces: readonly DemoPlace[] = ROWS.map(
  ([stage, name, area, lat, lng, ...also], index) => ({
    id: fold(name).replaceAll(' ', '-'),
    name,
    area,
    stage,
    lat,
    lng,
    rank: index + 1,
    aliases: [...new Set([name, ...also].map(fold))],
  }),
)
