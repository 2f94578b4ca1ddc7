import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Rule {
  readonly pattern: RegExp;
  readonly reason: string;
  /** Paths from the root that the rule leaves alone. */
  readonly exempt?: RegExp;
}

// The patterns are written so that this file itself does not hold what they look for.
const rules: readonly Rule[] = [
  {
    pattern: /vend[o]r|compan(?:[y]|ies)/i,
    reason: 'the words are merchant and store',
    // Feeds write what they like: their headers are quoted there.
    exempt: /^(pnpm-lock\.yaml|server\/src\/product-data\/header-alias[^/]*\.ts|server\/test\/feeds\/.*)$/,
  },
  {
    pattern:
      /\bregistry\.[a-z0-9-]+\.(?:org|com|net|io|dev)\b|npmj[s]|npm\.pk[g]|jsr\.i[o]|pypi\.or[g]|proxy\.golan[g]/i,
    reason: 'names the host of a package registry',
  },
  { pattern: /(?<![\w.])\/work\//, reason: 'a path of one machine' },
];

/** The addresses from which packages were downloaded: they tie a lock file to one registry. */
const download = /\btarball:|\bresolution:.*\burl\b|https?:\/\/\S*\.tgz/;

/** `PATH:LINE: "TEXT": REASON` for every forbidden word of one file. `path` is from the root, with `/`. */
export function findForbiddenWords(path: string, text: string): string[] {
  const lock: Rule = { pattern: download, reason: 'a download address in the lock file' };
  const applied = rules.filter(({ exempt }) => !exempt?.test(path));
  if (path === 'pnpm-lock.yaml') applied.push(lock);
  return text.split('\n').flatMap((line, index) =>
    applied.flatMap(({ pattern, reason }) => {
      const found = pattern.exec(line);
      return found ? [`${path}:${index + 1}: "${found[0]}": ${reason}`] : [];
    }),
  );
}

/** Folders that git does not keep, for the case that there is no git to ask. */
const notKept = ['node_modules', '.git', '.data', '.svelte-kit', 'coverage', 'generated', 'build'];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return [entry.name];
    if (!entry.isDirectory() || notKept.includes(entry.name)) return [];
    return filesBelow(join(folder, entry.name)).map((path) => `${entry.name}/${path}`);
  });
}

/**
 * Paths from the root, with `/`, of all files that git keeps or would keep. Without git, or outside a clone
 * (an unpacked archive), every file but those of folders that tools write.
 */
export function projectFiles(root: string): string[] {
  // Whoever owns the clone: reading its list of files runs nothing of it.
  const args = ['-c', 'safe.directory=*', 'ls-files', '-z', '-co', '--exclude-standard'];
  const git = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (git.status !== 0) return filesBelow(root);
  // A file that was deleted and not yet committed is still on git's list.
  return git.stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}
