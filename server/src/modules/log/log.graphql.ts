import { encodeGlobalID } from '@pothos/plugin-relay';
import type { LogEntry } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { fault } from '../../graphql/errors.ts';
import { pageComplexity } from '../../graphql/page.ts';
import { levelName } from './log.levels.ts';
import { listLogs } from './log.list.ts';
import './log.tail.ts';

const LogLevel = builder.enumType('LogLevel', {
  description: 'How much an entry of the log matters, from the least to the most.',
  values: {
    TRACE: { description: 'Every step.' },
    DEBUG: { description: 'Every request.' },
    INFO: {
      description:
        'What happened in good order: imports, changes of accounts and roles, nodes that start and stop.',
    },
    WARN: { description: 'What should be looked at: imports that failed, sign-ins that were refused.' },
    ERROR: { description: 'A fault: something that must not happen.' },
    FATAL: { description: 'A fault that ended a node.' },
  } as const,
});

const LogEntryType = builder.objectRef<LogEntry>('LogEntry').implement({
  description: 'What a node had to say. Secrets are masked before it is kept. Seen by admins.',
  authScopes: { admin: true },
  fields: (t) => ({
    id: t.id({
      description:
        'Its own; negative when it only says, in a tail, that others were left out. Not a global id.',
      resolve: ({ id }) => String(id),
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was written, by the clock of its node.' }),
    level: t.field({
      type: LogLevel,
      description: 'How much it matters.',
      resolve: ({ level }) => levelName(level),
    }),
    message: t.exposeString('message', {
      description: 'A line for people, in English, with the reason of a fault. At most 4,000 characters.',
    }),
    node: t.exposeString('node', {
      description: 'The process that wrote it: its machine and process id. Empty for one that no node wrote.',
    }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: 'The request that it is about, as its answer had it; null for none.',
    }),
    jobId: t.id({
      nullable: true,
      description: 'Global id of the ImportJob that it is about, which may be gone; null for none.',
      resolve: ({ jobId }) => jobId && encodeGlobalID('ImportJob', jobId),
    }),
    store: t.prismaField({
      type: 'Store',
      nullable: true,
      description: 'The store that it is about; null for none, and when the store is gone.',
      resolve: (query, { storeId }, _args, { db }) =>
        storeId === null ? null : db.store.findUnique({ ...query, where: { id: storeId } }),
    }),
    fields: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Whatever else was said, by name, such as `err` with its stack; null for nothing.',
      resolve: ({ fields }) => fields,
    }),
  }),
});

const LogFilterInput = builder.inputType('LogFilter', {
  description: 'Which entries of the log are meant: all that is given has to hold.',
  fields: (t) => ({
    level: t.field({ type: LogLevel, description: 'At least; null for all.' }),
    search: t.string({ description: 'Part of the message, in capitals or not; null or blank for all.' }),
    requestId: t.string({ description: 'About this request; null for all.' }),
    jobId: t.id({
      description:
        'About this job: the global id of an ImportJob, or its UUID as the lines of the log have it.',
    }),
    node: t.string({ description: 'Written by this node; null for all.' }),
    since: t.field({ type: 'DateTime', description: 'From this moment on; null for no beginning.' }),
    until: t.field({ type: 'DateTime', description: 'Before this moment; null for no end.' }),
  }),
});

const filterDescription = 'Which entries; null for all.';

builder.queryField('logs', (t) =>
  t.connection(
    {
      type: LogEntryType,
      description: 'What all nodes had to say, newest first, as far back as it is kept. For admins.',
      authScopes: { admin: true },
      args: { filter: t.arg({ type: LogFilterInput, description: filterDescription }) },
      complexity: pageComplexity,
      resolve: (_root, { filter, ...page }, { db }) => listLogs(db, filter ?? {}, page),
    },
    { name: 'LogEntryConnection', description: 'Entries of the log, newest first.' },
    { name: 'LogEntryEdge', description: 'An entry of the log in a list.' },
  ),
);

builder.subscriptionField('logTail', (t) =>
  t.field({
    type: LogEntryType,
    description:
      'What all nodes have to say: first the last 50 entries, oldest first, then each that comes, within a second. For admins.',
    authScopes: { admin: true },
    args: { filter: t.arg({ type: LogFilterInput, description: filterDescription }) },
    subscribe: (_root, { filter }, { live, logTails, requestId }) => {
      if (!live) throw fault('UNAUTHENTICATED');
      return logTails.open(filter ?? {}, requestId, live);
    },
    resolve: (entry) => entry,
  }),
);
