// @module-tag web
// @module-tag browser
import { expect, test } from 'vitest';
import { openAdminSite, patience, unanswer, unread } from './admin-site.ts';
import { askApi } from './demo-server.ts';
import { watchOperations } from './operations.ts';

const site = openAdminSite();
const { as, open } = site;

test.each(['/admin', '/admin/imports', '/admin/logs', '/admin/users'])(
  'who is no admin finds no page at %s',
  (path) => as('owner', (page) => open(page, path, 'There is no such page')),
);

test('a merchant, its owner and its store are made, and a wrong field is marked and keeps its text', () =>
  as('admin', async (page) => {
    await open(page, '/admin/users/new', 'New user');
    await page.getByLabel('Name').fill('Jardin Steffen');
    await page.getByLabel('E-mail address').fill('jardin@example.test');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByText('This password is too short or easy to guess.').waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('jardin@example.test');
    await page.getByLabel('Password', { exact: true }).fill('seven green wheelbarrows');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jardin Steffen' }).waitFor();

    await open(page, '/admin/merchants/new', 'New merchant');
    await page.getByLabel('Name').fill('Jardin et Maison');
    await page.getByLabel('Contact address').fill('hello@jardin.example');
    await page.getByLabel('VAT number').fill('12');
    await page.getByRole('combobox', { name: 'Owner' }).fill('jardin');
    await page.getByRole('option', { name: /Jardin Steffen/ }).click();
    await page.getByRole('button', { name: 'Create merchant' }).click();
    await page.getByText('This is not a VAT number.').waitFor();
    expect(await page.getByLabel('VAT number').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('VAT number').fill('');
    await page.getByRole('button', { name: 'Create merchant' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jardin et Maison' }).waitFor();

    await page.getByRole('link', { name: 'New store' }).click();
    await page.getByRole('heading', { level: 1, name: 'New store' }).waitFor();
    await page.getByLabel('Name').fill('Jardin Clausen');
    await expect.poll(() => page.getByLabel('Code').inputValue(), patience).toBe('jardin-clausen');
    await page.getByRole('button', { name: 'Create store' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jardin Clausen' }).waitFor();
    await page.getByLabel('Domain', { exact: true }).fill('jardin.example');
    await page.getByRole('form', { name: 'Add a domain' }).getByRole('button', { name: 'Add' }).click();
    await page.getByText('Primary', { exact: true }).waitFor();
  }));

test('a merchant is made once, however long its page takes to come', () =>
  as('admin', async (page) => {
    await open(page, '/admin/merchants/new', 'New merchant');
    await page.getByLabel('Name').fill('Only Once');
    await page.getByLabel('Contact address').fill('once@example.test');
    await page.getByRole('combobox', { name: 'Owner' }).fill('other@');
    await page.getByRole('option').first().click();
    // What the next page is made of never comes.
    await page.route('**/_app/**', () => undefined);
    const operations = watchOperations(page);
    const create = page.locator('form').getByRole('button', { name: /Create merchant|Saving/ });
    await create.click();
    await page.getByText('Only Once is ready').waitFor();
    await expect.poll(() => create.getAttribute('aria-disabled'), patience).toBe('true');
    await create.press('Enter');
    expect(operations().filter((name) => name === 'CreateMerchant')).toEqual(['CreateMerchant']);
  }));

test('a domain is removed while something else about them is on its way', () =>
  as('admin', async (page, context) => {
    const add = 'mutation ($input: AddStoreDomainInput!) { addStoreDomain(input: $input) { __typename } }';
    for (const hostname of ['first.example', 'second.example']) {
      await askApi(context, site.server, add, { input: { storeCode: 'weber-deco', hostname } });
    }
    const answer = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('SetPrimaryDomainOfStore')) await answer.promise;
      await route.continue();
    });
    await open(page, '/admin/stores/weber-deco/edit', 'Weber Déco');
    const domains = page.getByRole('region', { name: 'Domains' });
    const second = domains.getByRole('listitem').filter({ hasText: 'second.example' });
    await second.getByRole('button', { name: /primary/ }).click();
    await second.getByRole('button', { name: /Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await second.waitFor({ state: 'detached' });
    answer.resolve();
  }));

test('a store that could not be read again says that it is as it was', () =>
  as('admin', async (page) => {
    await open(page, '/admin/stores', 'Stores');
    const link = page.getByRole('link', { name: 'Weber Déco', exact: true });
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'Weber Déco' }).waitFor();
    await page.getByRole('heading', { name: 'Feeds' }).waitFor();
    await page.goBack();
    await unanswer(page, 'StoreToEdit');
    await link.click();
    await page.getByText('it is as it was before').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Weber Déco');
  }));

test.each([
  ['/admin/stores', 'Stores', 'Weber Déco', 'StoreToEdit'],
  ['/admin/users', 'Users', 'Owner of Maison Weber', 'UserToEdit'],
])(
  'what is typed at one of %s stays while it is read again, also when that fails',
  (path, title, name, operation) =>
    as('admin', async (page) => {
      await open(page, path, title);
      const link = page.getByRole('link', { name, exact: true });
      const field = page.getByRole('textbox', { name: 'Name', exact: true });
      await link.click();
      await field.waitFor();
      await page.goBack();
      await unanswer(page, operation);
      await link.click();
      await page.getByText('it is as it was before').waitFor();
      await field.fill('Typed meanwhile');
      const readAgain = async () => {
        const answered = page.waitForResponse(
          (answer) => answer.request().postData()?.includes(`query ${operation}`) ?? false,
        );
        await page.getByRole('button', { name: 'Load again' }).click();
        await (await answered).finished();
      };
      await readAgain();
      await page.getByText('it is as it was before').waitFor(patience);
      expect(await field.inputValue()).toBe('Typed meanwhile');
      await page.unroute('**/graphql');
      await readAgain();
      await expect.poll(() => page.getByText('it is as it was before').count(), patience).toBe(0);
      expect(await field.inputValue()).toBe('Typed meanwhile');
    }),
);

test.each([
  ['/admin/users/nobody', 'UserToEdit', 'Users · Admin area'],
  ['/admin/stores/weber-deco/edit', 'StoreToEdit', 'Stores · Admin area'],
  ['/admin/merchants/nobody', 'MerchantPage', 'Merchants · Admin area'],
  ['/merchant/nobody', 'MerchantPage', 'Merchant account'],
  ['/store/weber-deco', 'StoreArea', 'weber-deco'],
])('the tab of %s has a title also when nothing of it can be read', (path, operation, title) =>
  as('admin', async (page) => {
    await unanswer(page, operation);
    await page.goto(site.server.origin + path);
    await unread(page);
    expect(await page.title()).toBe(`${title} · Marketplace imports`);
  }),
);

test('a store is made for the merchant of the address before the merchant’s name is there', () =>
  as('admin', async (page, context) => {
    const merchants = '{ merchants(first: 1) { edges { node { id } } } }';
    const answer = await askApi<{ merchants: { edges: { node: { id: string } }[] } }>(
      context,
      site.server,
      merchants,
    );
    const merchantId = answer.merchants.edges[0]?.node.id ?? '';
    // Its name never comes.
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('query MerchantNamed')) await route.continue();
    });
    await open(page, `/admin/stores/new?merchant=${encodeURIComponent(merchantId)}`, 'New store');
    await page.getByLabel('Name').fill('Early Bird');
    await page.getByRole('button', { name: 'Create store' }).click();
    await page.getByRole('heading', { level: 1, name: 'Early Bird' }).waitFor();
    const made = '{ store(code: "early-bird") { merchant { id } } }';
    expect(await askApi(context, site.server, made)).toEqual({ store: { merchant: { id: merchantId } } });
  }));

