/**
 * Names under which other systems and languages export an attribute, beside its technical name. Case, blanks,
 * hyphens, dots and accents do not matter (`recogniseHeader`). No name is here that commonly means something
 * else, such as `Type` or `code`.
 */

/** Names that are taken whenever no column bears the technical name. */
export const headerAliases: Readonly<Record<string, readonly string[]>> = {
  id: [
    ...['Artikelnummer', 'Artikelnr', 'Artikel-Nr.', 'ArtNr', 'Art.-Nr.', 'Hauptartikelnr', 'Produktnummer'],
    ...['identifiant', 'identifiant produit', 'UGS', 'référence produit', 'référence article'],
    ...[
      'sku',
      'offer_id',
      'item_id',
      'aw_product_id',
      'merchant_product_id',
      'handleId',
      'Variant SKU',
      'Variant Id',
    ],
  ],
  title: [
    ...[
      'Titel',
      'Bezeichnung',
      'Artikelname',
      'Produktname',
      'Produkttitel',
      'Artikelbezeichnung',
      'Kurzbez.',
    ],
    ...['titre', 'désignation', 'nom du produit', 'nom de l’article', "nom de l'article", 'Libellé'],
    ...['product_name', 'Item title', 'product_title', 'item_name'],
  ],
  description: [
    ...['Beschreibung', 'Langtext', 'Produktbeschreibung', 'Artikelbeschreibung'],
    ...['descriptif', 'description du produit'],
    ...['Body (HTML)', 'long_description', 'product_description', 'item_description'],
  ],
  link: [
    ...['Produktlink', 'Deeplink', 'Produkt-URL', 'Artikel-URL'],
    ...['lien', 'lien produit', 'lien du produit', 'URL du produit', 'URL produit'],
    ...['product_url', 'product_link', 'Final URL', 'aw_deep_link', 'merchant_deep_link'],
  ],
  mobile_link: ['mobiler Link', 'lien mobile'],
  image_link: [
    ...['Bildlink', 'Bild-URL', 'Bild', 'Bild-src'],
    ...['lien image', "lien de l'image", 'URL image', "URL de l'image"],
    ...['image_url', 'imageUrl(s)', 'imageUrls', 'Image Src', 'aw_image_url', 'merchant_image_url'],
  ],
  additional_image_link: [
    ...['Zusätzlicher Bildlink', 'Zusätzliche Bilder', 'Zusatzbilder', 'weitere Bilder'],
    ...['lien image supplémentaire', 'images supplémentaires'],
    ...[
      'additional_images',
      'additional_image',
      'additional_image_url',
      'alternate_image',
      'alternate_images',
    ],
  ],
  virtual_model_link: ['virtual_3d_model_link'],
  price: [
    ...['Preis', 'Verkaufspreis', 'VK', 'VK-Preis', 'Brutto-VK', 'Bruttopreis'],
    ...['prix', 'prix TTC', 'prix de vente', 'prix de vente TTC', 'prix vente', 'Tarif régulier'],
    ...['price_value', 'search_price', 'store_price', 'Variant Price', 'final_price', 'regular_price'],
  ],
  sale_price: [
    ...['Sonderangebotspreis', 'Aktionspreis', 'Angebotspreis', 'Sonderpreis'],
    ...['prix soldé', 'prix promo', 'prix promotionnel', 'Tarif promo', 'prix réduit'],
    ...['special_price', 'discount_price'],
  ],
  currency: ['Währung', 'devise', 'monnaie', 'currency_code', 'price_currency'],
  sale_price_effective_date: [
    'Sonderangebotszeitraum',
    'période de validité du prix soldé',
    'sale_price_dates',
  ],
  availability: [
    ...['Verfügbarkeit', 'Lagerstatus'],
    ...['disponibilité', 'disponible', 'En stock ?'],
    ...['stock_status', 'in_stock'],
  ],
  availability_date: ['Verfügbarkeitsdatum', 'date de disponibilité'],
  expiration_date: ['Verfallsdatum', "date d'expiration"],
  condition: ['Zustand', 'état'],
  brand: ['Marke', 'Hersteller', 'marque', 'fabricant', 'vendor', 'manufacturer', 'brand_name'],
  gtin: [
    ...['EAN', 'EAN-Code', 'EAN-Nummer', 'GTIN/EAN', 'EAN/GTIN', 'Barcode', 'Strichcode'],
    ...['code EAN', 'Gencod', 'gencode', 'code-barres', 'code barre'],
    ...['eans', 'upc', 'isbn', 'ean13', 'gtin13', 'barcode', 'Variant Barcode', 'product_GTIN'],
  ],
  mpn: [
    ...['HAN', 'hans', 'Herstellernummer', 'Herstellerartikelnummer', 'Hersteller-Artikelnummer'],
    ...['référence fabricant', 'manufacturer_sku', 'manufacturer_part_number'],
  ],
  google_product_category: ['Google Produktkategorie', 'catégorie de produits Google', 'google_category'],
  product_type: [
    ...['Produkttyp', 'Kategorie', 'Warengruppe', 'Produktart', 'Kategoriepfad'],
    ...['catégorie', 'catégorie de produit', 'type de produit', 'famille'],
    ...['categoryPath', 'category_path', 'merchant_category', 'product_category'],
  ],
  item_group_id: [
    ...['Produktgruppe', 'Artikelgruppen-ID'],
    ...['identifiant groupe', "identifiant de groupe d'articles", 'identifiant de groupe d’articles'],
    ...['parent_sku', 'Handle'],
  ],
  identifier_exists: ['Kennzeichnung existiert', 'identifiant existe'],
  color: ['Farbe', 'couleur', 'colour', 'Fashion:colour', 'Fashion:color'],
  size: ['Größe', 'taille', 'Fashion:size'],
  material: ['Material', 'matière', 'Fashion:material'],
  pattern: ['Muster', 'motif', 'Fashion:pattern'],
  gender: ['Geschlecht', 'sexe'],
  age_group: ['Altersgruppe', "tranche d'âge", 'tranche d’âge'],
  adult: ['Nicht jugendfrei', 'réservé aux adultes'],
  shipping: ['Versand', 'Versandkosten', 'livraison', 'frais de port', 'frais de livraison', 'delivery_cost'],
  shipping_weight: ['Versandgewicht', 'poids du colis'],
  unit_pricing_measure: ['Grundpreis Maß', 'Maß für Grundpreis', 'mesure du prix unitaire'],
  unit_pricing_base_measure: [
    ...['Grundpreis Einheitsmaß', 'Einheitsmaß für Grundpreis'],
    ...['mesure de base du prix unitaire', 'mesure de base pour le prix unitaire'],
  ],
};

/** Names so general that any better column for the same attribute wins. */
export const lastResortHeaders: Readonly<Record<string, readonly string[]>> = {
  id: ['product_id', 'référence', 'réf.', 'reference'],
  title: ['name', 'nom', 'product', 'produit', 'produkt'],
  link: ['url'],
  image_link: ['image', 'images'],
  availability: ['stock', 'Lagerbestand'],
  product_type: ['category', 'categories'],
};
