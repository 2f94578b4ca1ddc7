import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a page needs besides the scripts that it names itself, as a Link header (RFC 8288), from what the build has
 * written beside the pages: `null` where there is nothing to say. Every address is given the same page, which finds
 * out only when it has started what is still missing.
 */
export function readPageLinks(folder: string): (path: string) => string | null {
  const file = join(folder, '.preloads.json');
  if (!existsSync(file)) return () => null;
  const preloads = JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly string[]>;
  const parameters = (route: string) => route.split('[').length;
  const links = Object.entries(preloads)
    // `/users/new` is not a user.
    .sort(([one], [other]) => parameters(one) - parameters(other))
    .map(([route, scripts]) => ({
      pattern: new RegExp(`^${route.replaceAll(/\[\w+\]/g, '[^/]+')}$`),
      header: scripts.map((script) => `<${script}>; rel="modulepreload"`).join(', '),
    }));
  return (path) => links.find(({ pattern }) => pattern.test(path))?.header || null;
}
