import type { Language } from '../product-data/language.ts';

/** Names by which exports in French and German call the attributes; the others keep Google's name. */
const translated: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  fr: {
    id: 'identifiant',
    title: 'titre',
    description: 'description',
    link: 'lien',
    image_link: 'lien image',
    additional_image_link: 'lien image supplémentaire',
    price: 'prix',
    sale_price: 'prix soldé',
    sale_price_effective_date: 'période de validité du prix soldé',
    availability: 'disponibilité',
    availability_date: 'date de disponibilité',
    condition: 'état',
    brand: 'marque',
    gtin: 'code EAN',
    mpn: 'référence fabricant',
    google_product_category: 'catégorie de produits Google',
    product_type: 'type de produit',
    item_group_id: 'identifiant groupe',
    color: 'couleur',
    size: 'taille',
    material: 'matière',
    shipping: 'livraison',
    shipping_weight: 'poids du colis',
  },
  de: {
    id: 'Artikelnummer',
    title: 'Titel',
    description: 'Beschreibung',
    link: 'Produktlink',
    image_link: 'Bildlink',
    additional_image_link: 'Zusätzlicher Bildlink',
    price: 'Preis',
    sale_price: 'Sonderangebotspreis',
    sale_price_effective_date: 'Sonderangebotszeitraum',
    availability: 'Verfügbarkeit',
    availability_date: 'Verfügbarkeitsdatum',
    condition: 'Zustand',
    brand: 'Marke',
    gtin: 'GTIN',
    mpn: 'Herstellernummer',
    google_product_category: 'Google Produktkategorie',
    product_type: 'Produkttyp',
    item_group_id: 'Produktgruppe',
    color: 'Farbe',
    size: 'Größe',
    material: 'Material',
    shipping: 'Versand',
    shipping_weight: 'Versandgewicht',
  },
};

const sentenceCase = (name: string) => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

type HeaderWriter = (attribute: string) => string;

/** Headers in a language, with some called otherwise: `{ price: 'prix TTC' }`. */
export const translatedHeaders =
  (language: Language, others: Readonly<Record<string, string>> = {}): HeaderWriter =>
  (attribute) =>
    others[attribute] ?? translated[language][attribute] ?? attribute;

/** Google's own names, as in `image_link`. */
export const technicalHeaders: HeaderWriter = (attribute) => attribute;

/** As Google's spreadsheet template has them, `Image link [image_link]`. */
export const templateHeaders: HeaderWriter = (attribute) => `${sentenceCase(attribute)} [${attribute}]`;

/** As people type them, `Image link`. */
export const spokenHeaders: HeaderWriter = sentenceCase;
