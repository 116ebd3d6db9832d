import assert from 'node:assert/strict'
import { codeOf } from '../../src/core/base/code.ts'
import { ticketDigits } from '../../src/core/sell/ticket.ts'
import type { Intent } from '../../src/core/talk/script.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'
import { readKeywords } from '../../src/flows/grammar.ts'
import type { Language } from '../../src/flows/words/index.ts'

const CODE = codeOf(482)
const WRONG = String(Number(CODE) + 1)

const book = (from?: string, to?: string): Extract<Intent, { name: 'book' }> => ({
  name: 'book',
  line: 'ride',
  wanted: [...(from ? [{ field: 'from', text: from }] : []), ...(to ? [{ field: 'to', text: to }] : [])],
})
const seats = (from: string, to: string, departure?: string): Intent => ({
  name: 'book',
  line: 'bus',
  wanted: [...book(from, to).wanted, ...(departure ? [{ field: 'departure', text: departure }] : [])],
})
const job = (verb: Extract<Intent, { name: 'job' }>['verb'], proof: string | null = null): Intent => ({
  name: 'job',
  verb,
  code: CODE,
  proof,
})
const shift = (on: boolean, place: string | null = null): Intent => ({ name: 'shift', on, place })
const track = (code: string | null = null): Intent => ({ name: 'track', code })
const cancel = (code: string | null = null): Intent => ({ name: 'cancel', code })
const pay = (code: string | null = null): Intent => ({ name: 'pay', code })
const told = (key: Extract<Intent, { name: 'tell' }>['key']): Intent => ({ name: 'tell', key })
const news = (wanted: boolean): Intent => ({ name: 'news', wanted })
const speak = (language: string): Intent => ({ name: 'language', language })
const stars = (given: string): Intent => ({ name: 'rate', code: CODE, stars: given })
const bid = (until: string | null): Intent => ({ name: 'bid', code: CODE, amount: '450000', until })
const menu: Intent = { name: 'menu' }
const again: Intent = { name: 'again' }
const save = (as: 'home' | 'work', place: string): Intent => ({ name: 'save', as, place })

const byCar = (from: string, to: string): Intent => ({
  ...book(),
  wanted: [{ field: 'by', text: 'car' }, ...book(from, to).wanted],
})

