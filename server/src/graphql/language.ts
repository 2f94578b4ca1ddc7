import { builder } from './builder.ts';

/** The languages of feeds and of what they bring, as Prisma and the schema name them. */
export const LanguageType = builder.enumType('Language', {
  description: 'A language that feeds come in; ISO 639-1 in capitals.',
  values: {
    EN: { description: 'English.' },
    FR: { description: 'French.' },
    DE: { description: 'German.' },
  } as const,
});
