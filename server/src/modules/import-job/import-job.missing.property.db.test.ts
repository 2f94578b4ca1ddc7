// @module-tag import-job
// @module-tag db
// @module-tag property
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withFeedShop, type FeedShop } from '../../../test/feed-shop.ts';
import { isTooMany } from './import-job.missing.ts';

const numbers = [...'ABCDEFGHIJKL'];
const languages = ['FR', 'DE'] as const;
type Language = (typeof languages)[number];

interface Delivery {
  readonly language: Language;
  /** Product numbers; those that are also in `spoilt` have a row that is left out. */
  readonly had: readonly string[];
  readonly spoilt: readonly string[];
  readonly price: number;
  /** A feed that breaks off says nothing of what it lacks. */
  readonly whole: boolean;
}

const deliveries = fc.array(
  fc.record<Delivery>({
    language: fc.constantFrom(...languages),
    had: fc.subarray(numbers, { minLength: 1 }),
    spoilt: fc.subarray(numbers, { maxLength: 3 }),
    price: fc.integer({ min: 1, max: 2 }),
    whole: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  }),
  { minLength: 2, maxLength: 6 },
);

const whole = { spoilt: [], price: 1, whole: true } as const;
/** Was once found to leave the product missing. */
const brokenOffInAnother: Delivery[] = [
  { ...whole, language: 'FR', had: ['I', 'L'] },
  { ...whole, language: 'FR', had: ['L'] },
  { ...whole, language: 'DE', had: ['I'], whole: false },
];

const feedOf = ({ had, spoilt, price, whole }: Delivery) =>
  `id,title,price\n${had.map((id) => `${id},${spoilt.includes(id) ? '' : id},${price}.00\n`).join('')}${whole ? '' : 'Z,"Z'}`;

/** What is to be missing, told from the sentence: the last complete import of every language lacked it. */
class Model {
  readonly #lacking = { FR: new Map<string, boolean>(), DE: new Map<string, boolean>() };

  take({ language, had, spoilt, whole }: Delivery): void {
    const lacking = this.#lacking[language];
    const known = new Map(lacking);
    for (const id of had) if (!spoilt.includes(id) && !lacking.has(id)) lacking.set(id, false);
    if (!whole) return;
    for (const id of had) if (lacking.has(id)) lacking.set(id, false);
    const present = [...known].filter(([, lacks]) => !lacks).map(([id]) => id);
    const absent = present.filter((id) => !had.includes(id));
    if (!isTooMany(absent.length, present.length, 50)) for (const id of absent) lacking.set(id, true);
  }

  get missing(): string[] {
    return numbers.filter((id) => {
      const said = languages.flatMap((language) => this.#lacking[language].get(id) ?? []);
      return said.length > 0 && said.every((lacks) => lacks);
    });
  }
}

async function missingIn({ database, store }: FeedShop): Promise<string[]> {
  const where = { storeId: store.id, missingSince: { not: null } };
  const products = await database.db.marketplaceProduct.findMany({ where });
  return products.map(({ marketplaceProductId }) => marketplaceProductId).sort();
}

test('missing is what the last complete feed of every language lacked, whatever came in between', () =>
  withFeedShop(
    async (shop) => {
      const deliver = async (given: readonly Delivery[]) => {
        await shop.database.db.$executeRaw`TRUNCATE marketplace_products, marketplace_import_jobs CASCADE`;
        const model = new Model();
        for (const delivery of given) {
          shop.serve(feedOf(delivery));
          // The same bytes are nothing new now and then.
          await shop.importOf({ language: delivery.language });
          model.take(delivery);
          expect(await missingIn(shop)).toEqual(model.missing);
        }
      };
      const examples: [Delivery[]][] = [[brokenOffInAnother]];
      await fc.assert(fc.asyncProperty(deliveries, deliver), { numRuns: 12, examples });
    },
    { shrinkLimitPercent: 50 },
  ));