type Case = readonly [text: string, intent: Intent]
const READ: Readonly<Record<Language, readonly Case[]>> = {
  en: [
    [`BID ${CODE} 450000`, bid(null)],
    [`offer ${CODE} 450000 until 18:00`, bid('18:00')],
    ['Again', again],
    ['SAVE HOME Kimironko', save('home', 'kimironko')],
    ['save work: Kigali Heights', save('work', 'kigali heights')],
    ['RIDE Remera to Kacyiru', book('Remera', 'Kacyiru')],
    [
      '  ride   from Kicukiro Centre  TO  Mu Mujyi (Downtown) ',
      book('Kicukiro Centre', 'Mu Mujyi (Downtown)'),
    ],
    ['Ride: Remera -> Kacyiru', book('Remera', 'Kacyiru')],
    ['ＲＩＤＥ ١٠١ > ١٠٣', book('101', '103')],
    ...['->', '-->', '—>', '=>', '>', '→'].map(
      (arrow): Case => [`RIDE Remera${arrow}Kacyiru`, book('Remera', 'Kacyiru')],
    ),
    ['ride Remera-> Kacyiru', book('Remera', 'Kacyiru')],
    ['ride Remera ->Kacyiru', book('Remera', 'Kacyiru')],
    ['ride 101>103', book('101', '103')],
    ['ride -> Kacyiru', book(undefined, 'Kacyiru')],
    ['ride Kimi-ronko to Kwa Rubangura (Gare)', book('Kimi-ronko', 'Kwa Rubangura (Gare)')],
    ...['- ', '-', '– ', '• ', '* ', '"', '> ', '🛵 ', '...'].map(
      (before): Case => [`${before}ride Remera to Kacyiru`, book('Remera', 'Kacyiru')],
    ),
    ...[':', ': ', ' - ', ', ', '. ', ' : '].map(
      (after): Case => [`ride${after}Remera to Kacyiru`, book('Remera', 'Kacyiru')],
    ),
    ['ri\u00adde\u200b Remera to Kacyiru', book('Remera', 'Kacyiru')],
    ['ride @-1.93980,30.04460 to (Gare) Remera', book('@-1.93980,30.04460', '(Gare) Remera')],
    ['boda Remera', book('Remera')],
    ['taxi', book()],
    ['moto Remera to Kacyiru', book('Remera', 'Kacyiru')],
    ['RIDE CAR Nakawa to Remera', byCar('Nakawa', 'Remera')],
    ['ride by car from Nakawa to Remera', byCar('Nakawa', 'Remera')],
    ['ride Nakawa to Remera by car', byCar('Nakawa', 'Remera')],
    ['ride Car Wash to Car Free Zone', book('Car Wash', 'Car Free Zone')],
    ['ride Carrefour to Remera', book('Carrefour', 'Remera')],
    ['BUS Kigali to Huye', seats('Kigali', 'Huye')],
    ['bus Kigali to Huye tomorrow', seats('Kigali', 'Huye', 'tomorrow')],
    ['Ticket from Kigali -> Huye on 25/12 14:30', seats('Kigali', 'Huye', 'on 25/12 14:30')],
    [`BOARD ${ticketDigits(CODE, '0381')}`, job('boarded', '0381')],
    [`board ${ticketDigits(CODE, '0381').replace(/(...)/g, '$1 ')}`, job('boarded', '0381')],
    [`board ${Number(ticketDigits(CODE, '0381')) + 1}`, told('badTicket')],
    ['BOARD', told('badTicket')],
    ['TRACK', track()],
    [`where ${CODE}`, track(CODE)],
    [`Status: ${CODE}.`, track(CODE)],
    ['trip', track()],
    ['cancel', cancel()],
    [`CANCEL ${CODE} please`, cancel(CODE)],
    ['pay', pay()],
    [`PAY ${CODE}`, pay(CODE)],
    [`rate ${CODE} 5`, stars('5')],
    [`Stars ${CODE} 1!`, stars('1')],
    ['help', told('help')],
    ['INFO', told('help')],
    ['hi', menu],
    ['Hello!', menu],
    ['menu', menu],
    ['STOP', news(false)],
    ['unsubscribe', news(false)],
    ['start', news(true)],
    [`YES ${CODE}`, job('yes')],
    [`ok ${CODE}`, job('yes')],
    [`accept ${CODE}`, job('yes')],
    [`y ${CODE}`, job('yes')],
    [`n ${CODE}`, job('no')],
    [`Arrived ${CODE}`, job('here')],
    [`start ${CODE} 7306`, job('aboard', '7306')],
    [`start ${CODE}`, job('aboard')],
    [`finish ${CODE}`, job('done')],
    [`drop ${CODE}`, job('drop')],
    ['on', shift(true)],
    ['ON Kwa Rubangura', shift(true, 'Kwa Rubangura')],
    ['- on: Remera', shift(true, 'Remera')],
    ['On?', shift(true)],
    ['off', shift(false)],
    ['thanks', told('youAreWelcome')],
    ['Thx!', told('youAreWelcome')],
    ['Thank you very much!', told('youAreWelcome')],
    ['english', speak('en')],
  ],
  rw: [
    ['MOTO imodoka Nakawa kugera Remera', byCar('Nakawa', 'Remera')],
    ['nanone', again],
    ['Bika mu rugo Remera', save('home', 'remera')],
    ['BISI Kigali kugera Huye ejo', seats('Kigali', 'Huye', 'ejo')],
    ['moto', book()],
    ['Moto kuva Remera kugera Kacyiru', book('Remera', 'Kacyiru')],
    ['murakoze cyane', told('youAreWelcome')],
    ['gutega kuva Remera kugera Kacyiru', book('Remera', 'Kacyiru')],
    ['GUTEGA Remera ujya Kacyiru', book('Remera', 'Kacyiru')],
    ['gutega Remera kugeza Kacyiru', book('Remera', 'Kacyiru')],
    [`reba ${CODE}`, track(CODE)],
    ['hagarika', cancel()],
    [`ISHYURA ${CODE}.`, pay(CODE)],
    [`amanota ${CODE} 4`, stars('4')],
    ['ubufasha', told('help')],
    ['Muraho', menu],
    ['ahabanza', menu],
    ['tangira', news(true)],
    [`tangira ${CODE} 7306`, job('aboard', '7306')],
    [`YEGO ${CODE}`, job('yes')],
    [`oya ${CODE}`, job('no')],
    [`nahageze ${CODE}`, job('here')],
    [`rangiza ${CODE}`, job('done')],
    [`sinshoboye ${CODE}`, job('drop')],
    ['ndakora Remera', shift(true, 'Remera')],
    ['ndasoje', shift(false)],
    ['murakoze', told('youAreWelcome')],
    ['Urakoze', told('youAreWelcome')],
    ['ikinyarwanda', speak('rw')],
    ['Kinyarwanda', speak('rw')],
  ],
  fr: [
    ['COURSE voiture Nakawa à Remera', byCar('Nakawa', 'Remera')],
    ['course de Nakawa à Remera en voiture', byCar('Nakawa', 'Remera')],
    ['encore', again],
    ['Enregistrer le travail Kacyiru', save('work', 'kacyiru')],
    ['BILLET Alger a Oran demain 8h', seats('Alger', 'Oran', 'demain 8h')],
    ['autocar de Alger à Oran le 25/12', seats('Alger', 'Oran', 'le 25/12')],
    ['course de Remera vers Kacyiru', book('Remera', 'Kacyiru')],
    ['COURSE Remera a Kacyiru', book('Remera', 'Kacyiru')],
    ['COURSE Remera à Kacyiru', book('Remera', 'Kacyiru')],
    ['COURSE Remera a\u0300 Kacyiru', book('Remera', 'Kacyiru')],
    ['COURSE REMERA À KACYIRU', book('REMERA', 'KACYIRU')],
    ['Course Remera->Kacyiru', book('Remera', 'Kacyiru')],
    ['moto Remera vers Kacyiru', book('Remera', 'Kacyiru')],
    [`suivre ${CODE}`, track(CODE)],
    [`annuler ${CODE}`, cancel(CODE)],
    [`payer ${CODE}`, pay(CODE)],
    [`note ${CODE} 3`, stars('3')],
    ['aide', told('help')],
    ['Bonjour', menu],
    ['départ', news(true)],
    [`Départ ${CODE} 7306`, job('aboard', '7306')],
    [`oui ${CODE}`, job('yes')],
    [`non ${CODE}`, job('no')],
    [`Arrivé ${CODE}`, job('here')],
    [`- départ ${CODE} 7306`, job('aboard', '7306')],
    [`fin ${CODE}`, job('done')],
    [`abandon ${CODE}`, job('drop')],
    ['travail', shift(true)],
    ['repos', shift(false)],
    ['MERCI', told('youAreWelcome')],
    ['français', speak('fr')],
  ],
  sw: [
    [`BEI ${CODE} 450000 hadi 18:00`, bid('18:00')],
    ['usafiri gari Nakawa hadi Remera', byCar('Nakawa', 'Remera')],
    ['tena', again],
    ['Hifadhi nyumbani Remera', save('home', 'remera')],
    ['BODABODA kutoka Remera hadi Kacyiru', book('Remera', 'Kacyiru')],
    ['pikipiki Remera mpaka Kacyiru', book('Remera', 'Kacyiru')],
    ['moto Remera kwenda Kacyiru', book('Remera', 'Kacyiru')],
    ['BASI Kigali hadi Huye kesho', seats('Kigali', 'Huye', 'kesho')],
    ['tiketi Nairobi hadi Mombasa tarehe 25/12', seats('Nairobi', 'Mombasa', 'tarehe 25/12')],
    [`fuatilia ${CODE}`, track(CODE)],
    [`GHAIRI ${CODE}`, cancel(CODE)],
    [`lipa ${CODE}`, pay(CODE)],
    [`nyota ${CODE} 4`, stars('4')],
    ['Msaada', told('help')],
    ['Habari', menu],
    ['acha', news(false)],
    ['anza', news(true)],
    [`anza ${CODE} 7306`, job('aboard', '7306')],
    [`NDIYO ${CODE}`, job('yes')],
    [`hapana ${CODE}`, job('no')],
    [`nimefika ${CODE}`, job('here')],
    [`nimechukua ${CODE}`, job('collected')],
    [`nimemaliza ${CODE}`, job('done')],
    [`siwezi ${CODE}`, job('drop')],
    [`rudisha ${CODE}`, job('return')],
    [`nimerudisha ${CODE} 5150`, job('returned', '5150')],
    ['kazini Remera', shift(true, 'Remera')],
    ['pumzika', shift(false)],
    ['Asante sana!', told('youAreWelcome')],
    ['Kiswahili', speak('sw')],
  ],
  ar: [
    [`عرض ${CODE} ٤٥٠٠٠٠ حتى ١٨:٠٠`, bid('18:00')],
    ['رحلة سيارة Nakawa إلى Remera', byCar('Nakawa', 'Remera')],
    ['مجددا', again],
    ['احفظ البيت Kimironko', save('home', 'kimironko')],
    ['رحلة من Remera إلى Kacyiru', book('Remera', 'Kacyiru')],
    ['دراجة Remera الى Kacyiru', book('Remera', 'Kacyiru')],
    ['رحلة ١٠١ > ١٠٣', book('101', '103')],
    ['حافلة من الجزائر إلى وهران غدا', seats('الجزائر', 'وهران', 'غدا')],
    ['تذكرة الجزائر إلى وهران يوم ٢٥/١٢ الساعة ١٤:٣٠', seats('الجزائر', 'وهران', 'يوم 25/12 الساعة 14:30')],
    [`تتبّع ${CODE}`, track(CODE)],
    [`إلغاء ${CODE}`, cancel(CODE)],
    [`الغاء ${CODE.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')}`, cancel(CODE)],
    [`ادفع ${CODE}`, pay(CODE)],
    [`تقييم ${CODE} ٥`, stars('5')],
    ['مساعدة', told('help')],
    ['مساعده', told('help')],
    ['مرحبا!', menu],
    ['توقف', news(false)],
    ['انطلق', news(true)],
    [`انطلق ${CODE} 7306`, job('aboard', '7306')],
    [`نعم ${CODE}`, job('yes')],
    [`لا ${CODE}`, job('no')],
    [`وصلت ${CODE}`, job('here')],
    [`حملت ${CODE}`, job('collected')],
    [`سلمت ${CODE} 5150`, job('done', '5150')],
    [`إرجاع ${CODE}`, job('return')],
    [`أرجعت ${CODE} 5150`, job('returned', '5150')],
    ['متاح Remera', shift(true, 'Remera')],
    ['راحة', shift(false)],
    ['شكرا جزيلا', told('youAreWelcome')],
    ['عربي', speak('ar')],
    ['العربيّة', speak('ar')],
    ['arabe', speak('ar')],
  ],
  ur: [
    [`بولی ${CODE} 450000`, bid(null)],
    [`بولی ${CODE} ۴۵۰۰۰۰ ۱۸:۰۰ تک`, bid('18:00')],
    ['سواری گاڑی Nakawa سے Remera تک', byCar('Nakawa', 'Remera')],
    ['دوبارہ', again],
    ['محفوظ گھر Kimironko', save('home', 'kimironko')],
    ['بائیک Remera سے Kacyiru', book('Remera', 'Kacyiru')],
    ['بائیک Remera سے Kacyiru تک', book('Remera', 'Kacyiru')],
    ['بس کراچی سے لاہور کل', seats('کراچی', 'لاہور', 'کل')],
    ['بس کراچی سے لاہور تک کل', seats('کراچی', 'لاہور', 'کل')],
    [`ٹریک ${CODE}`, track(CODE)],
    [`منسوخ ${CODE.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? '')}`, cancel(CODE)],
    [`ادائیگی ${CODE}`, pay(CODE)],
    [`ستارے ${CODE} ۵`, stars('5')],
    ['مدد', told('help')],
    ['ہیلو', menu],
    ['بند', news(false)],
    [`شروع ${CODE} 7306`, job('aboard', '7306')],
    [`ہاں ${CODE}`, job('yes')],
    // The letters of an Arabic keyboard.
    [`هاں ${CODE}`, job('yes')],
    [`نہیں ${CODE}`, job('no')],
    [`پہنچ گیا ${CODE}`, job('here')],
    [`اٹھایا ${CODE}`, job('collected')],
    [`مکمل ${CODE}`, job('done')],
    [`واپس ${CODE}`, job('return')],
    [`لوٹایا ${CODE} 5150`, job('returned', '5150')],
    ['حاضر Remera', shift(true, 'Remera')],
    ['چھٹی', shift(false)],
    ['شکریہ', told('youAreWelcome')],
    ['اردو', speak('ur')],
    ['اردو\u200f', speak('ur')],
  ],
}

