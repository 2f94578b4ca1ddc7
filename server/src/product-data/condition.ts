import type { Normalised } from './normalised.ts';
import { spellings } from './spelling.ts';

/** Merchant Center answer 6324469. */
export const conditions = ['new', 'refurbished', 'used'] as const;

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
      ...['gebraucht', 'Gebrauchtware', 'occasion', "d'occasion", 'usagé', 'usagée'],
    ],
  ],
]);

const schemaOrg = /^https?:\/\/(?:www\.)?schema\.org\//i;

/** The condition that a cell names, or CONDITION_UNKNOWN. The caller looks for blank cells first. */
export function readCondition(text: string): Normalised<Condition> {
  const value = lookUp(text) ?? (schemaOrg.test(text) ? lookUp(text.replace(schemaOrg, '')) : undefined);
  return value ? { ok: true, value } : { ok: false, code: 'CONDITION_UNKNOWN' };
}
