import { Prisma } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import { ProductNotFoundError } from './product.errors.ts';
import { lockCatalogue } from './product.lock.ts';

/**
 * Where products stand: by `display_order`, and of equal ones the older first. A product comes into the catalogue
 * with 0, so that publishing has nothing to count: those that nobody has moved stand in the order in which they came.
 * A move gives one product a number between its new neighbours. When there is none left between them, room is made
 * before the place: numbers become smaller until one is small enough already, so that what was never moved keeps its
 * 0, and new products come at the end.
 */

/** Between two numbers that are given out: so often something can be put between two products. */
const gap = 1024;
/** Numbers stay this near to 0: nine digits, as a cursor has them. */
const furthest = 900_000_000;
/** Making room for so many products takes a few seconds. */
const longestMs = 60_000;

export interface Place {
  readonly id: bigint;
  /** The product that is to stand right after it, or right before it. */
  readonly beside: { readonly before: bigint } | { readonly after: bigint };
}

interface Standing {
  readonly id: bigint;
  readonly displayOrder: number;
}

/** Puts a product of the store right before or right after another. Next to itself, or where it is, it stays. */
export async function moveProduct(db: Database['db'], storeId: string, { id, beside }: Place): Promise<void> {
  await db.$transaction(
    async (transaction) => {
      // The order of a store is one thing: who moves something else waits.
      await lockCatalogue(transaction, storeId);
      const between = await findPlace(transaction, storeId, id, beside);
      if (between && !(await standsBetween(transaction, storeId, id, between))) {
        await put(transaction, storeId, id, between);
      }
    },
    { timeout: longestMs },
  );
}

/** The neighbours at a place; null at either end of the list. */
interface Between {
  readonly previous: Standing | null;
  readonly next: Standing | null;
}

async function findPlace(
  db: Db,
  storeId: string,
  id: bigint,
  beside: Place['beside'],
): Promise<Between | null> {
  const isBefore = 'before' in beside;
  const neighbourId = isBefore ? beside.before : beside.after;
  const moved = await findStanding(db, storeId, id);
  const neighbour = await findStanding(db, storeId, neighbourId);
  if (!moved) throw new ProductNotFoundError(['id']);
  if (!neighbour) throw new ProductNotFoundError([isBefore ? 'before' : 'after']);
  if (id === neighbourId) return null;
  const other = await findNeighbour(db, storeId, neighbour, id, isBefore);
  return isBefore ? { previous: other, next: neighbour } : { previous: neighbour, next: other };
}

async function findStanding(db: Db, storeId: string, id: bigint): Promise<Standing | null> {
  return db.product.findUnique({
    where: { storeId_id: { storeId, id } },
    select: { id: true, displayOrder: true },
  });
}

/** Who stands next to a product, the moved one not counted. */
async function findNeighbour(
  db: Db,
  storeId: string,
  of: Standing,
  movedId: bigint,
  before: boolean,
): Promise<Standing | null> {
  const [sign, direction] = before ? ['<', 'DESC'] : ['>', 'ASC'];
  const rows = await db.$queryRaw<Standing[]>`
    SELECT o.id, o.display_order AS "displayOrder" FROM products o
    WHERE o.store_id = ${storeId}::uuid AND o.id <> ${movedId}
      AND (o.display_order, o.id) ${Prisma.raw(sign)} (${of.displayOrder}::int, ${of.id}::bigint)
    ORDER BY o.display_order ${Prisma.raw(direction)}, o.id ${Prisma.raw(direction)} LIMIT 1`;
  return rows[0] ?? null;
}

/** True when the product stands there already. */
async function standsBetween(
  db: Db,
  storeId: string,
  id: bigint,
  { previous, next }: Between,
): Promise<boolean> {
  const moved = await findStanding(db, storeId, id);
  const isAfter = (one: Standing, other: Standing) =>
    one.displayOrder > other.displayOrder || (one.displayOrder === other.displayOrder && one.id > other.id);
  return moved !== null && (!previous || isAfter(moved, previous)) && (!next || isAfter(next, moved));
}

async function put(db: Db, storeId: string, id: bigint, between: Between): Promise<void> {
  const number = numberBetween(between) ?? numberBetween(await makeRoom(db, storeId, id, between));
  if (number === null) throw new Error(`There is no room for the product ${id} of the store ${storeId}.`);
  await db.product.update({ where: { storeId_id: { storeId, id } }, data: { displayOrder: number } });
}

/** Null when there is none, or none within bounds. */
function numberBetween({ previous, next }: Between): number | null {
  if (previous && next) {
    const middle = Math.floor((previous.displayOrder + next.displayOrder) / 2);
    return middle > previous.displayOrder && middle < next.displayOrder ? middle : null;
  }
  const number = previous ? previous.displayOrder + gap : (next?.displayOrder ?? 0) - gap;
  return Math.abs(number) <= furthest ? number : null;
}

/** The neighbours with numbers between which there is another one. */
async function makeRoom(
  db: Db,
  storeId: string,
  movedId: bigint,
  { previous, next }: Between,
): Promise<Between> {
  if (previous && next && (await hasRoomBefore(db, storeId, previous, next))) {
    await moveUp(db, storeId, movedId, previous, next);
  } else await renumber(db, storeId);
  return {
    previous: previous && (await findStanding(db, storeId, previous.id)),
    next: next && (await findStanding(db, storeId, next.id)),
  };
}

/** True when all that stand before could get numbers a gap apart. */
async function hasRoomBefore(db: Db, storeId: string, previous: Standing, next: Standing): Promise<boolean> {
  const [counted] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM products o WHERE o.store_id = ${storeId}::uuid
      AND (o.display_order, o.id) <= (${previous.displayOrder}::int, ${previous.id}::bigint)`;
  return next.displayOrder - gap * (Number(counted?.count ?? 0) + 1) >= -furthest;
}

/** Gives `previous`, and those before it as far as they are in the way, numbers below that of `next`, a gap apart. */
const moveUp = (
  db: Db,
  storeId: string,
  movedId: bigint,
  previous: Standing,
  next: Standing,
) => db.$executeRaw`
  WITH ranked AS MATERIALIZED (
    SELECT o.id, o.display_order,
      ${next.displayOrder}::int - ${gap}::int * (row_number() OVER (ORDER BY o.display_order DESC, o.id DESC) + 1) AS target
    FROM products o
    WHERE o.store_id = ${storeId}::uuid AND o.id <> ${movedId}
      AND (o.display_order, o.id) <= (${previous.displayOrder}::int, ${previous.id}::bigint)
  ), in_place AS MATERIALIZED (
    SELECT max(target) AS target FROM ranked WHERE display_order < target
  )
  UPDATE products o SET display_order = r.target, updated_at = clock_timestamp()
  FROM ranked r, in_place
  WHERE o.store_id = ${storeId}::uuid AND o.id = r.id AND (in_place.target IS NULL OR r.target > in_place.target)`;

/** Numbers all of a store's products anew, the last with 0. */
const renumber = (db: Db, storeId: string) => db.$executeRaw`
  UPDATE products o SET display_order = r.display_order, updated_at = clock_timestamp()
  FROM (SELECT id, -least(${gap}::bigint, ${furthest}::bigint / 2 / count(*) OVER ())
          * (row_number() OVER (ORDER BY display_order DESC, id DESC) - 1) AS display_order
        FROM products WHERE store_id = ${storeId}::uuid) r
  WHERE o.store_id = ${storeId}::uuid AND o.id = r.id`;