describe('keywords', () => {
  for (const [language, cases] of Object.entries(READ))
    for (const [text, intent] of cases)
      it(`${text} (${language})`, () => assert.deepEqual(readKeywords(text), { intent, language }))

  // Each of these answers the open question, whatever it is.
  const answers = [
    ...['', ' ', '1', '00', '4821', CODE, '???', '🛵', '٥'],
    ...['yes', 'no', 'y', 'n', 'ok', 'YEGO', 'oya', 'oui', 'non', 'here', 'done', 'drop', 'fin'],
    ...[
      `yes ${WRONG}`,
      `cancel ${WRONG}`,
      `pay ${WRONG}`,
      `track ${WRONG}`,
      `rate ${CODE}`,
      `rate ${CODE} 6`,
      'rate 5',
      'note',
    ],
    ...[
      'track my rider',
      'cancel it',
      'pay the rider cash',
      'ishyura mu ntoki',
      'payer en especes',
      'where are you',
      'help me',
      'stop it',
      'hi there',
      'thanks but where is my rider',
    ],
    ...[
      'riding',
      'motos',
      'rides Remera to Kacyiru',
      'a ride',
      'Remera',
      'Remera to Kacyiru',
      'from Remera',
      'to',
    ],
  ]
  for (const text of answers)
    it(`${JSON.stringify(text)} is none`, () => assert.equal(readKeywords(text), null))

  it('are not hidden in any place of Kigali', () => {
    for (const { name, aliases, stage } of kigaliPlaces)
      for (const text of [name, ...aliases, String(stage)]) assert.equal(readKeywords(text), null, text)
  })

  it('of thanks and greeting book nothing', () => {
    for (const text of ['thanks', 'thank', 'thx', 'murakoze', 'urakoze', 'merci', 'hi', 'muraho', 'bonjour'])
      assert.notEqual(readKeywords(text)?.intent.name, 'book', text)
  })
})
