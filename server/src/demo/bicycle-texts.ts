import { words, type Words } from './words.ts';

/** What a bicycle or part is for, by its story or group. */
export const openings: Readonly<Record<string, readonly Words[]>> = {
  city: words(`
    Cadre bas, position droite et éclairage sur dynamo moyeu : prêt pour le trajet de tous les jours. | A low frame, an upright position and hub dynamo lights: ready for the daily ride. | Tiefer Einstieg, aufrechte Haltung und Licht am Nabendynamo: bereit für den täglichen Weg.
    Garde-boue, porte-bagages et béquille sont montés d’origine. | Mudguards, rack and stand come fitted as standard. | Schutzbleche, Gepäckträger und Ständer sind serienmäßig montiert.
  `),
  touring: words(`
    Conçu pour les longues distances, chargé ou non, sur route comme sur chemin. | Built for long distances, loaded or not, on roads and on tracks. | Für lange Strecken gebaut, mit und ohne Gepäck, auf Straßen wie auf Wegen.
    Une géométrie stable et de larges passages de roue pour partir loin. | A stable geometry and wide tyre clearance for going far. | Eine ruhige Geometrie und viel Reifenfreiheit für weite Touren.
  `),
  electric: words(`
    Moteur central de 75 Nm et batterie de 625 Wh, amovible et verrouillable. | Mid-drive motor with 75 Nm and a 625 Wh battery, removable and lockable. | Mittelmotor mit 75 Nm und 625-Wh-Akku, abnehmbar und abschließbar.
    Jusqu’à 130 km d’autonomie et une assistance qui monte en douceur. | Up to 130 km of range, and support that comes in gently. | Bis zu 130 km Reichweite und eine Unterstützung, die sanft einsetzt.
  `),
  trail: words(`
    Une fourche de 130 mm, des freins à quatre pistons et des pneus qui accrochent. | A 130 mm fork, four-piston brakes and tyres that grip. | 130 mm Federweg, Vierkolbenbremsen und Reifen mit Biss.
    Agile dans les montées, sûr dans les racines et les pierriers. | Nimble uphill, sure-footed over roots and rocks. | Wendig bergauf, sicher über Wurzeln und Geröll.
  `),
  road: words(`
    Fourche en carbone, freins à disque et câbles intégrés. | Carbon fork, disc brakes and internal cables. | Carbongabel, Scheibenbremsen und innen verlegte Züge.
    Léger, vif et assez confortable pour une sortie de quatre heures. | Light, lively and comfortable enough for a four-hour ride. | Leicht, lebendig und bequem genug für vier Stunden im Sattel.
  `),
  cargo: words(`
    Une caisse de 80 kg de charge utile, deux bancs rabattables et une béquille large. | A box that carries 80 kg, two folding benches and a wide stand. | Eine Box für 80 kg Zuladung, zwei klappbare Bänke und ein breiter Ständer.
    Remplace la voiture pour les courses et le chemin de l’école. | Replaces the car for shopping and the school run. | Ersetzt das Auto beim Einkauf und auf dem Schulweg.
  `),
  children: words(`
    Léger, aux leviers de frein adaptés aux petites mains. | Light, with brake levers made for small hands. | Leicht und mit Bremshebeln für kleine Hände.
    Le carter de chaîne fermé protège les pantalons, la selle suit la croissance. | A closed chain guard protects trousers, and the saddle grows with the child. | Der geschlossene Kettenschutz schont die Hose, der Sattel wächst mit.
  `),
  wheels: words(`
    Un roulement fluide et une excellente tenue sur sol mouillé. | Rolls smoothly and holds well on wet ground. | Rollt leicht und hält auch auf nasser Straße.
    Chaque pièce est contrôlée avant son départ de l’atelier. | Every piece is checked before it leaves the workshop. | Jedes Stück wird geprüft, bevor es die Werkstatt verlässt.
  `),
  drivetrain: words(`
    Des passages de vitesses précis et une longue durée de vie. | Precise shifting and a long life. | Präzise Gangwechsel und lange Lebensdauer.
    Acier nickelé, protégé contre la corrosion. | Nickel-plated steel, protected against corrosion. | Vernickelter Stahl, vor Rost geschützt.
  `),
  brakes: words(`
    Un freinage franc par temps sec comme sous la pluie. | Strong braking in the dry and in the rain. | Kräftige Bremswirkung bei trockenem wie bei nassem Wetter.
    Faible usure, montage sans outil spécial. | Low wear, fitted without special tools. | Geringer Verschleiß, Einbau ohne Spezialwerkzeug.
  `),
  comfort: words(`
    Une forme ergonomique qui soulage les mains et le dos. | An ergonomic shape that takes the strain off hands and back. | Eine ergonomische Form, die Hände und Rücken entlastet.
    Aluminium forgé, finition anodisée. | Forged aluminium with an anodised finish. | Geschmiedetes Aluminium, eloxiert.
  `),
  safety: words(`
    Bien visible et bien protégé, de jour comme de nuit. | Well seen and well protected, by day and by night. | Gut sichtbar und gut geschützt, bei Tag und bei Nacht.
    Conforme aux normes européennes en vigueur. | Meets the European standards in force. | Entspricht den geltenden europäischen Normen.
  `),
  luggage: words(`
    Étanche, avec coutures soudées et fixation rapide. | Waterproof, with welded seams and a quick fastener. | Wasserdicht, mit verschweißten Nähten und Schnellverschluss.
    Se monte en quelques secondes et résiste aux chemins cahoteux. | Fits in seconds and stays put on bumpy tracks. | In Sekunden montiert und auch auf holprigen Wegen fest.
  `),
  clothing: words(`
    Un tissu respirant qui sèche vite, avec détails réfléchissants. | A breathable fabric that dries fast, with reflective details. | Ein atmungsaktiver Stoff, der schnell trocknet, mit reflektierenden Details.
    Coupe pensée pour la position sur le vélo. | A cut made for the position on the bike. | Ein Schnitt, der zur Haltung auf dem Rad passt.
  `),
  workshop: words(`
    Manomètre lisible et tête réversible pour toutes les valves. | A clear gauge and a reversible head for all valves. | Gut lesbares Manometer und umkehrbarer Kopf für alle Ventile.
    Base large en acier, poignée en bois de hêtre. | A wide steel base and a beech handle. | Breiter Stahlfuß und Griff aus Buche.
  `),
};

