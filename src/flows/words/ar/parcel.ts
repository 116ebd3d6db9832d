import type { parcel as en } from '../en/parcel.ts'
import type { Same } from '../same.ts'

export const parcel: Same<typeof en> = {
  menuParcel: 'طرد',
  parcelFrom: 'من أين نأخذه؟ اختر أو اكتب مكانا أو رقم موقف.',
  parcelTo: 'إلى أين؟ اختر أو اكتب مكانا أو رقم موقف.',
  parcelReceiver: 'رقم هاتف المستلم؟',
  parcelWeight: 'كم وزنه على الأكثر؟',
  tooHeavy: 'ثقيل جدا على دراجة.',
  parcelAgain: 'مجددا طرد -> {to}',
  parcelSummary: 'طرد حتى {kg}، {from} -> {to}، إلى {receiver}',
  parcelDraft: 'طرد',
  parcelPaid:
    'دفعت {price}، طرد {code} إلى {to}. {driver} {plate}، {phone}، يأتي لأخذه. إلغاء {code}. مساعدة {help}',
  parcelBooked: 'طرد {code}: {driver}، لوحة {plate}، هاتف {phone} يأتي لأخذه.',
  parcelUnderway: 'طرد {code}: في الطريق إلى {to} مع {driver}، هاتف {phone}.',
  parcelCollected: 'طرد {code} في الطريق إلى {to} مع {driver}.',
  parcelComing:
    'طرد من {sender} يأتي مع {driver}، {plate}، {phone}. أعط الرمز {start} بعد الاستلام فقط. مساعدة {help}',
  parcelHanded: 'سلم طرد {code}. كيف كان {driver}؟ 5 هو الأحسن.',
  parcelReturning:
    'لم يستلم أحد طرد {code}. {driver}، {phone}، يعيده إليك. أعط الرمز {back} بعد الاستلام فقط. مساعدة {help}',
  parcelReturned: 'عاد إليك طرد {code}. كيف كان {driver}؟ 5 هو الأحسن.',
  parcelReceived: 'سلم طرد {code}.',
  collectParcel:
    'مهمة {code}: خذ طردا حتى {kg} من {from}، هاتف {phone}، إلى {to}. بعد أخذه أجب: استلمت {code}',
  handOver:
    'مهمة {code}: خذه إلى {to}، هاتف {receiver}. اطلب الرمز وأجب: انتهيت {code} مع الرمز. لا أحد: إرجاع {code}',
  takeBack: 'مهمة {code}: أعده إلى {from}، هاتف {phone}. اطلب الرمز وأجب: أرجعت {code} مع الرمز.',
  returnedVerb: 'أعدته',
  collectedVerb: 'أخذته',
  handedVerb: 'سلمته',
  receiverPays: 'يدفع المستلم نقدا',
  parcelCash:
    'طرد {code}: {driver} {plate}، {phone}، يأتي لأخذه. يدفع {receiver} {price} نقدا؛ وإن لم يستلمه فأنت. إلغاء {code}. مساعدة {help}',
  parcelComingCash:
    'طرد من {sender} يأتي مع {driver}، {plate}، {phone}. ادفع {price} نقدا ثم أعط الرمز {start}. مساعدة {help}',
  parcelReturningCash:
    'لم يستلم أحد طرد {code}. {driver}، {phone}، يعيده إليك. ادفع {price} نقدا ثم أعط الرمز {back}. مساعدة {help}',
  handOverCash:
    'مهمة {code}: خذه إلى {to}، هاتف {receiver}. خذ {price} واطلب الرمز وأجب: انتهيت {code} مع الرمز. رفض: أرجع {code}',
  takeBackCash:
    'مهمة {code}: أعده إلى {from}، هاتف {phone}. خذ {price} واطلب الرمز وأجب: أرجعت {code} مع الرمز.',
}
