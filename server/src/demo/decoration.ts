import { cares, closings, highlights, middles, openings } from './decoration-texts.ts';
import { adjectives, collections, colours, groups, makers, materials, objects } from './decoration-words.ts';
import { gtinOf, shopPrice, type DemoArticle } from './demo-product.ts';
import { at, combination, randomOf, type Random } from './random.ts';
import { fill, listed, type Words } from './words.ts';

/** Every object comes in so many variants of size and colour, which are neighbours in the feed. */
const variantCount = 4;

type DecorationObject = (typeof objects)[number];
type Adjective = (typeof adjectives)[number];

const germanEndings: Readonly<Record<string, string>> = { m: 'er', f: 'e', n: 'es' };

interface Naming {
  readonly object: DecorationObject;
  readonly adjective: Adjective | undefined;
  readonly collection: string;
  readonly material: Words;
  readonly colour: Words;
  readonly size: string;
}

function titles({ object, adjective, collection, material, colour, size }: Naming): Words {
  const french = adjective && ` ${object.frGender === 'f' ? adjective.f : adjective.m}`;
  const english = adjective && `${adjective.en} `;
  const german = adjective && `${adjective.de}${germanEndings[object.deGender] ?? ''} `;
  return {
    fr: `${object.fr}${french ?? ''} « ${collection} » en ${material.fr}, ${colour.fr}, ${size}`,
    en: `${english ?? ''}${object.en} “${collection}” in ${material.en}, ${colour.en}, ${size}`,
    de: `${german ?? ''}${object.de} „${collection}“ aus ${material.de}, ${colour.de}, ${size}`,
  };
}

/** A set is a plural or a phrase of its own: no adjective agrees with it. */
function adjectiveFor(object: DecorationObject, random: Random): Adjective | undefined {
  const takesOne = object.frGender !== '-' && object.deGender !== '-';
  return takesOne && random.chance(0.5) ? random.pick(adjectives) : undefined;
}

/** What the variants of a product have in common. */
interface Design {
  readonly number: number;
  readonly object: DecorationObject;
  readonly group: (typeof groups)[number];
  readonly adjective: Adjective | undefined;
  readonly collection: string;
  readonly material: (typeof materials)[number];
  readonly maker: (typeof makers)[number];
  readonly firstSize: number;
  readonly firstColour: number;
  readonly cents: number;
}

const groupsByName = Object.fromEntries(groups.map((group) => [group.group, group]));
const materialsByKey = Object.fromEntries(materials.map((material) => [material.key, material]));

function designOf(number: number): Design {
  const [objectPosition = 0, collectionPosition = 0] = combination(number, [
    objects.length,
    collections.length,
  ]);
  const object = at(objects, objectPosition);
  const random = randomOf('decoration', number);
  const group = listed(groupsByName, object.group);
  return {
    number,
    object,
    group,
    adjective: adjectiveFor(object, random),
    collection: at(collections, collectionPosition),
    material: listed(materialsByKey, random.pick(group.materials.split(' '))),
    maker: random.pick(makers),
    firstSize: random.below(3),
    firstColour: random.below(colours.length),
    cents: Number(object.euros) * 100 + random.below(900),
  };
}

/** Of four variants two have another size, and two another colour. */
const sizeOf = ({ firstSize }: Design, variant: number) => (firstSize + (variant >> 1)) % 4;
const colourOf = ({ firstColour }: Design, variant: number) => at(colours, firstColour + (variant & 1) * 5);

function textsOf(design: Design, variant: number, random: Random): DemoArticle['textsIn'] {
  const { object, group, material, collection, maker } = design;
  const colour = colourOf(design, variant);
  const size = at(group.sizes.split(';'), sizeOf(design, variant));
  const sentences = [listed(openings, object.group), middles, cares, closings].map((list) =>
    random.pick(list),
  );
  const title = titles({ ...design, colour, size });
  const strong = random.below(highlights.length);
  return (language) => {
    const values = {
      material: material[language],
      size,
      colour: colour[language],
      maker: maker.name,
      collection,
    };
    return {
      title: title[language],
      description: sentences.map((sentence) => fill(sentence[language], values)).join(' '),
      productType: group[language],
      colour: colour[language],
      size,
      material: material[language],
      highlights: [0, 1, 2].map((step) => at(highlights, strong + step)[language]),
      details: [],
    };
  };
}

/** The decoration number `index` of the shop. */
export function decorationAt(index: number): DemoArticle {
  const design = designOf(Math.floor(index / variantCount));
  const variant = index % variantCount;
  const random = randomOf('decoration variant', index);
  const factor = 0.75 + sizeOf(design, variant) * 0.25;
  const number = 2000 + design.number;
  return {
    groupId: `design-${number}`,
    gtin: gtinOf(design.maker.prefix, index),
    mpn: `${design.collection.slice(0, 3).toUpperCase()}-${number}-${variant + 1}`,
    brand: design.maker.name,
    googleCategory: design.group.google,
    priceCents: shopPrice(design.cents * factor),
    weightGrams: Math.round(Number(design.object.grams) * factor),
    pictureCount: random.between(1, 5),
    ownColumn: design.collection,
    condition: 'new',
    textsIn: textsOf(design, variant, random),
  };
}
