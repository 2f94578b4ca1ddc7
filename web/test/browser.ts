import type { Browser } from 'playwright-core';

/** A headless Chromium that came with npm, so nothing of the system's is needed. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  // Has to be set before the import: it makes the package unpack the libraries that Chromium links to.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
  const [{ default: sparticuz }, { chromium }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ]);
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // Not the package's own arguments: they are for one page a process, and switch web security off.
    args: ['--no-sandbox', '--no-zygote', '--font-render-hinting=none'],
    headless: true,
  });
}
