/** A rider of the demo, waiting at the stage of that number. */
export type DemoRider = {
  readonly phone: string
  readonly name: string
  readonly plate: string
  readonly licence: string
  readonly stage: number
}

type Row = readonly [name: string, plate: string, stage: number]

// biome-ignore format: a table
const ROWS: readonly Row[] = [
  ['Jean Bosco', 'RE 123 A', 101],
  ['Emmanuel', 'RD 418 K', 102],
  ['Claude', 'RE 702 C', 103],
  ['Theogene', 'RC 956 T', 104],
  ['Innocent', 'RE 347 F', 105],
  ['Patrick', 'RF 081 B', 106],
  ['Vedaste', 'RD 265 M', 107],
  ['Celestin', 'RE 590 H', 108],
  ['Claudine', 'RF 134 D', 109],
  ['Faustin', 'RC 873 Y', 110],
  ['Aimable', 'RE 216 J', 112],
  ['Damascene', 'RD 649 P', 116],
  ['Olivier', 'RF 307 A', 117],
  ['Fidele', 'RE 481 L', 118],
  ['Gilbert', 'RD 790 S', 120],
  ['Alexis', 'RE 955 N', 131],
  ['Jean Paul', 'RF 428 C', 138],
  ['Sylvestre', 'RC 612 Z', 146],
  ['Eric', 'RF 059 E', 101],
  ['Jeannette', 'RE 834 R', 104],
]

/** Drivers for lines that the demo knows nothing of, such as one that was just begun: +250788110001 and on. */
export const driversOf = (lines: readonly { readonly drivers: string }[]) =>
  [...new Set(lines.map(({ drivers }) => drivers))]
    .filter((drivers) => !KNOWN.has(drivers))
    .flatMap((line, at) =>
      ROWS.slice(0, DRIVERS_OF_A_LINE).map(([name, plate, stage], index) => {
        const serial = String(at * DRIVERS_OF_A_LINE + index + 1).padStart(4, '0')
        return { phone: `+25078811${serial}`, name, plate, licence: `RURA-M-${serial}`, stage, line }
      }),
    )

/** Lines whose drivers stand above, or that have none. */
const KNOWN = new Set(['ride', 'car', 'bus', 'gig', 'freight'])
const DRIVERS_OF_A_LINE = 3

/** Riders +250788100001 and on, with licences RURA-M-0001 and on. */
export const kigaliRiders: readonly DemoRider[] = ROWS.map(([name, plate, stage], index) => {
  const serial = String(index + 1).padStart(4, '0')
  return { phone: `+25078810${serial}`, name, plate, licence: `RURA-M-${serial}`, stage }
})

/** Who drives a car, where they wait. */
// biome-ignore format: a table
const CARS: readonly Row[] = [
  ['Solange', 'RAD 512 C', 101],
  ['Celse', 'RAE 730 G', 104],
  ['Anastase', 'RAF 268 B', 109],
  ['Diane', 'RAC 941 K', 118],
]

/** Drivers of cars +250788120001 and on, with licences RURA-C-0001 and on. */
export const kigaliCars: readonly DemoRider[] = CARS.map(([name, plate, stage], index) => {
  const serial = String(index + 1).padStart(4, '0')
  return { phone: `+25078812${serial}`, name, plate, licence: `RURA-C-${serial}`, stage }
})
