import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';

/** A file of this machine, open for reading; throws a FeedRefusal when it is not there or not a plain file. */
export async function openRegularFile(path: string): Promise<FileHandle> {
  // Without O_NONBLOCK opening a pipe waits until somebody writes to it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw isUnreadable(error) ? new FeedRefusal('FILE_NOT_FOUND', { value: path }) : error;
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  // A pipe or a device may never end.
  throw new FeedRefusal('FILE_NOT_FOUND', { value: path });
}

const isUnreadable = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  /^(ENOENT|ENOTDIR|EACCES|EPERM|ELOOP|ENAMETOOLONG|ENXIO)$/.test(String(error.code));
