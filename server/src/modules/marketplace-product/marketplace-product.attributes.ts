import {
  attributes,
  type derivedColumns,
  type AttributeKind,
  type AttributeScope,
  camelCase,
} from '../../product-data/attributes.ts';
import { attributeDescriptions } from './marketplace-product.descriptions.ts';
import { followable, followableList } from './marketplace-product.texts.ts';

/** An attribute as it comes out. */
export interface AttributeField {
  /** The name in the API, and of the model's column. */
  readonly key: string;
  readonly kind: StoredKind;
  readonly description: string;
  /** What is shown of a stored value. */
  readonly show: (value: unknown) => unknown;
}

export type StoredKind = Exclude<AttributeKind, 'dateTimeRange'>;

const derivedKinds: Record<keyof typeof derivedColumns, StoredKind> = {
  currency: 'text',
  sale_price_effective_from: 'dateTime',
  sale_price_effective_until: 'dateTime',
  additional_gtin: 'textList',
};

/** Links are what a browser follows, so a stored one is looked at again. */
const shown: Partial<Record<StoredKind, AttributeField['show']>> = {
  url: followable,
  urlList: followableList,
};

const notes: Partial<Record<StoredKind, string>> = {
  url: 'Null as well when it is no http or https address.',
  urlList: 'Only http and https addresses.',
  structured: 'An object of texts.',
  structuredList: 'Objects of texts.',
};

/**
 * The attributes of a scope as they are stored: a range of times is two, and currency and further GTINs have columns
 * of their own. The title is not among them: it is the only one that is never null.
 */
export function attributeFields(scope: AttributeScope): AttributeField[] {
  const own = attributes.flatMap(({ name, key, kind, scope: place }) =>
    place !== scope || name === 'title' || kind === 'dateTimeRange' ? [] : [fieldOf(key, kind)],
  );
  const derived = Object.entries(derivedKinds).map(([name, kind]) => fieldOf(camelCase(name), kind));
  return scope === 'shared' ? [...own, ...derived] : own;
}

const fieldOf = (key: string, kind: StoredKind): AttributeField => ({
  key,
  kind,
  description: [attributeDescriptions[key], 'Null when the feed does not say.', notes[kind]]
    .filter((sentence) => sentence !== undefined)
    .join(' '),
  show: shown[kind] ?? ((value) => value),
});
