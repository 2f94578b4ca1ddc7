import { wordTable, words } from './words.ts';

/** Things that a decoration shop sells. Gender `-`: a set, which takes no adjective. Weight in grams, price in euros. */
export const objects = wordTable(
  ['group', 'fr', 'frGender', 'en', 'de', 'deGender', 'euros', 'grams'],
  `
  vases | Vase | m | Vase | Vase | f | 39 | 1100
  vases | Soliflore | m | Bud Vase | Solitärvase | f | 19 | 450
  vases | Carafe décorative | f | Decorative Carafe | Zierkaraffe | f | 34 | 900
  vases | Jarre | f | Jar | Bauchige Vase | - | 59 | 2600
  lights | Suspension | f | Pendant Lamp | Pendelleuchte | f | 119 | 2100
  lights | Lampe de table | f | Table Lamp | Tischleuchte | f | 79 | 1800
  lights | Lampadaire | m | Floor Lamp | Stehleuchte | f | 159 | 5200
  lights | Applique murale | f | Wall Lamp | Wandleuchte | f | 69 | 1200
  lights | Lampe de chevet | f | Bedside Lamp | Nachttischlampe | f | 49 | 1300
  cushions | Coussin | m | Cushion | Kissen | n | 29 | 600
  cushions | Housse de coussin | f | Cushion Cover | Kissenhülle | f | 19 | 200
  cushions | Galette de chaise | f | Seat Pad | Sitzkissen | n | 17 | 350
  throws | Plaid | m | Throw | Plaid | n | 59 | 1100
  throws | Couvre-lit | m | Bedspread | Tagesdecke | f | 89 | 1900
  throws | Couverture | f | Blanket | Decke | f | 79 | 1500
  rugs | Tapis | m | Rug | Teppich | m | 189 | 6200
  rugs | Tapis de couloir | m | Hallway Runner | Läufer | m | 99 | 3400
  rugs | Descente de lit | f | Bedside Rug | Bettvorleger | m | 49 | 1700
  candles | Chandelier | m | Candelabra | Kerzenleuchter | m | 44 | 980
  candles | Bougeoir | m | Candle Holder | Kerzenständer | m | 22 | 520
  candles | Photophore | m | Tealight Holder | Teelichthalter | m | 14 | 340
  candles | Lanterne | f | Lantern | Laterne | f | 45 | 1600
  mirrors | Miroir | m | Mirror | Spiegel | m | 99 | 3800
  mirrors | Miroir sur pied | m | Cheval Mirror | Standspiegel | m | 179 | 9800
  frames | Cadre photo | m | Picture Frame | Bilderrahmen | m | 24 | 700
  baskets | Panier | m | Basket | Korb | m | 35 | 800
  baskets | Corbeille | f | Storage Basket | Aufbewahrungskorb | m | 27 | 600
  baskets | Panier à linge | m | Laundry Basket | Wäschekorb | m | 54 | 1900
  clocks | Horloge murale | f | Wall Clock | Wanduhr | f | 59 | 1100
  clocks | Réveil | m | Alarm Clock | Wecker | m | 29 | 320
  table | Lot de 4 assiettes | - | Set of 4 Plates | Teller im 4er-Set | - | 48 | 2400
  table | Lot de 2 tasses | - | Set of 2 Cups | Tassen im 2er-Set | - | 26 | 700
  table | Saladier | m | Salad Bowl | Salatschüssel | f | 39 | 1300
  table | Plateau | m | Tray | Tablett | n | 32 | 900
  table | Pichet | m | Pitcher | Krug | m | 36 | 1100
  linen | Nappe | f | Tablecloth | Tischdecke | f | 55 | 700
  linen | Chemin de table | m | Table Runner | Tischläufer | m | 29 | 300
  planters | Cache-pot | m | Plant Pot | Übertopf | m | 25 | 1500
  planters | Jardinière | f | Planter Box | Pflanzkasten | m | 49 | 3600
  planters | Pot suspendu | m | Hanging Pot | Hängetopf | m | 22 | 800
  furniture | Tabouret | m | Stool | Hocker | m | 89 | 4200
  furniture | Table d’appoint | f | Side Table | Beistelltisch | m | 129 | 6400
  furniture | Console | f | Console Table | Konsolentisch | m | 219 | 14500
`,
);

