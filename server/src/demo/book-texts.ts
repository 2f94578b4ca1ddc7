import { words, type Words } from './words.ts';

/** How the description of a book begins, by the kind of book. */
export const openings: Readonly<Record<string, readonly Words[]>> = {
  novel: words(`
    Un roman lumineux sur la mémoire et les liens familiaux, porté par une langue d’une grande justesse. | A luminous novel about memory and family ties, told in prose of rare precision. | Ein leuchtender Roman über Erinnerung und Familie, erzählt in einer Sprache von seltener Genauigkeit.
    Trois générations, une maison au bord de l’eau et un secret que personne n’ose nommer. | Three generations, a house by the water, and a secret that no one dares to name. | Drei Generationen, ein Haus am Wasser und ein Geheimnis, das niemand auszusprechen wagt.
    Après vingt ans d’absence, une femme revient dans la vallée où tout a commencé. | After twenty years away, a woman returns to the valley where it all began. | Nach zwanzig Jahren kehrt eine Frau in das Tal zurück, in dem alles begann.
    Entre Luxembourg et Lisbonne, deux destins se croisent le temps d’un hiver. | Between Luxembourg and Lisbon, two lives cross for the length of one winter. | Zwischen Luxemburg und Lissabon kreuzen sich einen Winter lang zwei Lebenswege.
    Une lettre retrouvée dans un grenier suffit à faire vaciller toute une famille. | A letter found in an attic is enough to shake a whole family. | Ein Brief vom Dachboden genügt, um eine ganze Familie ins Wanken zu bringen.
    L’histoire d’une amitié mise à l’épreuve par la guerre, l’exil et le temps qui passe. | The story of a friendship tested by war, exile and the passing of time. | Die Geschichte einer Freundschaft, die Krieg, Exil und die Zeit auf die Probe stellen.
  `),
  crime: words(`
    Un corps sans papiers, un village qui se tait et une commissaire qui n’a plus rien à perdre. | A body without papers, a village that keeps silent, and an inspector with nothing left to lose. | Eine Tote ohne Papiere, ein Dorf, das schweigt, und eine Kommissarin, die nichts mehr zu verlieren hat.
    L’enquête s’annonce simple, jusqu’à ce qu’un second témoin disparaisse. | The case looks simple until a second witness disappears. | Der Fall scheint einfach, bis eine zweite Zeugin verschwindet.
    Dans les archives d’une ancienne aciérie dort un dossier que quelqu’un veut voir brûler. | In the archives of an old steelworks lies a file that someone wants to see burn. | Im Archiv eines alten Stahlwerks liegt eine Akte, die jemand brennen sehen will.
    Un polar tendu, nourri de brouillard, de faux alibis et de vieilles rancunes. | A taut crime novel, fed on fog, false alibis and old grudges. | Ein packender Krimi voller Nebel, falscher Alibis und alter Rechnungen.
    Quarante-huit heures pour retrouver une enfant : le compte à rebours a commencé. | Forty-eight hours to find a child: the countdown has begun. | Achtundvierzig Stunden, um ein Kind zu finden: Der Countdown läuft.
  `),
  guide: words(`
    Des itinéraires balisés d’une à six heures, avec cartes au 1/25 000 et traces GPS à télécharger. | Marked routes of one to six hours, with 1:25,000 maps and GPS tracks to download. | Ausgeschilderte Touren von einer bis sechs Stunden mit Karten im Maßstab 1:25 000 und GPS-Tracks zum Herunterladen.
    Chaque sortie est décrite pas à pas, avec dénivelé, durée, accès en bus et bonnes adresses. | Every outing is described step by step, with ascent, duration, bus access and places to eat. | Jeder Ausflug ist Schritt für Schritt beschrieben, mit Höhenmetern, Dauer, Busanbindung und Einkehrtipps.
    Un guide pratique qui se glisse dans la poche, pour découvrir la région en toute saison. | A practical guide that fits in a pocket, for exploring the region in every season. | Ein handlicher Führer für die Jackentasche, mit dem sich die Region zu jeder Jahreszeit entdecken lässt.
  `),
  cookery: words(`
    Des recettes éprouvées, expliquées simplement et photographiées à chaque étape. | Tried and tested recipes, simply explained and photographed step by step. | Bewährte Rezepte, einfach erklärt und Schritt für Schritt fotografiert.
    Des plats généreux qui font la part belle aux produits du marché. | Generous dishes that make the most of what the market offers. | Herzhafte Gerichte, in denen die Produkte vom Markt die Hauptrolle spielen.
    De l’entrée au dessert, des idées pour cuisiner bon sans y passer la journée. | From starter to dessert, ideas for cooking well without spending the whole day on it. | Von der Vorspeise bis zum Dessert: Ideen, um gut zu kochen, ohne den ganzen Tag in der Küche zu stehen.
    Astuces, variantes et conseils de conservation accompagnent chaque recette. | Every recipe comes with tips, variations and advice on keeping. | Zu jedem Rezept gibt es Tipps, Varianten und Hinweise zur Aufbewahrung.
  `),
  children: words(`
    Une histoire tendre et drôle à lire à voix haute avant d’éteindre la lumière. | A tender, funny story to read aloud before the light goes out. | Eine zärtliche und lustige Geschichte zum Vorlesen, bevor das Licht ausgeht.
    De grandes illustrations à l’aquarelle et un texte rythmé, dès trois ans. | Large watercolour pictures and a rhythmic text, from the age of three. | Große Aquarellbilder und ein Text mit Rhythmus, ab drei Jahren.
    Un album sur le courage d’être soi-même, plein de surprises à chaque page. | A picture book about the courage to be yourself, with a surprise on every page. | Ein Bilderbuch über den Mut, man selbst zu sein, mit einer Überraschung auf jeder Seite.
    Les tout-petits suivront avec bonheur cette aventure au fil des saisons. | Small children will love following this adventure through the seasons. | Die Kleinsten begleiten dieses Abenteuer mit Freude durch die Jahreszeiten.
  `),
  knowledge: words(`
    Une synthèse claire et richement illustrée, accessible sans connaissances préalables. | A clear and richly illustrated overview that needs no previous knowledge. | Ein klarer, reich bebilderter Überblick, der keine Vorkenntnisse verlangt.
    Des chapitres courts, des schémas parlants et les réponses aux questions que tout le monde se pose. | Short chapters, telling diagrams and answers to the questions everyone asks. | Kurze Kapitel, anschauliche Grafiken und Antworten auf die Fragen, die sich alle stellen.
    L’état actuel des connaissances, raconté avec précision et un vrai sens du récit. | What is known today, told with precision and a true sense of story. | Der heutige Stand des Wissens, genau und mit erzählerischem Gespür dargestellt.
  `),
  course: words(`
    Une progression pas à pas, des dialogues du quotidien et les corrigés en fin d’ouvrage. | Step-by-step progress, everyday dialogues, and answers at the back of the book. | Schritt für Schritt, mit Dialogen aus dem Alltag und Lösungen am Ende des Buches.
    Conforme au Cadre européen commun de référence, avec enregistrements à écouter en ligne. | In line with the Common European Framework of Reference, with recordings to listen to online. | Nach dem Gemeinsamen Europäischen Referenzrahmen, mit Aufnahmen zum Anhören im Internet.
  `),
};

