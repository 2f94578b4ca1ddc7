import { animals, dishes, encounters, natures, recipeKinds, subjects, treatments } from './book-subjects.ts';
import {
  activities,
  areas,
  courseKinds,
  crimes,
  languages,
  levels,
  novelHeads,
  novelTails,
  places,
  series,
} from './book-words.ts';
import { at, combination, type Random } from './random.ts';
import { fill, inEach, type Words } from './words.ts';

export type BookKind =
  'novel' | 'crime' | 'guide' | 'cookery' | 'children' | 'knowledge' | 'series' | 'course';

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const vowelSound = /^[aeiouyâéèêîôœ]/;

/** Each title begins with the positions of a combination: other positions, other title. */
type TitleWriter = (positions: readonly number[], random: Random) => Words;

const novelTitle: TitleWriter = ([head = 0, tail = 0]) =>
  inEach((language) => `${at(novelHeads, head)[language]} ${at(novelTails, tail)[language]}`);

const crimeTitle: TitleWriter = ([crime = 0, place = 0]) =>
  inEach((language) => `${at(crimes, crime)[language]} ${at(places, place)[language]}`);

const guideTitle: TitleWriter = ([activity = 0, area = 0], random) => {
  const routes = random.between(4, 25) * 2;
  const what = inEach((language) => `${at(activities, activity)[language]} ${at(areas, area)[language]}`);
  return {
    fr: `${what.fr} : ${routes} itinéraires`,
    en: `${what.en}: ${routes} Routes`,
    de: `${what.de}: ${routes} Touren`,
  };
};

const cookeryTitle: TitleWriter = ([dish = 0, kind = 0], random) => {
  const recipes = random.between(6, 24) * 5;
  return inEach((language) => {
    const colon = language === 'fr' ? ' : ' : ': ';
    return `${at(dishes, dish)[language]}${colon}${recipes} ${at(recipeKinds, kind)[language]}`;
  });
};

/** « Le petit renard », « L’ours curieux »: the adjective's place decides about the elision. */
function frenchAnimal(noun: string, gender: string, adjective: string, before: boolean): string {
  const phrase = before ? `${adjective} ${noun}` : `${noun} ${adjective}`;
  if (vowelSound.test(phrase)) return `L’${phrase}`;
  return `${gender === 'f' ? 'La' : 'Le'} ${phrase}`;
}

const childrenTitle: TitleWriter = ([animal = 0, encounter = 0], random) => {
  const hero = at(animals, animal);
  const nature = random.pick(natures);
  const met = at(encounters, encounter);
  const adjective = hero.frGender === 'f' ? nature.f : nature.m;
  return {
    fr: `${frenchAnimal(hero.fr, hero.frGender, adjective, nature.place === 'before')} et ${met.fr}`,
    en: `The ${nature.en} ${hero.en} and ${met.en}`,
    de: `${fill(hero.de, { adjective: nature.de })} und ${met.de}`,
  };
};

const knowledgeTitle: TitleWriter = ([subject = 0, treatment = 0]) =>
  inEach((language) => capitalised(fill(at(treatments, treatment)[language], at(subjects, subject))));

const seriesTitle: TitleWriter = ([name = 0, volume = 0, head = 0, tail = 0]) => {
  const ofVolume = novelTitle([head, tail], neverDrawn);
  const label: Words = {
    fr: `, tome ${volume + 1} : `,
    en: `, Volume ${volume + 1}: `,
    de: `, Band ${volume + 1}: `,
  };
  return inEach((language) => at(series, name)[language] + label[language] + ofVolume[language]);
};

const courseTitle: TitleWriter = ([language = 0, level = 0, kind = 0]) => {
  const { fr, en, de } = at(languages, language);
  const what = at(courseKinds, kind);
  const grade = at(levels, level);
  return {
    fr: `Apprendre ${fr}, niveau ${grade} : ${what.fr}`,
    en: `Learn ${en}, Level ${grade}: ${capitalised(what.en)}`,
    de: `${de} lernen, Niveau ${grade}: ${what.de}`,
  };
};

const neverDrawn: Random = {
  below: () => 0,
  between: (least) => least,
  chance: () => false,
  pick: (list) => at(list, 0),
};

const volumes = 18;
const writers: Readonly<Record<BookKind, readonly [TitleWriter, readonly number[]]>> = {
  novel: [novelTitle, [novelHeads.length, novelTails.length]],
  crime: [crimeTitle, [crimes.length, places.length]],
  guide: [guideTitle, [activities.length, areas.length]],
  cookery: [cookeryTitle, [dishes.length, recipeKinds.length]],
  children: [childrenTitle, [animals.length, encounters.length]],
  knowledge: [knowledgeTitle, [subjects.length, treatments.length]],
  series: [seriesTitle, [series.length, volumes]],
  course: [courseTitle, [languages.length, levels.length, courseKinds.length]],
};

/** The title of the work number `work` of its kind: no two works of a kind share one. */
export function bookTitle(kind: BookKind, work: number, random: Random): Words {
  const [write, lengths] = writers[kind];
  const positions = combination(work, lengths);
  // A volume's own title is free: its series and number tell it from all others.
  return write([...positions, random.below(novelHeads.length), random.below(novelTails.length)], random);
}
