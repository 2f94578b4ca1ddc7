import type { Language } from '../product-data/language.ts';
import { closings, googleCategories, middles, openings, productTypes, services } from './bicycle-texts.ts';
import {
  bicycleMakers,
  bicycleTypes,
  fittedGroups,
  frameSizes,
  lines,
  models,
  paints,
  partMakers,
  parts,
  specs,
  speeds,
} from './bicycle-words.ts';
import { gtinOf, shopPrice, type DemoArticle } from './demo-product.ts';
import { at, combination, randomOf, type Random } from './random.ts';
import { slotAt } from './slots.ts';
import { fill, inEach, listed, type Words } from './words.ts';

const pattern = ['bicycle', 'part', 'part'] as const;
/** Variants are neighbours: sizes and paints of a bicycle, versions of a part. */
const bicycleVariants = 4;
const partVariants = 6;

const none = inEach(() => '');
const black: Words = { fr: 'noir', en: 'black', de: 'Schwarz' };

/** Inches have a sign in English only, as in 28". */
const inches = (text: string): Words => ({
  fr: text.replace('"', ' pouces'),
  en: text,
  de: text.replace('"', ' Zoll'),
});

const frameNames: Readonly<Record<string, Words>> = {
  cm: { fr: 'cadre {size}', en: '{size} frame', de: 'Rahmen {size}' },
  letters: { fr: 'taille {size}', en: 'size {size}', de: 'Größe {size}' },
};
const warranty: Words = { fr: 'Garantie', en: 'Warranty', de: 'Garantie' };
const years: Words = { fr: '{count} ans', en: '{count} years', de: '{count} Jahre' };

interface Described {
  readonly story: string;
  readonly service: readonly Words[];
  readonly maker: string;
  readonly line: string;
  readonly spec: Words;
}

type Description = (language: Language) => string;

function description({ story, service, maker, line, spec }: Described, random: Random): Description {
  const sentences = [listed(openings, story), middles, service, closings].map((list) => random.pick(list));
  return (language) =>
    sentences.map((text) => fill(text[language], { maker, line, spec: spec[language] })).join(' ');
}

interface Texts {
  readonly title: Words;
  readonly description: Description;
  readonly productType: Words;
  readonly colour: Words;
  readonly size: Words;
  readonly warrantyYears: number;
}

function textsOf(texts: Texts): DemoArticle['textsIn'] {
  return (language) => ({
    title: texts.title[language],
    description: texts.description(language),
    productType: texts.productType[language],
    colour: texts.colour[language],
    size: texts.size[language],
    material: '',
    highlights: [],
    details: [
      ['Service', warranty[language], fill(years[language], { count: texts.warrantyYears })] as const,
    ],
  });
}

/** What the variants of a bicycle have in common. */
function bicycleDesign(number: number) {
  const [typePosition = 0, modelPosition = 0] = combination(number, [bicycleTypes.length, models.length]);
  const random = randomOf('bicycle', number);
  const type = at(bicycleTypes, typePosition);
  return {
    type,
    line: at(models, modelPosition),
    maker: random.pick(bicycleMakers),
    firstPaint: random.below(paints.length),
    firstFrame: random.below(4),
    warrantyYears: random.between(2, 5),
    cents: Number(type.euros) * 100 * (0.85 + random.below(40) / 100),
    grams: Number(type.grams) + random.below(12) * 50,
  };
}

function bicycleTexts(design: ReturnType<typeof bicycleDesign>, variant: number, random: Random) {
  const { type, line, maker, firstPaint, firstFrame, warrantyYears } = design;
  const paint = at(paints, firstPaint + (variant >> 1) * 3);
  const size = inches(at(listed(frameSizes, type.frames), firstFrame + (variant & 1)));
  const frame = frameNames[type.frames];
  const spec = inEach((language) =>
    frame ? fill(frame[language], { size: size[language] }) : size[language],
  );
  const about = { story: type.story, service: services.bicycle, maker: maker.name, line, spec };
  const path = listed(productTypes, 'bicycles');
  return textsOf({
    title: {
      fr: `${type.fr} ${maker.name} « ${line} », ${spec.fr}, ${paint.fr}`,
      en: `${maker.name} “${line}” ${type.en}, ${spec.en}, ${paint.en}`,
      de: `${type.de} ${maker.name} „${line}“, ${spec.de}, ${paint.de}`,
    },
    description: description(about, random),
    productType: inEach((language) => fill(path[language], { type: type[language] })),
    colour: paint,
    size,
    warrantyYears,
  });
}

