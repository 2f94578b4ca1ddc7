import { wordTable, words } from './words.ts';

/** Bicycles; price in euros, weight in grams. A frame size in cm, or an S to XL, or the wheel of a child's bicycle. */
export const bicycleTypes = wordTable(
  ['fr', 'en', 'de', 'frames', 'euros', 'grams', 'story'],
  `
  Vélo de ville | City Bike | Citybike | cm | 649 | 16500 | city
  Vélo de trekking | Trekking Bike | Trekkingrad | cm | 899 | 16200 | touring
  Vélo électrique de ville | Electric City Bike | E-Citybike | cm | 2399 | 24500 | electric
  Vélo électrique de trekking | Electric Trekking Bike | E-Trekkingrad | cm | 2999 | 25200 | electric
  VTT semi-rigide | Hardtail Mountain Bike | Hardtail-Mountainbike | letters | 1099 | 13400 | trail
  VTT tout-suspendu | Full-Suspension Mountain Bike | Fully-Mountainbike | letters | 2799 | 14800 | trail
  VTT électrique | Electric Mountain Bike | E-Mountainbike | letters | 3899 | 23800 | electric
  Vélo gravel | Gravel Bike | Gravelbike | letters | 1699 | 10400 | touring
  Vélo de route | Road Bike | Rennrad | letters | 1999 | 8600 | road
  Vélo pliant | Folding Bike | Faltrad | fold | 799 | 12200 | city
  Vélo cargo | Cargo Bike | Lastenrad | cargo | 3499 | 34500 | cargo
  Vélo enfant | Children’s Bike | Kinderfahrrad | wheel | 299 | 8900 | children
`,
);

export const frameSizes: Readonly<Record<string, readonly string[]>> = {
  cm: ['46 cm', '50 cm', '54 cm', '58 cm'],
  letters: ['S', 'M', 'L', 'XL'],
  fold: ['20"', '16"', '20"', '16"'],
  cargo: ['26"', '20"', '26"', '20"'],
  wheel: ['12"', '16"', '20"', '24"'],
};

export const models =
  'Adler Alzette Attert Belval Boulevard Chapelle Cobra Corniche Dräi Eechen Éislek Faubourg Glacis Haard Horizon Kirchberg Korn Lacs Moselle Nomade Obersauer Our Pavé Pétrusse Rocade Sentier Stroum Sûre Tandel Tramway Viaduc Wëllen'.split(
    ' ',
  );

export const paints = words(`
  vert sauge | sage green | Salbeigrün
  noir mat | matt black | Mattschwarz
  bleu pétrole | petrol blue | Petrolblau
  gris anthracite | anthracite grey | Anthrazitgrau
  rouge rubis | ruby red | Rubinrot
  blanc perle | pearl white | Perlweiß
  jaune moutarde | mustard yellow | Senfgelb
  bleu glacier | glacier blue | Gletscherblau
`);

/** Parts and accessories; `specs` names one of the lists below. */
export const parts = wordTable(
  ['fr', 'en', 'de', 'group', 'specs', 'euros', 'grams'],
  `
  Pneu | Tyre | Reifen | wheels | tyres | 32 | 620
  Pneu anti-crevaison | Puncture-Proof Tyre | Pannenschutzreifen | wheels | tyres | 41 | 780
  Chambre à air | Inner Tube | Schlauch | wheels | tyres | 7 | 160
  Roue avant | Front Wheel | Vorderrad | wheels | diameters | 89 | 1150
  Roue arrière | Rear Wheel | Hinterrad | wheels | diameters | 109 | 1450
  Chaîne | Chain | Kette | drivetrain | speeds | 29 | 290
  Cassette | Cassette | Kassette | drivetrain | speeds | 49 | 390
  Dérailleur arrière | Rear Derailleur | Schaltwerk | drivetrain | speeds | 69 | 310
  Manette de vitesse | Shifter | Schalthebel | drivetrain | speeds | 39 | 180
  Plaquettes de frein | Brake Pads | Bremsbeläge | brakes | pads | 16 | 40
  Disque de frein | Brake Rotor | Bremsscheibe | brakes | rotors | 27 | 130
  Selle | Saddle | Sattel | comfort | widths | 55 | 340
  Tige de selle | Seat Post | Sattelstütze | comfort | posts | 45 | 290
  Guidon | Handlebar | Lenker | comfort | bars | 49 | 320
  Poignées | Grips | Griffe | comfort | paints | 22 | 110
  Pédales | Pedals | Pedale | comfort | paints | 39 | 380
  Casque | Helmet | Helm | safety | heads | 79 | 290
  Éclairage avant | Front Light | Frontlicht | safety | lux | 59 | 120
  Éclairage arrière | Rear Light | Rücklicht | safety | paints | 29 | 60
  Antivol pliant | Folding Lock | Faltschloss | safety | lengths | 69 | 980
  Antivol à chaîne | Chain Lock | Kettenschloss | safety | lengths | 49 | 1300
  Sacoche | Pannier | Gepäcktasche | luggage | litres | 69 | 850
  Sacoche de guidon | Handlebar Bag | Lenkertasche | luggage | litres | 45 | 420
  Porte-bagages | Rear Rack | Gepäckträger | luggage | diameters | 44 | 720
  Gants | Gloves | Handschuhe | clothing | sizes | 29 | 70
  Veste de pluie | Rain Jacket | Regenjacke | clothing | sizes | 99 | 310
  Cuissard | Bib Shorts | Trägerhose | clothing | sizes | 85 | 220
  Sonnette | Bell | Klingel | safety | paints | 12 | 60
  Pompe à pied | Floor Pump | Standpumpe | workshop | pressures | 39 | 1400
  Garde-boue | Mudguard Set | Schutzblech-Set | comfort | diameters | 29 | 410
`,
);

