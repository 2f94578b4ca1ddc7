import { closings, middles, openings, praises } from './book-texts.ts';
import { bookTitle, type BookKind } from './book-titles.ts';
import { familyNames, givenNames, publishers } from './book-words.ts';
import { gtinOf, shopPrice, type DemoArticle } from './demo-product.ts';
import { at, randomOf, type Random } from './random.ts';
import { slotAt } from './slots.ts';
import { fill, listed, words, wordTable, type Words } from './words.ts';

const pattern: readonly BookKind[] = [
  ...(['novel', 'crime', 'novel', 'children', 'cookery', 'novel', 'guide'] as const),
  ...(['novel', 'children', 'knowledge', 'novel', 'crime', 'cookery', 'novel'] as const),
  ...(['children', 'guide', 'novel', 'crime', 'series', 'course'] as const),
];

const editions = wordTable(
  ['fr', 'en', 'de', 'size', 'price', 'weight'],
  `
  broché | paperback | Broschur | 14 × 21 cm | 100 | 100
  poche | pocket edition | Taschenbuch | 11 × 18 cm | 55 | 60
  relié | hardcover | gebunden | 15 × 23 cm | 125 | 145
  album cartonné | picture book | Bilderbuch | 24 × 28 cm | 80 | 120
  reliure spirale | spiral-bound | Spiralbindung | 12 × 19 cm | 105 | 90
`,
);

interface KindOfBook {
  readonly openings: string;
  /** Positions in `editions`; one product each. */
  readonly editions: readonly number[];
  readonly pages: readonly [number, number];
  readonly cents: readonly [number, number];
  readonly productType: Words;
}

const productTypes = words(`
  Livres > Romans > Littérature contemporaine | Books > Fiction > Contemporary | Bücher > Romane > Gegenwartsliteratur
  Livres > Romans > Policiers | Books > Fiction > Crime | Bücher > Romane > Krimis
  Livres > Guides > Luxembourg et Grande Région | Books > Guides > Luxembourg and Greater Region | Bücher > Reiseführer > Luxemburg und Großregion
  Livres > Cuisine | Books > Cookery | Bücher > Kochen und Backen
  Livres > Jeunesse > Albums | Books > Children > Picture Books | Bücher > Kinder > Bilderbücher
  Livres > Savoirs | Books > Knowledge | Bücher > Sachbücher
  Livres > Bandes dessinées > Séries | Books > Comics > Series | Bücher > Comics > Serien
  Livres > Langues > Méthodes | Books > Languages > Courses | Bücher > Sprachen > Lehrbücher
`);

const kinds: Readonly<Record<BookKind, KindOfBook>> = {
  novel: {
    openings: 'novel',
    editions: [0, 1],
    pages: [180, 520],
    cents: [1690, 2490],
    productType: at(productTypes, 0),
  },
  crime: {
    openings: 'crime',
    editions: [0, 1],
    pages: [220, 460],
    cents: [1590, 2290],
    productType: at(productTypes, 1),
  },
  guide: {
    openings: 'guide',
    editions: [0, 4],
    pages: [96, 240],
    cents: [1490, 2690],
    productType: at(productTypes, 2),
  },
  cookery: {
    openings: 'cookery',
    editions: [2],
    pages: [128, 320],
    cents: [1990, 3490],
    productType: at(productTypes, 3),
  },
  children: {
    openings: 'children',
    editions: [3],
    pages: [24, 64],
    cents: [1390, 2190],
    productType: at(productTypes, 4),
  },
  knowledge: {
    openings: 'knowledge',
    editions: [2],
    pages: [160, 480],
    cents: [2190, 4590],
    productType: at(productTypes, 5),
  },
  series: {
    openings: 'crime',
    editions: [2],
    pages: [48, 96],
    cents: [1290, 1990],
    productType: at(productTypes, 6),
  },
  course: {
    openings: 'course',
    editions: [0],
    pages: [120, 280],
    cents: [1890, 3490],
    productType: at(productTypes, 7),
  },
};

const detailNames = words(`
  Édition | Edition | Ausgabe
  Texte | Text | Text
  Nombre de pages | Number of pages | Seitenzahl
  Reliure | Binding | Einband
`);

type Edition = (typeof editions)[number];

/** A text as it was written, whatever it is bound in. */
interface Work {
  readonly about: KindOfBook;
  readonly number: number;
  readonly title: Words;
  readonly author: string;
  readonly publisher: (typeof publishers)[number];
  readonly pages: number;
  /** Price of a paperback. */
  readonly cents: number;
}

function workOf(kind: BookKind, number: number): Work {
  const about = kinds[kind];
  const random = randomOf('book', kind, number);
  return {
    about,
    number,
    title: bookTitle(kind, number, random),
    publisher: random.pick(publishers),
    author: `${random.pick(givenNames)} ${random.pick(familyNames)}`,
    pages: random.between(...about.pages),
    cents: random.between(...about.cents),
  };
}

/** French elides before a vowel and a mute h: « un livre d’Hélène ». */
const ofAuthor = (author: string) => `${/^[AEÉHIOU]/.test(author) ? 'd’' : 'de '}${author}`;

function textsOf(work: Work, edition: Edition, random: Random): DemoArticle['textsIn'] {
  const { about, author, pages } = work;
  const values = {
    author,
    ofAuthor: ofAuthor(author),
    pages,
    publisher: work.publisher.name,
    size: edition.size,
  };
  const sentences = [listed(openings, about.openings), middles, praises, closings].map((list) =>
    random.pick(list),
  );
  return (language) => {
    const detail = (name: number, value: string) =>
      [at(detailNames, 0)[language], at(detailNames, name)[language], value] as const;
    return {
      title:
        about.editions.length > 1 ? `${work.title[language]} (${edition[language]})` : work.title[language],
      description: sentences.map((sentence) => fill(sentence[language], values)).join(' '),
      productType: about.productType[language],
      colour: '',
      size: edition.size,
      material: edition[language],
      highlights: [],
      details: [detail(1, author), detail(2, String(pages)), detail(3, edition[language])],
    };
  };
}

/** The book number `index` of the shop; an edition is a product of its own, joined to its work by the group. */
export function bookAt(index: number): DemoArticle {
  const { kind, ordinal } = slotAt(pattern, index);
  const { editions: choice } = kinds[kind];
  const work = workOf(kind, Math.floor(ordinal / choice.length));
  const edition = at(editions, at(choice, ordinal));
  const random = randomOf('book edition', index);
  const number = 1000 + work.number;
  return {
    groupId: choice.length > 1 ? `work-${kind}-${number}` : '',
    gtin: gtinOf(work.publisher.prefix, index),
    mpn: `${kind.slice(0, 2)}${number}-${edition.en.slice(0, 2)}`.toUpperCase(),
    brand: work.publisher.name,
    googleCategory: 'Media > Books',
    priceCents: shopPrice((work.cents * Number(edition.price)) / 100),
    weightGrams: Math.round((work.pages * 1.1 * Number(edition.weight)) / 100) + 40,
    pictureCount: random.between(1, 3),
    ownColumn: String(work.pages),
    condition: random.chance(0.03) ? 'used' : 'new',
    textsIn: textsOf(work, edition, random),
  };
}
