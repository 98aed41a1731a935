import { expect, test, visit } from './fixtures';

/** Closes an attribute, a title or a script, and then opens elements. */
const markup = `"'></title></script><img class=evil><meta class=evil>`;

/** Fields that all hold markup. */
const evil = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name + markup]));

interface Thing {
  id: string;
}

test('nothing that is typed becomes an element of a page @once', async ({ page, session }) => {
  const client = await session.makeClient({ name: `name${markup}`, ...evil('address', 'city', 'state', 'contact_person') });
  const { user } = await session.make<{ user: { row: Thing } }>('users/create', {
    client,
    draft: { ...evil('first_name', 'last_name', 'designation', 'city'), login: 'evil@leoart.example', email: 'evil@leoart.example' },
  });
  const group = await session.make<{ row: { group: Thing } }>('user-groups/create', { client, draft: evil('name', 'description') });
  const device = await session.make<Thing>('devices/create', { client, draft: evil('name', 'make', 'model', 'serial_number') });
  const devices = await session.make<Thing>('device-groups/create', { client, draft: evil('name', 'description') });
  const set = await session.make<Thing>('credential-sets/create', { client, draft: { ...evil('name', 'description'), credential_type: `type${markup}`, fields: {} } });
  const permissions = await session.make<Thing>('permission-sets/create', { draft: { ...evil('name', 'description'), scope: 'MSP', permissions: 1, unenforced: [] } });
  const role = await session.make<Thing>('roles/create', { draft: { ...evil('name', 'description'), scope: 'MSP', permission_sets: { Exactly: [permissions.id] } } });
  const [key] = await session.make<[Thing]>('api-keys/create', { draft: { ...evil('name'), roles: [role.id] } });
  await session.make('catalogues/create', { kind: 'add-ons', parent: null, draft: evil('name', 'description') });
  const things = [
    `/clients/${client}`,
    `/users/${user.row.id}`,
    `/user-groups/${group.row.group.id}`,
    `/devices/${device.id}`,
    `/device-groups/${devices.id}`,
    `/credential-sets/${set.id}`,
    `/permission-sets/${permissions.id}`,
    `/roles/${role.id}`,
    `/api-keys/${key.id}`,
  ];
  for (const thing of things) {
    // A role is changed on its own page.
    for (const address of thing.startsWith('/roles') ? [thing] : [thing, `${thing}/edit`]) {
      await visit(page, address);
      await expect(page, address).toHaveURL(address);
      await expect(page, `${address}: the title is literal`).toHaveTitle(/<img class=evil><meta class=evil>/);
      await expect(page.getByRole('heading', { level: 1 }), address).toContainText(markup);
      await expect(page.locator('.evil'), address).toHaveCount(0);
    }
  }
  for (const list of ['/clients', '/users', '/user-groups', '/devices', '/device-groups', '/credential-sets', '/permission-sets', '/roles', '/api-keys']) {
    await visit(page, `${list}?q=name`);
    await expect(page.getByRole('rowheader').filter({ hasText: 'class=evil' }).first(), list).toBeVisible();
    await expect(page.locator('.evil'), list).toHaveCount(0);
  }
  await visit(page, '/catalogues/add-ons');
  await expect(page.getByRole('row').filter({ hasText: 'class=evil' })).toBeVisible();
  await expect(page.locator('.evil')).toHaveCount(0);
});