/** Values that tell the variants of a part apart, the same in all languages. */
export const specs: Readonly<Record<string, readonly string[]>> = {
  tyres: [
    '28 x 1.40',
    '28 x 1.75',
    '26 x 2.10',
    '29 x 2.25',
    '27.5 x 2.40',
    '700 x 28C',
    '700 x 38C',
    '20 x 1.75',
  ],
  diameters: ['20"', '24"', '26"', '27.5"', '28"', '29"'],
  pads: ['BX-10', 'BX-20', 'BX-30', 'BX-40', 'BX-50', 'BX-60'],
  rotors: ['140 mm', '160 mm', '180 mm', '203 mm', '220 mm', '246 mm'],
  widths: ['130 mm', '143 mm', '155 mm', '168 mm', '180 mm', '210 mm'],
  posts: ['Ø 25.4 mm', 'Ø 27.2 mm', 'Ø 30.9 mm', 'Ø 31.6 mm', 'Ø 34.9 mm', 'Ø 36.5 mm'],
  bars: ['580 mm', '620 mm', '660 mm', '720 mm', '760 mm', '800 mm'],
  heads: ['48-54 cm', '51-55 cm', '52-57 cm', '55-59 cm', '58-62 cm', '60-64 cm'],
  lux: ['30 lux', '40 lux', '50 lux', '70 lux', '90 lux', '120 lux'],
  lengths: ['75 cm', '85 cm', '90 cm', '110 cm', '120 cm', '140 cm'],
  litres: ['5 l', '8 l', '12 l', '18 l', '22 l', '25 l'],
  sizes: ['XS', 'S', 'M', 'L', 'XL', 'XXL'],
  pressures: ['8 bar', '10 bar', '11 bar', '12 bar', '14 bar', '16 bar'],
};

export const speeds = words(`
  7 vitesses | 7-speed | 7-fach
  8 vitesses | 8-speed | 8-fach
  9 vitesses | 9-speed | 9-fach
  10 vitesses | 10-speed | 10-fach
  11 vitesses | 11-speed | 11-fach
  12 vitesses | 12-speed | 12-fach
`);

/** Groups of parts that a workshop fits. */
export const fittedGroups: readonly string[] = ['wheels', 'drivetrain', 'brakes', 'comfort', 'luggage'];

/** Names of a maker's series of parts. */
export const lines = 'Solid Tour Sport Urban Pro Comfort Light Cross Winter Race Alpin Classic'.split(' ');

/** Invented makers of parts, with the start of their GTINs. */
export const partMakers = wordTable(
  ['name', 'prefix'],
  `
  Rollwerk | 4260381
  Vélotech | 3770448
  Kettenhaus | 4262902
  Sûre Components | 5450318
  Nordkurve | 4260774
  Pignon d’Or | 3770955
  Ardenne Cycles | 5413027
  Lichtbogen | 4261256
`,
);

/** Invented makers of bicycles, likewise. */
export const bicycleMakers = wordTable(
  ['name', 'prefix'],
  `
  Kirchberg Cycles | 5450407
  Vëlosfabrik | 5450562
  Ardenne Cycles | 5413027
  Monts & Vaux | 3770731
  Talfahrt | 4260159
`,
);