/** Groups of things: what they are made of and how large they come, positions below; where they belong. */
export const groups = wordTable(
  ['group', 'google', 'fr', 'en', 'de', 'materials', 'sizes'],
  `
  vases | Home & Garden > Decor > Vases | Décoration > Vases | Decoration > Vases | Dekoration > Vasen | ceramic stoneware glass porcelain terracotta | 18 cm;24 cm;28 cm;35 cm
  lights | Home & Garden > Lighting > Lamps | Luminaires > Lampes | Lighting > Lamps | Leuchten > Lampen | rattan linen brass glass paper | Ø 22 cm;Ø 30 cm;Ø 38 cm;Ø 45 cm
  cushions | Home & Garden > Decor > Throw Pillows | Textiles > Coussins | Textiles > Cushions | Textilien > Kissen | linen cotton velvet wool | 40 × 40 cm;45 × 45 cm;50 × 50 cm;30 × 50 cm
  throws | Home & Garden > Linens & Bedding > Bedding > Blankets | Textiles > Plaids et couvre-lits | Textiles > Throws and Bedspreads | Textilien > Plaids und Tagesdecken | wool cotton linen | 130 × 170 cm;150 × 200 cm;220 × 240 cm;240 × 260 cm
  rugs | Home & Garden > Decor > Rugs | Textiles > Tapis | Textiles > Rugs | Textilien > Teppiche | wool jute cotton | 60 × 90 cm;70 × 200 cm;120 × 170 cm;160 × 230 cm
  candles | Home & Garden > Decor > Home Fragrance Accessories > Candle Holders | Décoration > Bougeoirs et photophores | Decoration > Candle Holders | Dekoration > Kerzenhalter | glass ceramic brass stoneware | 8 cm;12 cm;16 cm;22 cm
  mirrors | Home & Garden > Decor > Mirrors | Décoration > Miroirs | Decoration > Mirrors | Dekoration > Spiegel | oak walnut brass rattan | 50 × 70 cm;60 × 90 cm;40 × 160 cm;Ø 60 cm
  frames | Home & Garden > Decor > Picture Frames | Décoration > Cadres | Decoration > Frames | Dekoration > Rahmen | oak walnut brass | 13 × 18 cm;21 × 30 cm;30 × 40 cm;50 × 70 cm
  baskets | Home & Garden > Decor > Baskets | Rangement > Paniers | Storage > Baskets | Aufbewahrung > Körbe | rattan jute willow | Ø 25 cm;Ø 32 cm;Ø 40 cm;45 × 30 cm
  clocks | Home & Garden > Decor > Clocks | Décoration > Horloges | Decoration > Clocks | Dekoration > Uhren | oak walnut brass cork | Ø 12 cm;Ø 25 cm;Ø 30 cm;Ø 40 cm
  table | Home & Garden > Kitchen & Dining > Tableware | Art de la table | Tableware | Gedeckter Tisch | stoneware porcelain ceramic | 18 cm;22 cm;27 cm;32 cm
  linen | Home & Garden > Linens & Bedding > Table Linens > Tablecloths | Textiles > Linge de table | Textiles > Table Linen | Textilien > Tischwäsche | linen cotton | 40 × 140 cm;140 × 200 cm;160 × 250 cm;180 × 300 cm
  planters | Home & Garden > Lawn & Garden > Gardening > Pots & Planters | Jardin et balcon > Pots | Garden and Balcony > Pots | Garten und Balkon > Töpfe | terracotta ceramic stoneware | Ø 14 cm;Ø 18 cm;Ø 24 cm;60 × 20 cm
  furniture | Furniture > Tables > Accent Tables | Petits meubles | Small Furniture | Kleinmöbel | oak walnut cork | 45 × 30 cm;45 × 45 cm;80 × 35 cm;100 × 30 cm
`,
);

export const materials = wordTable(
  ['key', 'fr', 'en', 'de'],
  `
  ceramic | céramique | ceramic | Keramik
  stoneware | grès | stoneware | Steinzeug
  glass | verre | glass | Glas
  porcelain | porcelaine | porcelain | Porzellan
  terracotta | terre cuite | terracotta | Terrakotta
  rattan | rotin | rattan | Rattan
  linen | lin | linen | Leinen
  brass | laiton | brass | Messing
  paper | papier | paper | Papier
  cotton | coton | cotton | Baumwolle
  velvet | velours | velvet | Samt
  wool | laine | wool | Wolle
  jute | jute | jute | Jute
  oak | chêne | oak | Eiche
  walnut | noyer | walnut | Nussbaum
  willow | osier | willow | Weide
  cork | liège | cork | Kork
`,
);

/** None of them agrees with its noun in French, so that each goes with everything. */
export const colours = words(`
  vert sauge | sage green | Salbeigrün
  bleu nuit | midnight blue | Nachtblau
  gris perle | pearl grey | Perlgrau
  blanc cassé | off-white | Cremeweiß
  ocre | ochre | Ocker
  rose poudré | powder pink | Puderrosa
  beige sable | sand beige | Sandbeige
  noir mat | matt black | Mattschwarz
  rouge brique | brick red | Ziegelrot
  bleu ardoise | slate blue | Schieferblau
  jaune safran | saffron yellow | Safrangelb
  vert olive | olive green | Olivgrün
  brun cannelle | cinnamon brown | Zimtbraun
  bleu lavande | lavender blue | Lavendelblau
`);

/** `de` without its ending. */
export const adjectives = wordTable(
  ['m', 'f', 'en', 'de'],
  `
  artisanal | artisanale | Handmade | Handgefertigt
  contemporain | contemporaine | Contemporary | Modern
  élégant | élégante | Elegant | Elegant
  intemporel | intemporelle | Timeless | Zeitlos
  minimaliste | minimaliste | Minimalist | Minimalistisch
  rustique | rustique | Rustic | Rustikal
`,
);

export const collections =
  'Alzette Arlon Berdorf Bock Bourglinster Clausen Clervaux Colmar Éislek Fond-de-Gras Grevels Hamm Koerich Lasauvage Limpach Mamer Mélusine Müllerthal Nommern Pétrusse Rollingen Septfontaines Syre Useldange'.split(
    ' ',
  );

/** Invented makers with the start of their GTINs. */
export const makers = wordTable(
  ['name', 'prefix'],
  `
  Atelier Clausen | 5450821
  Filature du Nord | 5450977
  Maison Weber | 5450633
  Terre d’Ardenne | 5412884
  Haus am Fluss | 4260917
  Nordlicht Werkstatt | 4262338
  Verrerie de Sarre | 3770284
  Bois & Brume | 3770619
  Lumen Oesling | 5450745
  Studio Tilleul | 5413390
`,
);
