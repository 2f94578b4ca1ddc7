import { wordTable, words } from './words.ts';

/** Non-fiction: a subject in the cases that the titles need. */
export const subjects = wordTable(
  ['fr', 'frOf', 'en', 'de', 'deOf'],
  `
  le climat | du climat | the Climate | das Klima | des Klimas
  l’architecture | de l’architecture | Architecture | die Architektur | der Architektur
  la musique | de la musique | Music | die Musik | der Musik
  le cerveau | du cerveau | the Brain | das Gehirn | des Gehirns
  les forêts | des forêts | Forests | die Wälder | der Wälder
  l’astronomie | de l’astronomie | Astronomy | die Astronomie | der Astronomie
  la photographie | de la photographie | Photography | die Fotografie | der Fotografie
  les oiseaux | des oiseaux | Birds | die Vögel | der Vögel
  les champignons | des champignons | Mushrooms | die Pilze | der Pilze
  le vin | du vin | Wine | den Wein | des Weins
  la sidérurgie | de la sidérurgie | Steelmaking | die Stahlindustrie | der Stahlindustrie
  l’Union européenne | de l’Union européenne | the European Union | die Europäische Union | der Europäischen Union
  le sommeil | du sommeil | Sleep | den Schlaf | des Schlafs
  les volcans | des volcans | Volcanoes | die Vulkane | der Vulkane
  les océans | des océans | Oceans | die Ozeane | der Ozeane
  la typographie | de la typographie | Typography | die Typografie | der Typografie
  les châteaux forts | des châteaux forts | Castles | die Burgen | der Burgen
  le jardinage | du jardinage | Gardening | das Gärtnern | des Gärtnerns
  l’économie | de l’économie | the Economy | die Wirtschaft | der Wirtschaft
  les langues | des langues | Languages | die Sprachen | der Sprachen
  la philosophie | de la philosophie | Philosophy | die Philosophie | der Philosophie
  les mathématiques | des mathématiques | Mathematics | die Mathematik | der Mathematik
  le chocolat | du chocolat | Chocolate | die Schokolade | der Schokolade
  les chemins de fer | des chemins de fer | Railways | die Eisenbahn | der Eisenbahn
  les insectes | des insectes | Insects | die Insekten | der Insekten
  la céramique | de la céramique | Ceramics | die Keramik | der Keramik
  le cinéma | du cinéma | Cinema | das Kino | des Kinos
  l’informatique | de l’informatique | Computing | die Informatik | der Informatik
  les rêves | des rêves | Dreams | die Träume | der Träume
  le café | du café | Coffee | den Kaffee | des Kaffees
`,
);

export const treatments = words(`
  Comprendre {fr} | Understanding {en} | {de} verstehen
  Petite histoire {frOf} | A Short History of {en} | Kleine Geschichte {deOf}
  L’Atlas {frOf} | The Atlas of {en} | Der Atlas {deOf}
  Le Grand Livre {frOf} | The Big Book of {en} | Das große Buch {deOf}
  Les Secrets {frOf} | The Secrets of {en} | Die Geheimnisse {deOf}
  {fr} en 100 questions | 100 Questions about {en} | 100 Fragen rund um {de}
  Dans les coulisses {frOf} | Behind the Scenes of {en} | Hinter den Kulissen {deOf}
  L’Abécédaire {frOf} | An ABC of {en} | Das Abc {deOf}
`);

/** Cookery: a dish and what kind of recipes. */
export const dishes = words(`
  Soupes et veloutés | Soups and Broths | Suppen und Brühen
  Tartes et quiches | Tarts and Quiches | Tartes und Quiches
  Pains et brioches | Breads and Brioches | Brote und Brioches
  Gratins | Gratins | Aufläufe
  Salades composées | Hearty Salads | Bunte Salate
  Confitures | Jams and Preserves | Konfitüren
  Légumes d’hiver | Winter Vegetables | Wintergemüse
  Poissons de rivière | River Fish | Süßwasserfische
  Risottos | Risottos | Risottos
  Pâtes fraîches | Fresh Pasta | Frische Pasta
  Biscuits de Noël | Christmas Biscuits | Weihnachtsplätzchen
  Gâteaux du dimanche | Sunday Cakes | Sonntagskuchen
  Fromages | Cheese | Käse
  Pommes de terre | Potatoes | Kartoffeln
  Courges et potirons | Squashes and Pumpkins | Kürbisse
  Légumineuses | Pulses | Hülsenfrüchte
  Champignons | Mushrooms | Pilze
  Herbes aromatiques | Herbs | Kräuter
  Petits déjeuners | Breakfasts | Frühstück
  Pique-niques | Picnics | Picknick
  Grillades | Barbecue | Grillen
  Bocaux et conserves | Jars and Pickles | Eingemachtes
  Chocolat | Chocolate | Schokolade
  Pommes et poires | Apples and Pears | Äpfel und Birnen
  Crêpes et gaufres | Pancakes and Waffles | Pfannkuchen und Waffeln
  Ragoûts | Stews | Eintöpfe
  Glaces et sorbets | Ice Creams and Sorbets | Eis und Sorbets
  Apéritifs | Small Bites | Häppchen
  Œufs | Eggs | Eier
  Boulettes et farces | Dumplings and Fillings | Knödel und Füllungen
`);

