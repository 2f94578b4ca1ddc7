import type { Normalised } from './normalised.ts';
import { spellings } from './spelling.ts';

/** Merchant Center answer 6324463, and `teen` and `all ages` of Meta's catalogue. */
export const ageGroups = ['newborn', 'infant', 'toddler', 'kids', 'teen', 'adult', 'all ages'] as const;

export type AgeGroup = (typeof ageGroups)[number];

/** Merchant Center answer 6324479. */
export const genders = ['male', 'female', 'unisex'] as const;

export type Gender = (typeof genders)[number];

const ageGroupOf = spellings<AgeGroup>([
  ['newborn', ['newborn', 'newborns', 'Neugeborene', 'Neugeborenes', 'nouveau-né', 'nouveau-nés']],
  [
    'infant',
    ['infant', 'infants', 'baby', 'babies', 'Säugling', 'Säuglinge', 'nourrisson', 'nourrissons', 'bébé'],
  ],
  ['toddler', ['toddler', 'toddlers', 'Kleinkind', 'Kleinkinder', 'tout-petit', 'tout-petits']],
  ['kids', ['kids', 'kid', 'child', 'children', 'Kind', 'Kinder', 'enfant', 'enfants']],
  ['teen', ['teen', 'teens', 'teenager', 'Jugendliche', 'adolescent', 'adolescents', 'ado']],
  ['adult', ['adult', 'adults', 'Erwachsene', 'Erwachsener', 'adulte', 'adultes']],
  ['all ages', ['all ages', 'alle Altersgruppen', 'tous âges', 'tout âge']],
]);

const genderOf = spellings<Gender>([
  [
    'male',
    [
      'male',
      'men',
      'man',
      "men's",
      'mens',
      'm',
      'Herren',
      'Herr',
      'männlich',
      'Männer',
      'homme',
      'hommes',
      'masculin',
    ],
  ],
  [
    'female',
    [
      ...['female', 'women', 'woman', "women's", 'womens', 'f', 'w', 'Damen', 'Dame', 'weiblich', 'Frauen'],
      ...['femme', 'femmes', 'féminin'],
    ],
  ],
  ['unisex', ['unisex', 'unisexe', 'mixte', 'men and women', 'Damen und Herren', 'homme et femme']],
]);

/** The age group that a cell names, or AGE_GROUP_UNKNOWN. The caller looks for blank cells first. */
export function readAgeGroup(text: string): Normalised<AgeGroup> {
  const value = ageGroupOf(text);
  return value ? { ok: true, value } : { ok: false, code: 'AGE_GROUP_UNKNOWN' };
}

/** The gender that a cell names, or GENDER_UNKNOWN. The caller looks for blank cells first. */
export function readGender(text: string): Normalised<Gender> {
  const value = genderOf(text);
  return value ? { ok: true, value } : { ok: false, code: 'GENDER_UNKNOWN' };
}
