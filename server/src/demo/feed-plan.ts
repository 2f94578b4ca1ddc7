import type { Language } from '../product-data/language.ts';
import { catalogues } from './catalogue.ts';
import { demoFaults, type Fault } from './faults.ts';
import { randomOf, shuffled } from './random.ts';
import type { DemoStoreCode } from './shops.ts';

/** A row of a feed: which product it is of, and what is wrong with it. */
export interface PlannedRow {
  readonly product: number;
  readonly fault?: Fault;
  /** Counted from 0 among the rows with the same fault. */
  readonly ordinal: number;
}

/** The first rows are right in every feed: they are the sample that a check shows. */
const cleanRows = 12;
/** How far behind its original a repeated row stands. */
const repeatDistance = 40;

/** Hands out products to faults, each to one only. */
function assign(faults: readonly Fault[], products: readonly number[]): PlannedRow[] {
  let next = 0;
  return faults.flatMap((fault) =>
    Array.from({ length: fault.count }, (_, ordinal) => {
      const product = products[next++];
      if (product === undefined) throw new RangeError('There are more faults than products.');
      return { product, fault, ordinal };
    }),
  );
}

/** Every row of a feed in its order, the same each time. */
export function planRows(storeCode: DemoStoreCode, language: Language): PlannedRow[] {
  const { productCount } = catalogues[storeCode];
  const candidates = Array.from(
    { length: productCount - cleanRows - repeatDistance },
    (_, i) => i + cleanRows,
  );
  const ofStore = shuffled(candidates, randomOf('faults', storeCode));
  const shared = assign(
    demoFaults.filter(({ scope }) => scope === 'shared'),
    ofStore,
  );
  const ofLanguage = shuffled(ofStore.slice(shared.length), randomOf('faults', storeCode, language));
  const own = assign(
    demoFaults.filter(({ scope }) => scope === 'language'),
    ofLanguage,
  );
  const faulty = [...shared, ...own];
  const inPlace = new Map(faulty.filter(({ fault }) => !fault?.repeated).map((row) => [row.product, row]));
  const behind = new Map(
    faulty.filter(({ fault }) => fault?.repeated).map((row) => [row.product + repeatDistance, row]),
  );
  return Array.from({ length: productCount }, (_, product) => product).flatMap((product) => {
    const row = inPlace.get(product) ?? { product, ordinal: 0 };
    const repeat = behind.get(product);
    return repeat ? [row, repeat] : [row];
  });
}
