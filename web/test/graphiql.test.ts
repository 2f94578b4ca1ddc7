// @module-tag web
// @module-tag browser
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiServer, type ApiServer } from '../../server/test/api-server.ts';
import { openBrowser } from './browser.ts';

let browser: Browser;
let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer({ db: {} as never });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('GraphiQL loads within its policy, shows the examples and runs a query', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.origin))
      complaints.push(`asked ${request.url()}`);
  });
  const query = encodeURIComponent('{ viewer { name } }');
  await page.goto(`${server.origin}/graphql`);
  await page.getByRole('tab', { name: 'Login' }).waitFor();
  await page.getByRole('tab', { name: 'StartImport' }).waitFor();
  await page.goto(`${server.origin}/graphql?query=${query}`);
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.getByText('"viewer": null').waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});