/** What follows, for any book: who wrote it and how it looks. */
export const middles = words(`
  {author} signe ici un ouvrage de {pages} pages, soigneusement imprimé sur papier certifié. | {author} has written a book of {pages} pages, carefully printed on certified paper. | {author} legt ein Buch von {pages} Seiten vor, sorgfältig auf zertifiziertem Papier gedruckt.
  {pages} pages {ofAuthor}, dans une nouvelle édition revue et corrigée. | {pages} pages by {author}, in a new and revised edition. | {pages} Seiten von {author} in einer neuen, durchgesehenen Ausgabe.
  Publié chez {publisher}, ce titre {ofAuthor} compte {pages} pages au format {size}. | Published by {publisher}, this title by {author} has {pages} pages and measures {size}. | Der Titel von {author} ist bei {publisher} erschienen und umfasst {pages} Seiten im Format {size}.
  Un livre {ofAuthor}, {pages} pages, paru chez {publisher}. | A book by {author}, {pages} pages, published by {publisher}. | Ein Buch von {author}, {pages} Seiten, erschienen bei {publisher}.
`);

export const praises = words(`
  Coup de cœur de nos libraires cette saison. | Our booksellers’ favourite this season. | In dieser Saison der Favorit unseres Teams.
  Un titre que nos clients rachètent volontiers pour l’offrir. | A title our customers like to buy again as a present. | Ein Titel, den unsere Kundschaft gern ein zweites Mal kauft, um ihn zu verschenken.
  À mettre entre toutes les mains. | A book for everyone. | Ein Buch für alle.
  Une lecture que l’on n’oublie pas de sitôt. | A book that stays with you. | Eine Lektüre, die lange nachklingt.
  Une belle idée de cadeau, emballée sur demande. | A lovely present, gift-wrapped on request. | Eine schöne Geschenkidee, auf Wunsch verpackt.
  Idéal pour les longues soirées comme pour les voyages en train. | Just right for long evenings and train journeys. | Genau richtig für lange Abende und Zugfahrten.
`);

export const closings = words(`
  Retrait gratuit à la librairie sous deux heures ou livraison à domicile au Luxembourg et dans la Grande Région. | Free collection from our bookshop within two hours, or home delivery in Luxembourg and the Greater Region. | Kostenlose Abholung in der Buchhandlung innerhalb von zwei Stunden oder Lieferung nach Hause in Luxemburg und der Großregion.
  Expédié le jour même pour toute commande passée avant 14 heures. | Sent the same day when ordered before 2 p.m. | Versand am selben Tag bei Bestellung vor 14 Uhr.
  Feuilletez les premières pages en ligne ou venez le découvrir en librairie. | Browse the first pages online or come and see it in the shop. | Blättern Sie online in den ersten Seiten oder entdecken Sie das Buch bei uns im Laden.
  Également disponible en bon cadeau. | Also available as a gift voucher. | Auch als Geschenkgutschein erhältlich.
`);
