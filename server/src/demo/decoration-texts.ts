import { words, type Words } from './words.ts';

/** How the description of a thing begins, by its group. */
export const openings: Readonly<Record<string, readonly Words[]>> = {
  vases: words(`
    Une forme douce qui met en valeur aussi bien une branche seule qu’un grand bouquet. | A soft shape that suits a single branch as well as a large bouquet. | Eine weiche Form, in der ein einzelner Zweig ebenso gut wirkt wie ein großer Strauß.
    Tournée à la main, chaque pièce porte de légères variations qui la rendent unique. | Thrown by hand, each piece has slight variations that make it unique. | Von Hand gedreht: Jedes Stück zeigt kleine Unterschiede, die es einzigartig machen.
  `),
  lights: words(`
    Une lumière chaude et tamisée qui invite à s’attarder. | A warm, soft light that invites you to linger. | Ein warmes, gedämpftes Licht, das zum Verweilen einlädt.
    Câble textile fourni ; ampoule E27 non comprise. | Supplied with a fabric cable; E27 bulb not included. | Mit Textilkabel; Leuchtmittel E27 nicht enthalten.
  `),
  cushions: words(`
    Un tissu souple, tissé serré, qui garde sa tenue lavage après lavage. | A supple, tightly woven fabric that keeps its shape wash after wash. | Ein weicher, dicht gewebter Stoff, der auch nach vielen Wäschen seine Form behält.
    Fermeture à glissière invisible et finitions passepoilées. | Concealed zip and piped edges. | Verdeckter Reißverschluss und Kanten mit Paspel.
  `),
  throws: words(`
    Légèreté et chaleur, pour le canapé comme pour les soirées au jardin. | Light yet warm, for the sofa as well as for evenings in the garden. | Leicht und doch warm, für das Sofa ebenso wie für Abende im Garten.
    Le tissage d’une petite filature qui travaille sans blanchiment au chlore. | Woven in a small mill that works without chlorine bleach. | Gewebt in einer kleinen Spinnerei, die ohne Chlorbleiche arbeitet.
  `),
  rugs: words(`
    Un poil court et dense, agréable sous le pied et facile à aspirer. | A short, dense pile, pleasant underfoot and easy to vacuum. | Ein kurzer, dichter Flor, angenehm unter den Füßen und leicht zu saugen.
    Un nouage à la main selon un motif géométrique discret. | Knotted by hand in a quiet geometric pattern. | Von Hand geknüpft, mit einem zurückhaltenden geometrischen Muster.
  `),
  candles: words(`
    De quoi réchauffer une table d’automne ou un rebord de fenêtre. | Enough to warm an autumn table or a window sill. | Genau das Richtige für den herbstlichen Tisch oder die Fensterbank.
    Un jeu de reflets qui change avec la flamme. | A play of reflections that changes with the flame. | Ein Spiel der Reflexe, das sich mit der Flamme verändert.
  `),
  mirrors: words(`
    Il agrandit l’entrée et renvoie la lumière du jour au fond de la pièce. | It makes a hallway larger and carries daylight deep into the room. | Er macht den Flur größer und trägt das Tageslicht tief in den Raum.
    Verre de 4 mm à bord poli, fixations murales comprises. | 4 mm glass with polished edges, wall fittings included. | 4 mm starkes Glas mit polierter Kante, Wandbefestigung inbegriffen.
  `),
  frames: words(`
    Un profil fin qui laisse toute la place à l’image. | A slim profile that leaves all the room to the picture. | Ein schmales Profil, das dem Bild allen Platz lässt.
    À poser ou à suspendre, en hauteur comme en largeur. | To stand or to hang, upright or across. | Zum Stellen oder Hängen, im Hoch- oder Querformat.
  `),
  baskets: words(`
    Un tressage à la main, solide et assez large pour les jouets, le bois ou la laine. | Woven by hand, sturdy and large enough for toys, firewood or wool. | Von Hand geflochten, stabil und groß genug für Spielzeug, Holz oder Wolle.
    Deux anses renforcées permettent de l’emporter d’une pièce à l’autre. | Two reinforced handles let you carry it from room to room. | Dank zweier verstärkter Griffe lässt er sich von Zimmer zu Zimmer tragen.
  `),
  clocks: words(`
    Un mouvement silencieux et un cadran lisible de loin. | A silent movement and a face that can be read from afar. | Ein lautloses Uhrwerk und ein Zifferblatt, das sich aus der Ferne ablesen lässt.
    Fonctionne avec une pile AA, non fournie. | Runs on one AA battery, not included. | Läuft mit einer AA-Batterie, nicht enthalten.
  `),
  table: words(`
    Émail posé à la main, compatible avec le lave-vaisselle et le four à micro-ondes. | Glazed by hand, safe in the dishwasher and the microwave. | Von Hand glasiert, für Spülmaschine und Mikrowelle geeignet.
    Pensé pour le quotidien, assez beau pour les jours de fête. | Made for every day, beautiful enough for celebrations. | Für jeden Tag gedacht, schön genug für Festtage.
  `),
  linen: words(`
    Un tissage serré au tombé souple, ourlé à la main. | A close weave that falls softly, hemmed by hand. | Ein dichtes Gewebe mit weichem Fall, von Hand gesäumt.
    Lavable à 40 °C, sans repassage nécessaire. | Washable at 40 °C, no ironing needed. | Bei 40 °C waschbar und auch ungebügelt schön.
  `),
  planters: words(`
    Fond percé et soucoupe assortie : les plantes respirent. | With a drainage hole and a matching saucer, so that plants can breathe. | Mit Abflussloch und passendem Untersetzer, damit die Pflanzen atmen können.
    Résiste au gel jusqu’à -15 °C et convient au balcon toute l’année. | Frost-proof down to -15 °C and fit for the balcony all year round. | Frostfest bis -15 °C und das ganze Jahr über balkontauglich.
  `),
  furniture: words(`
    Un petit meuble qui trouve sa place dans l’entrée, le salon ou la chambre. | A small piece that finds its place in the hall, the living room or the bedroom. | Ein kleines Möbel, das im Flur, im Wohnzimmer oder im Schlafzimmer seinen Platz findet.
    Aucune vis apparente, livraison en un seul morceau. | No visible screws, delivered in one piece. | Ohne sichtbare Schrauben, in einem Stück geliefert.
  `),
};

