import type { Normalised } from './normalised.ts';
import { spellings } from './spelling.ts';

/** Merchant Center answer 6324469. */
export const conditions = ['new', 'refurbished', 'used'] as const;

/** Of a product whose condition nobody could read: it is not taken for new, as one that says nothing is. */
export const unknownCondition = 'unknown';

export type Condition = (typeof conditions)[number];

const lookUp = spellings<Condition>([
  ['new', ['new', 'NewCondition', 'brand new', 'neu', 'Neuware', 'neuf', 'neuve', 'nouveau', 'nouvelle']],
  [
    'refurbished',
    [
      ...['refurbished', 'RefurbishedCondition', 'renewed', 'erneuert', 'generalüberholt', 'überholt'],
      ...['wiederaufbereitet', 'reconditionné', 'reconditionnée', 'remis à neuf', 'remise à neuf'],
    ],
  ],
  [
    'used',
    [
      ...[
        'used',
        'UsedCondition',
        'DamagedCondition',
        'second hand',
        'used_like_new',
        'used_good',
        'used_fair',
      ],
      ...['like new', 'open box', 'B-Stock', 'gebraucht', 'Gebrauchtware', 'B-Ware', 'defekt', 'wie neu'],
      ...['gebraucht - wie neu', 'gebraucht - sehr gut', 'gebraucht - gut'],
      ...['occasion', "d'occasion", 'usagé', 'usagée', 'comme neuf', 'comme neuve'],
      ...['bon état', 'très bon état', 'état correct'],
    ],
  ],
]);

const schemaOrg = /^https?:\/\/(?:www\.)?schema\.org\//i;

/** The condition that a cell names, or CONDITION_UNKNOWN. The caller looks for blank cells first. */
export function readCondition(text: string): Normalised<Condition> {
  const value = lookUp(text) ?? (schemaOrg.test(text) ? lookUp(text.replace(schemaOrg, '')) : undefined);
  return value ? { ok: true, value } : { ok: false, code: 'CONDITION_UNKNOWN' };
}
