import type { order as en } from '../en/order.ts'
import type { Same } from '../same.ts'

export const order: Same<typeof en> = {
  menuOrder: 'Achats',
  orderAgain: 'Encore {product}',
  orderWhat: 'Quel produit ? Choisissez, ou écrivez un nom, ou : 12x3 45x2',
  noProduct: 'Nous ne connaissons pas ce produit.',
  orderMany: 'Combien ?',
  tooManyPieces: 'De 1 à 999 de chacun, et 12 produits au plus.',
  orderTo: 'Livrer ou ? Choisissez, ou écrivez un lieu.',
  orderSummary: 'Commande {items}',
  orderDraft: 'Commande',
  yesCash: 'Oui, payer à la livraison',
  addMore: 'Ajouter un produit',
  askWhy: 'Détail du prix',
  priceMade: '{lines}\n{question}',
  priceGoods: 'Produits',
  priceList: 'tarif',
  priceContract: 'prix convenu',
  pricePromotion: 'promotion',
  priceVolume: 'remise quantité',
  priceTax: 'taxe',
  priceDelivery: 'Livraison',
  priceWhole: 'Le trajet {code} coute {price}. Questions ? Appelez le {help}.',
  priceWhy: '{lines}\n= {price}',
  basketSaved: 'Enregistré sous {name}. Pour commander : COMMANDE {name}',
  noBasket: "Rien a enregistrer. Commandez d'abord, ou écrivez ENREGISTRER {name} 12x3 45x2",
  basketsFull: 'Vous avez assez de paniers. Changez-en un : ENREGISTRER et son nom.',
  orderHolding: 'Nous gardons vos produits. Un SMS suit.',
  orderShort: 'Désolé, il ne reste que {left} de {item}. Vous ne payez rien. Commandez-en moins.',
  orderGone: 'Désolé, il ne reste plus de {item}. Vous ne payez rien.',
  orderLeft: 'Reste de {item} : {left}.',
  orderHoarding: 'Vous gardez déjà des produits non payés. Payez ou annulez-les avant.',
  orderNone: "Désolé, les produits n'ont pas pu etre gardés. Vous ne payez rien.",
  orderLost: 'Désolé, la commande {code} est impossible : plus de stock. {price} vous est rendu.',
  orderHeld:
    'Commande {code} : produits gardés 15 min. Approuvez {price} sur votre téléphone. Annuler : ANNULER {code}',
  orderPaid:
    'Payé {price}, commande {code}. {driver} la prépare, un SMS dira qui la livre. Annuler avant : ANNULER {code}. Aide {help}',
  orderCash:
    'Commande {code} : {price} en espèces à la livraison. {driver} la prépare. Annuler avant : ANNULER {code}. Aide {help}',
  orderBooked: 'Commande {code} : {driver} la prépare.',
  orderPicked: 'Commande {code} prete. Un SMS dira qui la livre.',
  orderSeeking: 'Commande {code} prete. Nous cherchons un livreur.',
  orderStranded:
    "Commande {code} prete, mais aucun livreur n'est libre. Nous cherchons encore, un SMS suivra. Aide {help}",
  orderUnbrought: "Désolé, la commande {code} n'a pas pu etre livrée. Vous ne payez rien.",
  orderUnbroughtPaid: "Désolé, la commande {code} n'a pas pu etre livrée. {price} vous est rendu.",
  orderComing:
    '{driver}, {plate}, {phone}, livre la commande {code}. Donnez le code {start} une fois recue, pas avant. Aide {help}',
  orderComingCash:
    '{driver}, {plate}, {phone}, livre la commande {code}. Payez {price}, puis donnez le code {start}. Aide {help}',
  orderUnderway: 'Commande {code} : {driver} arrive, tel {phone}. Son code est {start}.',
  orderRating: 'Commande {code} livrée. Comment était {driver} ? 5 est le mieux.',
  pickOrder: 'Commande {code} pour {to} : préparez {items}. Une fois prete, répondez PRIS {code}',
  bringOrder:
    'Course {code} : {from} -> {to}, tel {phone}. {pay} Demandez le code et répondez FIN {code} avec ce code.',
  handedOn: 'Commande {code} : merci. Un livreur vient la chercher.',
  pickedVerb: 'Prete',
}