export const middles = words(`
  {maker}, gamme {line} : une valeur sûre de notre atelier. | {maker}, {line} range: a favourite of our workshop. | {maker}, Serie {line}: in unserer Werkstatt bewährt.
  Modèle {line} de la marque {maker}, {spec}. | The {line} by {maker}, {spec}. | Modell {line} von {maker}, {spec}.
  Nous montons ce modèle {maker} depuis plusieurs saisons et en connaissons chaque détail. | We have been fitting this {maker} model for several seasons and know every detail of it. | Wir verbauen dieses Modell von {maker} seit mehreren Saisons und kennen jedes Detail.
`);

/** Who looks after it, and where to get it: for bicycles, for parts that are fitted, and for the rest. */
export const services: Readonly<Record<'bicycle' | 'fitted' | 'other', readonly Words[]>> = {
  bicycle: words(`
    Révision gratuite après 300 km. Essai du mardi au samedi, sans rendez-vous. | Free service after 300 km. Test rides from Tuesday to Saturday, no appointment needed. | Kostenlose Inspektion nach 300 km. Probefahrten von Dienstag bis Samstag, ohne Termin.
    Éligible à la prime vélo selon les conditions en vigueur. Livré réglé et prêt à rouler. | May qualify for the bicycle subsidy under the rules in force. Delivered adjusted and ready to ride. | Nach geltenden Bedingungen für die Fahrradprämie geeignet. Eingestellt und fahrbereit geliefert.
    Pièces de rechange disponibles pendant dix ans dans notre atelier. | Spare parts available in our workshop for ten years. | Ersatzteile sind in unserer Werkstatt zehn Jahre lang erhältlich.
  `),
  fitted: words(`
    Montage possible en atelier, sur rendez-vous. | Fitting in our workshop by appointment. | Montage in unserer Werkstatt nach Terminabsprache.
    Notice de montage fournie ; compatible avec la plupart des cadres courants. | Fitting instructions included; suits most common frames. | Mit Montageanleitung; passt an die meisten gängigen Rahmen.
  `),
  other: words(`
    Échange gratuit sous trente jours. | Free exchange within thirty days. | Kostenloser Umtausch innerhalb von dreißig Tagen.
    En libre essai dans notre magasin. | Try it in our shop. | In unserem Geschäft zum Ausprobieren.
  `),
};