test('a form sends what was changed in it, and undoes nothing that others changed meanwhile', () =>
  as('admin', async (page, context) => {
    const create = `mutation ($input: CreateUserInput!) {
      createUser(input: $input) { ... on CreateUserPayload { user { id } } }
    }`;
    const update = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { __typename } }`;
    const { createUser } = await askApi<{ createUser: { user: { id: string } } }>(
      context,
      site.server,
      create,
      {
        input: { name: 'Lea Kremer', email: 'lea@example.test', password: 'nine yellow ladders' },
      },
    );
    const { id } = createUser.user;
    await open(page, `/admin/users/${encodeURIComponent(id)}`, 'Lea Kremer');
    await askApi(context, site.server, update, { input: { id, active: false } });
    await page.getByLabel('Name').fill('Lea Kremer-Thill');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Lea Kremer-Thill is saved').waitFor();
    const facts = 'query ($id: ID!) { node(id: $id) { ... on User { name active } } }';
    const { node } = await askApi<{ node: object }>(context, site.server, facts, { id });
    expect(node).toEqual({ name: 'Lea Kremer-Thill', active: false });

    // What the others did is there to see, and to be changed.
    const active = page.getByRole('checkbox', { name: 'May sign in' });
    expect(await active.isChecked()).toBe(false);
    await active.check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => askApi<{ node: object }>(context, site.server, facts, { id }), patience)
      .toEqual({ node: { name: 'Lea Kremer-Thill', active: true } });
  }));

test('the role of a member is shown as it was when another one is refused', () =>
  as('admin', async (page) => {
    const refusal = { code: 'STORE_MEMBER_NOT_FOUND', message: 'There is no such member.', path: null };
    const updateStoreMember = { __typename: 'StoreMemberNotFoundError', ...refusal };
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('UpdateMemberOfStore')
        ? route.fulfill({ json: { data: { updateStoreMember } } })
        : route.continue(),
    );
    await open(page, '/admin/stores/weber-livres/edit', 'Weber Livres');
    const role = page.getByRole('region', { name: 'Members' }).getByRole('listitem').getByRole('combobox');
    const before = await role.first().inputValue();
    await role.first().focus();
    await role.first().selectOption(before === 'STAFF' ? 'MANAGER' : 'STAFF');
    await page.getByText('This could not be saved').waitFor();
    expect(await role.first().inputValue()).toBe(before);
    expect(await role.first().evaluate((select) => select === document.activeElement)).toBe(true);
  }));

test('the role of one member is saved while that of another is on its way', () =>
  as('admin', async (page, context) => {
    const held = Promise.withResolvers<void>();
    let asked = 0;
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('UpdateMemberOfStore')) asked += 1;
      if (asked === 1) await held.promise;
      await route.continue();
    });
    const add = 'mutation ($input: AddStoreMemberInput!) { addStoreMember(input: $input) { __typename } }';
    const second = { storeCode: 'weber-livres', email: 'other@example.test', role: 'STAFF' };
    await askApi(context, site.server, add, { input: second });
    await open(page, '/admin/stores/weber-livres/edit', 'Weber Livres');
    const role = page.getByRole('region', { name: 'Members' }).getByRole('listitem').getByRole('combobox');
    await role.nth(1).waitFor();
    const before = [await role.nth(0).inputValue(), await role.nth(1).inputValue()];
    const other = before.map((one) => (one === 'STAFF' ? 'MANAGER' : 'STAFF'));
    await role.nth(0).selectOption(other[0] ?? null);
    await role.nth(1).selectOption(other[1] ?? null);
    await expect.poll(() => asked, patience).toBe(2);
    held.resolve();
    await expect
      .poll(() => role.evaluateAll((all) => all.map((one) => 'value' in one && one.value)))
      .toEqual(other);
    const members = '{ store(code: "weber-livres") { members { role } } }';
    const { store } = await askApi<{ store: { members: { role: string }[] } }>(context, site.server, members);
    expect(store.members.map((member) => member.role).toSorted()).toEqual(other.toSorted());
  }));

test('the focus goes to the head of the members when one of them is removed', () =>
  as('admin', async (page) => {
    await open(page, '/admin/stores/weber-deco/edit', 'Weber Déco');
    const members = page.getByRole('region', { name: 'Members' });
    await members.getByLabel('E-mail address').fill('other@example.test');
    await members.getByRole('button', { name: 'Add' }).click();
    const row = members.getByRole('listitem').filter({ hasText: 'other@example.test' });
    await row.getByRole('button', { name: /Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent), patience)
      .toBe('Members');
  }));

test.each([
  ['/admin/stores', 'Stores', 'StoreList'],
  ['/admin/users', 'Users', 'UserList'],
  ['/admin/merchants', 'Merchants', 'MerchantList'],
])('what was found before is not shown at %s for a search that cannot be read', (path, title, operation) =>
  as('admin', async (page) => {
    await open(page, path, title);
    const rows = page.locator('tbody .row-link');
    await rows.first().waitFor();
    await unanswer(page, operation);
    await page.getByRole('searchbox').fill('velo');
    await unread(page);
    expect(await rows.count()).toBe(0);
  }),
);

test('one merchant is not shown at the address of another that cannot be read', () =>
  as('admin', async (page, context) => {
    const merchants = '{ merchants(first: 2) { edges { node { id name } } } }';
    type Merchants = { merchants: { edges: { node: { id: string; name: string } }[] } };
    const answer = await askApi<Merchants>(context, site.server, merchants);
    const [one, other] = answer.merchants.edges.map(({ node }) => node);
    for (const area of ['/merchant/', '/admin/merchants/']) {
      await open(page, `${area}${encodeURIComponent(one?.id ?? '')}`, one?.name ?? '');
      await page.getByLabel('Contact address').waitFor();
      await unanswer(page, 'MerchantPage');
      // As a link within the pages leads there.
      await page.evaluate(
        (href) => {
          const link = Object.assign(document.createElement('a'), { href });
          document.querySelector('main')?.append(link);
          link.click();
        },
        `${area}${encodeURIComponent(other?.id ?? '')}`,
      );
      await unread(page);
      expect(await page.getByLabel('Contact address').count()).toBe(0);
      await page.unroute('**/graphql');
    }
  }));

test('a form follows what others change while it is read again, but for what is typed', () =>
  as('admin', async (page, context) => {
    const users = '{ users(search: "staff@example.test", first: 1) { edges { node { id name } } } }';
    const { users: found } = await askApi<{ users: { edges: { node: { id: string; name: string } }[] } }>(
      context,
      site.server,
      users,
    );
    const { id, name } = found.edges[0]?.node ?? { id: '', name: '' };
    await open(page, '/admin/users', 'Users');
    const link = page.getByRole('link', { name, exact: true });
    await link.click();
    const email = page.getByLabel('E-mail address');
    await email.waitFor();
    await page.goBack();
    await link.waitFor();
    const update = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { __typename } }';
    await askApi(context, site.server, update, { input: { id, name: 'Renamed Colleague' } });
    const held = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query UserToEdit')) await held.promise;
      await route.continue();
    });
    await link.click();
    await email.fill('typed@example.test');
    held.resolve();
    await expect.poll(() => page.getByLabel('Name').inputValue(), patience).toBe('Renamed Colleague');
    expect(await email.inputValue()).toBe('typed@example.test');
    await askApi(context, site.server, update, { input: { id, name } });
  }));

test('a store of a merchant that is switched off is not said to be in use', () =>
  as('admin', async (page, context) => {
    const merchants = '{ merchants(search: "Kirchberg", first: 1) { edges { node { id } } } }';
    type Merchants = { merchants: { edges: { node: { id: string } }[] } };
    const answer = await askApi<Merchants>(context, site.server, merchants);
    const id = answer.merchants.edges[0]?.node.id ?? '';
    const update = 'mutation ($input: UpdateMerchantInput!) { updateMerchant(input: $input) { __typename } }';
    await askApi(context, site.server, update, { input: { id, active: false } });
    await open(page, '/admin/stores', 'Stores');
    await page
      .getByRole('row', { name: /Kirchberg Vélo/ })
      .getByText('Switched off', { exact: true })
      .waitFor();
    await open(page, '/admin/stores/kirchberg-velo/edit', 'Kirchberg Vélo');
    await page.getByText('Switched off', { exact: true }).waitFor();
    await askApi(context, site.server, update, { input: { id, active: true } });
  }));

test('an owner changes the contact of the own merchant, and nobody else’s', () =>
  as('owner', async (page, context) => {
    const merchants = '{ viewer { merchants { id } } }';
    const { viewer } = await askApi<{ viewer: { merchants: { id: string }[] } }>(
      context,
      site.server,
      merchants,
    );
    const path = `/merchant/${encodeURIComponent(viewer.merchants[0]?.id ?? '')}`;
    await open(page, path, 'Maison Weber');
    expect(await page.getByRole('link', { name: 'Weber Livres' }).count()).toBe(1);
    await page.getByLabel('Contact address').fill('nowhere');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write the whole address').waitFor();
    await page.getByLabel('Contact address').fill('desk@weber.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Maison Weber is saved').waitFor();
    await page.reload();
    await expect
      .poll(() => page.getByLabel('Contact address').inputValue(), patience)
      .toBe('desk@weber.example');
    await as('other', (foreign) => open(foreign, path, 'There is no such page'));
  }));
