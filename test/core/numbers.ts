/** Numbers that somebody would have us text, and who may be: 200 in all. Every `x` is filled with a digit of its own. */
const SHAPES: readonly (readonly [why: string, isTexted: boolean, shapes: readonly string[]])[] = [
  ['a mobile phone of ours', true, ['+25078xxxxxxx', '+25072xxxxxxx', '+25079xxxxxxx', '+25073xxxxxxx']],
  ['a mobile phone of ours', true, ['+2547xxxxxxxx', '+234803xxxxxxx', '+92300xxxxxxx', '+2136xxxxxxxx']],
  ['a fixed line', false, ['+250252xxxxxx', '+25420xxxxxxx', '+21321xxxxxx', '+9221xxxxxxxx']],
  ['a premium number', false, ['+254900xxxxxx', '+92900xxxxx', '+1900xxxxxxx', '+44909xxxxxxx']],
  ['a premium number', false, ['+33899xxxxxx', '+49900xxxxxxx', '+39899xxxxxx', '+34803xxxxxx']],
  ['a free number', false, ['+250800xxxxxx', '+254800xxxxxx', '+92800xxxxx', '+1800xxxxxxx']],
  ['another country', false, ['+2567xxxxxxxx', '+2557xxxxxxxx', '+447700xxxxxx', '+1212xxxxxxx']],
  ['another country', false, ['+79xxxxxxxxx', '+8613xxxxxxxxx', '+96650xxxxxxx', '+37120xxxxxx']],
  [
    'where much is asked for a text',
    false,
    ['+5399xxxxxx', '+67570xxxxxx', '+2406xxxxxxxx', '+25263xxxxxxx'],
  ],
  ['a satellite, or nobody', false, ['+8816xxxxxxxx', '+88213xxxxxxx', '+979xxxxxxxxx', '+8835100xxxxxxx']],
  ['a short number', false, ['+250xxxx', '+254xxxxx', 'xxxx', 'xxxxx']],
  ['too long or too short', false, ['+25078xxxxxx', '+25078xxxxxxxxx', '+250xxxxxxxxx', '+2507xxxxxxxxxxxx']],
  ['a name', false, ['MTN-MoMo', 'SAFARICOM', 'Airtel', 'M-PESA']],
]
const EACH = 4
const MOST = 200

const filled = (shape: string, seed: number): string => {
  let n = 0
  return shape.replace(/x/g, () => String((seed * 7 + n++ * 3) % 10))
}

export const NUMBERS = SHAPES.flatMap(([why, isTexted, shapes]) =>
  shapes.flatMap((shape, at) =>
    Array.from({ length: EACH }, (_, n) => ({ why, isTexted, text: filled(shape, at * EACH + n + 1) })),
  ),
).slice(0, MOST)