export const closings = words(`
  Retrait au Kirchberg, à deux pas du tram, ou livraison dans tout le pays. | Collect it on the Kirchberg, a few steps from the tram, or have it delivered anywhere in the country. | Abholung auf dem Kirchberg, wenige Schritte von der Tram, oder Lieferung im ganzen Land.
  Une question ? L’atelier répond au téléphone dès 9 heures. | Any questions? The workshop answers the phone from 9 a.m. | Fragen? Die Werkstatt ist ab 9 Uhr am Telefon.
`);

/** Path of the shop for each group of parts, and `bicycles`. */
export const productTypes: Readonly<Record<string, Words>> = {
  bicycles: { fr: 'Vélos > {type}', en: 'Bicycles > {type}', de: 'Fahrräder > {type}' },
  wheels: {
    fr: 'Pièces > Roues et pneus',
    en: 'Parts > Wheels and Tyres',
    de: 'Teile > Laufräder und Reifen',
  },
  drivetrain: { fr: 'Pièces > Transmission', en: 'Parts > Drivetrain', de: 'Teile > Antrieb' },
  brakes: { fr: 'Pièces > Freins', en: 'Parts > Brakes', de: 'Teile > Bremsen' },
  comfort: { fr: 'Pièces > Confort', en: 'Parts > Comfort', de: 'Teile > Komfort' },
  safety: { fr: 'Accessoires > Sécurité', en: 'Accessories > Safety', de: 'Zubehör > Sicherheit' },
  luggage: { fr: 'Accessoires > Bagagerie', en: 'Accessories > Luggage', de: 'Zubehör > Gepäck' },
  clothing: { fr: 'Vêtements > Cyclisme', en: 'Clothing > Cycling', de: 'Bekleidung > Radfahren' },
  workshop: { fr: 'Accessoires > Atelier', en: 'Accessories > Workshop', de: 'Zubehör > Werkstatt' },
};

/** Google's path for each of the same groups. */
export const googleCategories: Readonly<Record<string, string>> = {
  bicycles: 'Sporting Goods > Outdoor Recreation > Cycling > Bicycles',
  wheels: 'Sporting Goods > Outdoor Recreation > Cycling > Bicycle Parts > Bicycle Tires',
  drivetrain: 'Sporting Goods > Outdoor Recreation > Cycling > Bicycle Parts > Bicycle Drivetrain Parts',
  brakes: 'Sporting Goods > Outdoor Recreation > Cycling > Bicycle Parts > Bicycle Brake Parts',
  comfort: 'Sporting Goods > Outdoor Recreation > Cycling > Bicycle Parts',
  safety: 'Sporting Goods > Outdoor Recreation > Cycling > Bicycle Accessories',
  luggage: 'Sporting Goods > Outdoor Recreation > Cycling > Bicycle Accessories',
  clothing: 'Sporting Goods > Outdoor Recreation > Cycling > Cycling Apparel & Accessories',
  workshop: 'Sporting Goods > Outdoor Recreation > Cycling > Bicycle Accessories',
};