export const middles = words(`
  Matière : {material}. Dimensions : {size}. Coloris : {colour}. | Material: {material}. Dimensions: {size}. Colour: {colour}. | Material: {material}. Maße: {size}. Farbe: {colour}.
  Une création {maker} de la collection « {collection} », en {colour}. | By {maker}, from the {collection} collection, in {colour}. | Von {maker}, aus der Kollektion „{collection}“, in {colour}.
  La collection « {collection} », signée {maker}, se décline en plusieurs tailles et coloris. | The {collection} collection by {maker} comes in several sizes and colours. | Die Kollektion „{collection}“ von {maker} gibt es in mehreren Größen und Farben.
`);

export const cares = words(`
  S’entretient avec un chiffon doux et sec. | Clean with a soft, dry cloth. | Mit einem weichen, trockenen Tuch pflegen.
  Les nuances peuvent varier légèrement d’une pièce à l’autre. | Shades may vary slightly from piece to piece. | Farbtöne können von Stück zu Stück leicht abweichen.
  Fabriqué en petites séries dans la Grande Région. | Made in small series in the Greater Region. | In kleinen Serien in der Großregion gefertigt.
  Emballage sans plastique. | Plastic-free packaging. | Verpackung ohne Plastik.
`);

export const closings = words(`
  À voir dans notre boutique de la rue Philippe II ou livré chez vous en deux à quatre jours. | See it in our shop in rue Philippe II, or have it delivered in two to four days. | In unserem Geschäft in der Rue Philippe II zu sehen oder in zwei bis vier Tagen bei Ihnen.
  Retour gratuit sous trente jours. | Free returns within thirty days. | Kostenlose Rückgabe innerhalb von dreißig Tagen.
  Besoin d’un conseil ? Nos décorateurs répondent du lundi au samedi. | Need advice? Our decorators answer from Monday to Saturday. | Sie wünschen Beratung? Unser Team antwortet von Montag bis Samstag.
`);

export const highlights = words(`
  Fabrication artisanale, petites séries | Craft production, small series | Handwerkliche Fertigung, kleine Serien
  Livraison gratuite dès 60 € | Free delivery from €60 | Kostenlose Lieferung ab 60 €
  Emballage cadeau possible | Gift wrapping available | Auf Wunsch als Geschenk verpackt
  Matières naturelles | Natural materials | Natürliche Materialien
  Disponible en plusieurs tailles | Available in several sizes | In mehreren Größen erhältlich
`);
