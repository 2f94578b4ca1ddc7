import { chown, stat } from 'node:fs/promises';

/** Gives a file or folder that root has made in another's folder to that one, who has to open it later. */
export async function giveToOwnerOf(folder: string, made: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(folder);
  await chown(made, uid, gid);
}