function bicycleAt(ordinal: number, index: number): DemoArticle {
  const number = Math.floor(ordinal / bicycleVariants);
  const variant = ordinal % bicycleVariants;
  const design = bicycleDesign(number);
  const { line, maker, warrantyYears } = design;
  const random = randomOf('bicycle variant', index);
  return {
    groupId: `bike-${3000 + number}`,
    gtin: gtinOf(maker.prefix, index),
    mpn: `${line.slice(0, 3).toUpperCase()}-${3000 + number}-${variant + 1}`,
    brand: maker.name,
    googleCategory: listed(googleCategories, 'bicycles'),
    priceCents: shopPrice(design.cents),
    weightGrams: design.grams,
    pictureCount: random.between(2, 6),
    ownColumn: String(warrantyYears),
    condition: random.chance(0.04) ? 'refurbished' : 'new',
    textsIn: bicycleTexts(design, variant, random),
  };
}

/** What tells one variant of a part from the next: a paint, a number of speeds or a measure. */
function partSpec(kind: string, variant: number): Words {
  if (kind === 'paints') return at(paints, variant);
  if (kind === 'speeds') return at(speeds, variant);
  return inches(at(listed(specs, kind), variant));
}

function partAt(ordinal: number, index: number): DemoArticle {
  const design = Math.floor(ordinal / partVariants);
  const variant = ordinal % partVariants;
  const [partPosition = 0, linePosition = 0] = combination(design, [parts.length, lines.length]);
  const part = at(parts, partPosition);
  const line = at(lines, linePosition);
  const ofDesign = randomOf('part', design);
  const maker = ofDesign.pick(partMakers);
  const spec = partSpec(part.specs, variant);
  const painted = part.specs === 'paints';
  const warrantyYears = ofDesign.between(2, 3);
  const random = randomOf('part variant', index);
  const service = fittedGroups.includes(part.group) ? services.fitted : services.other;
  const factor = 0.8 + ofDesign.below(40) / 100 + (painted ? 0 : variant * 0.05);
  return {
    groupId: `part-${5000 + design}`,
    gtin: gtinOf(maker.prefix, index),
    mpn: `${line.slice(0, 2).toUpperCase()}${5000 + design}.${variant + 1}`,
    brand: maker.name,
    googleCategory: listed(googleCategories, part.group),
    priceCents: shopPrice(Number(part.euros) * 100 * factor),
    weightGrams: Math.round(Number(part.grams) * factor),
    pictureCount: random.between(1, 3),
    ownColumn: String(warrantyYears),
    condition: 'new',
    textsIn: textsOf({
      title: {
        fr: `${part.fr} ${maker.name} ${line}, ${spec.fr}`,
        en: `${maker.name} ${line} ${part.en}, ${spec.en}`,
        de: `${maker.name} ${line} ${part.de}, ${spec.de}`,
      },
      description: description({ story: part.group, service, maker: maker.name, line, spec }, random),
      productType: listed(productTypes, part.group),
      colour: painted ? spec : black,
      size: painted ? none : spec,
      warrantyYears,
    }),
  };
}

/** The article number `index` of the bicycle shop: one bicycle to every two parts. */
export function bicycleArticleAt(index: number): DemoArticle {
  const { kind, ordinal } = slotAt(pattern, index);
  return kind === 'bicycle' ? bicycleAt(ordinal, index) : partAt(ordinal, index);
}