export const recipeKinds = words(`
  recettes faciles | Easy Recipes | einfache Rezepte
  recettes de saison | Seasonal Recipes | Rezepte der Saison
  recettes végétariennes | Vegetarian Recipes | vegetarische Rezepte
  recettes traditionnelles | Traditional Recipes | traditionelle Rezepte
  recettes en 30 minutes | Recipes in 30 Minutes | Rezepte in 30 Minuten
  recettes pour toute la famille | Recipes for the Whole Family | Rezepte für die ganze Familie
  recettes sans gluten | Gluten-Free Recipes | glutenfreie Rezepte
  recettes de bistrot | Bistro Recipes | Bistrorezepte
  recettes du Luxembourg | Recipes from Luxembourg | Rezepte aus Luxemburg
  recettes de grand-mère | Grandmother’s Recipes | Rezepte wie von Großmutter
  recettes à petit prix | Recipes on a Budget | preiswerte Rezepte
  recettes de fête | Festive Recipes | festliche Rezepte
  recettes à préparer la veille | Make-Ahead Recipes | Rezepte zum Vorbereiten
  recettes végétaliennes | Vegan Recipes | vegane Rezepte
  recettes d’Italie | Recipes from Italy | Rezepte aus Italien
  recettes du Portugal | Recipes from Portugal | Rezepte aus Portugal
`);

/** Picture books: an animal with an adjective, and what it meets. `f` where French wants the feminine. */
export const animals = wordTable(
  ['fr', 'frGender', 'en', 'de'],
  `
  renard | m | Fox | Der {adjective} Fuchs
  chouette | f | Owl | Die {adjective} Eule
  hérisson | m | Hedgehog | Der {adjective} Igel
  souris | f | Mouse | Die {adjective} Maus
  ours | m | Bear | Der {adjective} Bär
  loutre | f | Otter | Der {adjective} Otter
  écureuil | m | Squirrel | Das {adjective} Eichhörnchen
  tortue | f | Tortoise | Die {adjective} Schildkröte
  lapin | m | Rabbit | Das {adjective} Kaninchen
  grenouille | f | Frog | Der {adjective} Frosch
  blaireau | m | Badger | Der {adjective} Dachs
  oie | f | Goose | Die {adjective} Gans
  castor | m | Beaver | Der {adjective} Biber
  baleine | f | Whale | Der {adjective} Wal
  mouton | m | Sheep | Das {adjective} Schaf
  chèvre | f | Goat | Die {adjective} Ziege
  dragon | m | Dragon | Der {adjective} Drache
  abeille | f | Bee | Die {adjective} Biene
  corbeau | m | Raven | Der {adjective} Rabe
  girafe | f | Giraffe | Die {adjective} Giraffe
  pingouin | m | Penguin | Der {adjective} Pinguin
  coccinelle | f | Ladybird | Der {adjective} Marienkäfer
  chat | m | Cat | Die {adjective} Katze
  taupe | f | Mole | Der {adjective} Maulwurf
  âne | m | Donkey | Der {adjective} Esel
  licorne | f | Unicorn | Das {adjective} Einhorn
  éléphant | m | Elephant | Der {adjective} Elefant
  poule | f | Hen | Die {adjective} Henne
`,
);

/** `before` where the adjective stands before the noun in French. */
export const natures = wordTable(
  ['m', 'f', 'place', 'en', 'de'],
  `
  petit | petite | before | Little | kleine
  curieux | curieuse | after | Curious | neugierige
  courageux | courageuse | after | Brave | mutige
  rêveur | rêveuse | after | Dreamy | verträumte
  distrait | distraite | after | Absent-Minded | zerstreute
  gourmand | gourmande | after | Hungry | hungrige
  timide | timide | after | Shy | schüchterne
  bavard | bavarde | after | Chatty | geschwätzige
`,
);

export const encounters = words(`
  la lune | the Moon | der Mond
  le grand voyage | the Long Journey | die große Reise
  la neige | the Snow | der Schnee
  l’arc-en-ciel | the Rainbow | der Regenbogen
  le train de nuit | the Night Train | der Nachtzug
  la bibliothèque | the Library | die Bibliothek
  le nuage rose | the Pink Cloud | die rosa Wolke
  les étoiles filantes | the Shooting Stars | die Sternschnuppen
  le gâteau disparu | the Missing Cake | der verschwundene Kuchen
  le vieux moulin | the Old Mill | die alte Mühle
  la montgolfière | the Hot-Air Balloon | der Heißluftballon
  le trésor du château | the Castle Treasure | der Burgschatz
  la boîte à musique | the Music Box | die Spieldose
  le potager magique | the Magic Vegetable Patch | das magische Gemüsebeet
  le phare | the Lighthouse | der Leuchtturm
  la grande course | the Big Race | das große Rennen
  l’école de la forêt | the Forest School | die Waldschule
  le géant endormi | the Sleeping Giant | der schlafende Riese
  la rivière | the River | der Fluss
  le premier flocon | the First Snowflake | die erste Schneeflocke
  le facteur | the Postman | der Briefträger
  la fête foraine | the Funfair | der Jahrmarkt
  le parapluie rouge | the Red Umbrella | der rote Regenschirm
  l’île aux oiseaux | the Island of Birds | die Vogelinsel
`);
