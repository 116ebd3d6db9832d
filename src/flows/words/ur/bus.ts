import type { bus as en } from '../en/bus.ts'
import type { Same } from '../same.ts'

export const bus: Same<typeof en> = {
  menuBus: 'بس',
  busFrom: 'کس شہر سے؟ چنیں یا لکھیں۔',
  busTo: 'کس شہر تک؟ چنیں یا لکھیں۔',
  busWhich: 'کون سی بس؟ چنیں یا دن لکھیں، جیسے 25/12۔',
  noBus: 'کوئی بس نہیں ملی۔',
  busWho: 'کون سفر کرے گا؟ نام کوما کے ساتھ، یا نشستوں کی تعداد۔',
  tooManySeats: 'ایک بار میں 1 سے 6 نشستیں۔',
  busAgain: 'پھر بس -> {to}',
  busSummary: 'بس {from} -> {to}، {when}، نشستیں: {seats}',
  busDraft: 'بس کا ٹکٹ',
  busHolding: 'نشستیں رکھ رہے ہیں۔ SMS آئے گا۔',
  busFull: 'معذرت، اس بس میں اتنی نشستیں نہیں رہیں۔ کچھ ادا نہیں کرنا۔',
  busGone: 'معذرت، وہ بس اب نہیں جائے گی۔ کچھ ادا نہیں کرنا۔',
  busHoarding: 'آپ کی نشستوں کی ادائیگی باقی ہے۔ پہلے ادا یا منسوخ کریں۔',
  busLost: 'معذرت، سفر {code} ممکن نہیں: نشستیں ختم یا بس نہیں جاتی۔ {price} واپس آئیں گے۔',
  busHeld: 'نشستیں {seats}، {when}، 15 منٹ محفوظ۔ فون پر {price} منظور کریں۔ سفر {code}۔ منسوخ {code}',
  busTicket:
    'ٹکٹ {ticket}، {from}-{to} {when}، نشستیں {seats}، {driver} {plate}۔ ادا {price}۔ منسوخ {code}۔ مدد {help}',
  busBooked: 'ٹکٹ {ticket}: {from} سے {to}، {when}، نشستیں {seats}، {driver} {plate}۔',
  busUnderway: 'سفر {code}: آپ {driver} کے ساتھ {to} کے راستے میں ہیں۔',
  busReminder: 'آپ کی بس {from} سے {to}، {when}۔ نشستیں {seats}، {driver} {plate}۔ ٹکٹ {ticket}۔ مدد {help}',
  busOther: 'آپ کے پاس {when}، نشستیں: {seats}۔ اس کے بجائے کون سی بس؟ ادائیگی برقرار ہے۔',
  busMoved: 'اب ٹکٹ {ticket}، {from}-{to} {when}، نشستیں {seats}، {driver} {plate}۔ منسوخ {code}۔ مدد {help}',
  busStays: 'اس بس میں نشستیں کم ہیں یا وہ نہیں جاتی۔ آپ کا {when} برقرار، ٹکٹ {ticket}۔',
  busDearer:
    'وہ بس ادا کردہ {price} سے مہنگی ہے۔ آپ کا {when} برقرار۔ وہ چاہیے تو منسوخ کر کے پھر لیں: منسوخ {code}',
  busDelayed: 'معذرت، آپ کی بس {from}-{to} دیر سے: {when}۔ ٹکٹ {ticket}، نشستیں {seats} آپ کی۔ مدد {help}',
  busLate:
    'معذرت، آپ کی بس {from}-{to} بہت دیر سے: {when}۔ {price} واپس: روانگی سے پہلے منسوخ {code}۔ مدد {help}',
  busInstead:
    '{to} کی بس نہیں جاتی۔ مفت {when}، نشستیں {seats} لیں؟ ہاں {code}۔ {until} تک جواب نہ آیا: {price} واپس۔',
  busWait: 'معذرت، {when}، {to}: نشستیں کم ہیں۔ انتظار کریں؟ ملنے پر SMS آئے گا۔ ابھی کچھ ادا نہیں کرنا۔',
  busWaiting: 'سفر {code}: {when}، {to} کی نشستوں کا انتظار ہے۔ ملنے پر SMS آئے گا۔',
  busCameFree: 'نشستیں {seats}، {when}، {to} مل گئیں۔ {price} میں لیں؟ ہاں {code}۔ 15 منٹ محفوظ۔',
  busWaitOver: 'جواب نہیں آیا: سفر {code} کی نشستیں اگلے کو دیں۔ کچھ ادا نہیں کرنا۔',
  busNoneFree: 'معذرت، سفر {code} کے لیے نشستیں نہیں ملیں۔ کچھ ادا نہیں کرنا۔',
  boarding: 'ٹکٹ {code}: ہندسے پوچھیں اور جواب دیں: سوار اور ہندسے۔',
  boardedVerb: 'سوار',
  aboardNow: 'ٹکٹ {code} درست: نشستیں {seats}، {to} تک۔',
  badTicket: 'یہ ہمارا ٹکٹ نہیں۔ ہندسے پھر دیکھیں۔',
}
