import type { parcel as en } from '../en/parcel.ts'
import type { Same } from '../same.ts'

export const parcel: Same<typeof en> = {
  menuParcel: 'پارسل',
  parcelFrom: 'کہاں سے لیں؟ چنیں یا جگہ یا سٹاپ نمبر لکھیں۔',
  parcelTo: 'کہاں جائے گا؟ چنیں یا جگہ یا سٹاپ نمبر لکھیں۔',
  parcelReceiver: 'وصول کرنے والے کا فون نمبر؟',
  parcelWeight: 'زیادہ سے زیادہ کتنا وزن؟',
  tooHeavy: 'بائیک کے لیے بہت بھاری ہے۔',
  parcelAgain: 'پھر پارسل -> {to}',
  parcelSummary: 'پارسل {kg} تک، {from} -> {to}، برائے {receiver}',
  parcelDraft: 'پارسل',
  parcelPaid:
    'ادا {price}، پارسل {code}، {to}۔ {driver} {plate}، {phone}، لینے آتا ہے۔ منسوخ {code}۔ مدد {help}',
  parcelBooked: 'پارسل {code}: {driver}، نمبر {plate}، فون {phone} لینے آتا ہے۔',
  parcelUnderway: 'پارسل {code}: {driver} کے ساتھ {to} کے راستے میں، فون {phone}۔',
  parcelCollected: 'پارسل {code}، {driver} کے ساتھ {to} کے راستے میں۔',
  parcelComing:
    'پارسل از {sender}: {driver}، {plate}، {phone} لاتا ہے۔ کوڈ {start} ملنے پر ہی دیں۔ مدد {help}',
  parcelHanded: 'پارسل {code} پہنچ گیا۔ {driver} کیسا تھا؟ 5 بہترین ہے۔',
  parcelReturning:
    'پارسل {code} کسی نے نہیں لیا۔ {driver}، {phone}، واپس لاتا ہے۔ کوڈ {back} ملنے پر ہی دیں۔ مدد {help}',
  parcelReturned: 'پارسل {code} واپس مل گیا۔ {driver} کیسا تھا؟ 5 بہترین ہے۔',
  parcelReceived: 'پارسل {code} پہنچ گیا۔',
  collectParcel:
    'کام {code}: {from} سے {kg} تک کا پارسل لیں، فون {phone}، {to} کے لیے۔ لے کر جواب دیں: اٹھایا {code}',
  handOver:
    'کام {code}: {to} لے جائیں، فون {receiver}۔ کوڈ لیں اور جواب دیں: مکمل {code} اور کوڈ۔ کوئی نہ ہو: واپس {code}',
  takeBack: 'کام {code}: {from} واپس لے جائیں، فون {phone}۔ کوڈ لیں اور جواب دیں: لوٹایا {code} اور کوڈ۔',
  returnedVerb: 'واپس دے دیا',
  collectedVerb: 'میں نے لے لیا',
  handedVerb: 'دے دیا',
  receiverPays: 'وصول کنندہ نقد دے گا',
  parcelCash:
    'پارسل {code}: {driver} {plate}، {phone}، لینے آتا ہے۔ {receiver} {price} نقد دے گا؛ نہ لے تو آپ۔ منسوخ {code}۔ مدد {help}',
  parcelComingCash:
    'پارسل از {sender}: {driver}، {plate}، {phone} لاتا ہے۔ {price} نقد دیں، پھر کوڈ {start}۔ مدد {help}',
  parcelReturningCash:
    'پارسل {code} کسی نے نہیں لیا۔ {driver}، {phone}، واپس لاتا ہے۔ {price} نقد دیں، پھر کوڈ {back}۔ مدد {help}',
  handOverCash:
    'کام {code}: {to} لے جائیں، فون {receiver}۔ {price} نقد اور کوڈ لیں، جواب: مکمل {code} اور کوڈ۔ نہ لے: واپس {code}',
  takeBackCash:
    'کام {code}: {from} واپس لے جائیں، فون {phone}۔ {price} نقد اور کوڈ لیں، جواب: لوٹایا {code} اور کوڈ۔',
}
