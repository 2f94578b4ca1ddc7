import type pg from 'pg';

/** A store's products, made by the database itself: hundreds of thousands in seconds. */
export interface ManyProducts {
  readonly storeId: string;
  readonly count: number;
  /** Stands before each number; the numbers begin at 1. */
  readonly prefix: string;
  readonly lastImportJobId: string;
  /** Every n-th has a French and a German title too; 3 if not given. */
  readonly translatedEvery?: number;
}

/** Of these, one in two, four, eight … products has one; the last is in one of 2,048. */
export const brands = [
  ...['Altmühl', 'Bergfeld', 'Célestine', 'Dornach', 'Eibenholz', 'Fontaine'],
  ...['Grünwald', 'Hautbois', 'Ilmenau', 'Jardinelle', 'Kirchberg'],
] as const;

/**
 * Words of titles, by how seldom they are: `lamp`, `chair`, `table` … share all titles, `oak` is in every tenth,
 * `walnut` in one of 500 and `zircon` in one of 5,000.
 */
const title = (nouns: string, oak: string) => `
  (ARRAY[${nouns}])[n % 7 + 1] || CASE WHEN n % 10 = 3 THEN ' ${oak}' ELSE '' END ||
  CASE WHEN n % 500 = 77 THEN ' walnut' ELSE '' END || CASE WHEN n % 5000 = 4321 THEN ' zircon' ELSE '' END ||
  ' ' || substr(md5(n::text), 1, 6) || ' ' || n`;

const titles = {
  EN: title(
    `'Table lamp', 'Garden chair', 'Dining table', 'Wool carpet', 'Tea kettle', 'Wall clock', 'Shelf'`,
    'oak',
  ),
  FR: title(`'Lampe à poser', 'Chaise', 'Table', 'Tapis', 'Théière', 'Horloge', 'Étagère'`, 'chêne'),
  DE: title(
    `'Tischlampe', 'Gartenstuhl', 'Esstisch', 'Teppich', 'Teekessel', 'Wanduhr', 'Regal für Bücher'`,
    'Eiche',
  ),
} as const;

/** Inserts products and their translations into the tables. They are not analysed. */
export async function insertManyProducts(client: pg.ClientBase, products: ManyProducts): Promise<void> {
  const { storeId, count, prefix, lastImportJobId, translatedEvery = 3 } = products;
  await client.query(
    `INSERT INTO marketplace_products (store_id, store_name, marketplace, marketplace_product_id, image_link, price,
       currency, availability, brand, gtin, condition, content_hash, last_import_job_id)
     SELECT $1, 'Many', 'Letzshop', $2 || lpad(n::text, 7, '0'), 'https://images.example.test/' || n || '.jpg',
       (n % 20000) / 100.0, 'EUR',
       CASE WHEN n % 1000 = 9 THEN 'backorder' WHEN n % 10 = 1 THEN 'out_of_stock' ELSE 'in_stock' END,
       ($3::text[])[CASE WHEN n % 2048 = 0 THEN 11
                         ELSE 1 + (SELECT count(*) FROM generate_series(1, 9) k WHERE n % (1 << k::int) = 0) END],
       lpad((4000000000000 + n)::text, 13, '0'), 'new', md5(n::text), $4
     FROM generate_series(1, $5::int) n`,
    [storeId, prefix, brands, lastImportJobId, count],
  );
  for (const [language, words] of Object.entries(titles)) {
    await client.query(
      `INSERT INTO marketplace_product_translations (product_id, store_id, language, title, description, content_hash,
         product_content_hash, last_import_job_id)
       SELECT id, store_id, '${language}', ${words}, repeat(md5(n::text) || ' ', 6), md5(n::text), md5(n::text), $4
       FROM (SELECT id, store_id, right(marketplace_product_id, 7)::int AS n FROM marketplace_products
             WHERE store_id = $1 AND marketplace_product_id LIKE $2 || '%') p
       WHERE '${language}' = 'EN' OR n % $3::int = 0`,
      [storeId, prefix, translatedEvery, lastImportJobId],
    );
  }
}
