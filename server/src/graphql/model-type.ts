import { getRefFromModel } from '@pothos/plugin-prisma';
import type PrismaTypes from '../generated/pothos.ts';
import { builder } from './builder.ts';

type Ref<Shape> = ReturnType<typeof builder.objectRef<Shape>>;

/** The type of a model, for a field whose record is at hand: nothing is left to be read from the database. */
export function modelType<Name extends keyof PrismaTypes>(name: Name): Ref<PrismaTypes[Name]['Shape']> {
  const ref: unknown = getRefFromModel(name, builder);
  return ref as Ref<PrismaTypes[Name]['Shape']>;
}
