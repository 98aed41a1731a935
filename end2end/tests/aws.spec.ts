import type { Locator, Page } from '@playwright/test';
import type { Session } from './api';
import { type Aws, type AwsMember, axe, expect, heading, ORGANIZATION_ROLE, test, visit } from './aws';
import { expectFault, fact, fill, pick, section, toast } from './form';

/** A job makes or deletes a role in some seconds. */
const JOB = { timeout: 45_000 };

interface Account {
  id: string;
  number: string;
  name: string;
  external_id: string;
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader').filter({ hasText: name }) });
const cell = (page: Page, name: string, label: string) => row(page, name).locator(`td[data-label="${label}"]`);
const window = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
const bar = (page: Page) => page.getByRole('group', { name: 'Selected accounts' });

async function tickRows(page: Page, ...names: string[]) {
  for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
}

async function more(page: Page, item: string) {
  await page.getByRole('button', { name: 'More actions for selected accounts' }).click();
  await page.getByRole('button', { name: item }).click();
}

/** Presses a button of a window, which then goes away. */
async function finish(place: Locator, button: string) {
  await place.getByRole('button', { name: button, exact: true }).click();
  await expect(place).toBeHidden();
}

/** The management account with all of its members read; added unless a test before did so. */
async function management(session: Session, aws: Aws): Promise<{ id: string; members: Map<string, Account> }> {
  const list = (address: string) => session.get<{ rows: Account[] }>(address);
  const listed = await list('aws-accounts/list?kind=management&query=');
  const id = listed.rows[0]?.id ?? (await session.make<Account>('aws-accounts/create', { kind: 'management', draft: { number: aws.management, name: 'LeoArt Payer', sign_in: 'server' } })).id;
  const read = async () => (await list(`aws-accounts/members?management=${id}&query=size%3D100`)).rows;
  await expect.poll(async () => (await read()).length, JOB).toBe(45);
  return { id, members: new Map((await read()).map((account) => [account.name, account])) };
}

/** The demo's accounts stand for nothing that moto knows. */
test.beforeAll(async ({ sessions }) => {
  const session = await sessions('admin');
  const listed = async (kind: string) => (await session.get<{ rows: Account[] }>(`aws-accounts/list?kind=${kind}&query=`)).rows;
  for (const kind of ['single', 'management']) {
    for (const { id } of await listed(kind)) await session.make('aws-accounts/delete', { id, delink: true });
    await expect.poll(async () => (await listed(kind)).length, JOB).toBe(0);
  }
});

/** Makes a role by hand, as the page says. */
async function makeRole(aws: Aws, account: string, trust: string, name = 'Tenantry') {
  await aws.iam(account, 'create_role', { RoleName: name, AssumeRolePolicyDocument: trust });
  return `arn:aws:iam::${account}:role/${name}`;
}

test('an account by itself signs in by a role with an external ID, and one that has an organization is promoted', async ({ page, session, aws }) => {
  test.slow();
  const lone = aws.members[44]!;
  await visit(page, '/accounts/aws/non-msp');
  await expect(page.getByText('No Non-MSP accounts yet')).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: 'Add account' }).click();
  await expect(heading(page, 'Add account')).toBeVisible();
  await fill(page, { Name: 'Lone account' });
  await page.getByRole('radio', { name: /^A role with an external ID/ }).check();
  await expect(page.getByRole('textbox', { name: 'External ID' }), 'not before the account ID is whole').toHaveCount(0);
  await page.getByLabel('Account ID').fill(lone.number.replace(/(....)(....)/, '$1-$2 '));
  const externalId = page.getByRole('textbox', { name: 'External ID' });
  await expect(externalId).not.toHaveValue('');
  const trust = await page.getByLabel('Trust policy').inputValue();
  expect(JSON.parse(trust).Statement[0].Condition.StringEquals['sts:ExternalId']).toBe(await externalId.inputValue());
  await axe(page);
  await fill(page, { 'Role ARN': `arn:aws:iam::${lone.number}:role/Hand` });
  await page.getByRole('button', { name: 'Add account' }).click();
  await expect(page.getByLabel('Role ARN'), 'there is no such role yet').toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Name', { exact: true }), 'nothing typed is lost').toHaveValue('Lone account');
  await makeRole(aws, lone.number, trust, 'Hand');
  await page.getByRole('button', { name: 'Add account' }).click();
  await expect(heading(page, 'Lone account')).toBeVisible();
  await expect(fact(page, 'Account ID')).toContainText(lone.number);
  await expect(fact(page, 'Sign-in')).toHaveText('Role Hand');
  await axe(page);

  await visit(page, '/accounts/aws/non-msp');
  await row(page, 'Lone account').getByRole('button', { name: 'Actions for Lone account' }).click();
  await page.getByRole('button', { name: 'Promote to MSP' }).click();
  const promote = window(page, 'Promote Lone account to MSP?');
  await axe(page);
  await promote.getByRole('button', { name: 'Promote' }).click();
  await expect(promote.getByRole('alert'), 'a member is no management account').toBeVisible();
  await finish(promote, 'Cancel');

  await session.make('aws-accounts/create', { kind: 'single', draft: { number: aws.management, name: 'Future payer', sign_in: 'server' } });
  await visit(page, '/accounts/aws/non-msp');
  await row(page, 'Future payer').getByRole('button', { name: 'Actions for Future payer' }).click();
  await page.getByRole('button', { name: 'Promote to MSP' }).click();
  await finish(window(page, 'Promote Future payer to MSP?'), 'Promote');
  await page.getByRole('navigation', { name: 'Account Management' }).getByRole('link', { name: 'MSP', exact: true }).click();
  await expect(cell(page, 'Future payer', 'Members')).toContainText('45 accounts', JOB);

  await row(page, 'Future payer').getByRole('button', { name: 'Actions for Future payer' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  const question = window(page, 'Delete Future payer?');
  await expect(question).toContainText('its 45 member accounts');
  // The lone account is a member now, and has its role still. Until its check is over, only the server knows that.
  const delink = question.getByRole('checkbox', { name: /^Delink .+ first$/ });
  if (!(await delink.isVisible())) {
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(question.getByRole('alert')).toContainText('Remove their Role ARNs first');
  }
  await delink.check();
  await finish(question, 'Delete');
  await expect(page.getByText('No MSP accounts yet')).toBeVisible(JOB);
});

test('customer accounts are listed, associated, removed, onboarded and delinked', async ({ page, session, aws, isMobile }, { project }) => {
  test.setTimeout(240_000);
  const [first, second, third] = aws.members.map(({ name }) => name) as [string, string, string];
  await visit(page, '/clients');
  if (isMobile) await page.getByRole('button', { name: 'Navigation' }).click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Account Management' }).click();
  await expect(heading(page, 'MSP Accounts')).toBeVisible();
  const providers = page.getByRole('navigation', { name: 'Account Management' });
  await expect(providers.getByRole('link'), 'AWS is open').toHaveText(['MSP', 'Non-MSP']);
  await axe(page);

  await page.getByRole('link', { name: 'Add MSP account' }).click();
  await fill(page, { 'Account ID': '1234-5678', Name: 'LeoArt Payer' });
  await page.getByRole('button', { name: 'Add MSP account' }).click();
  await expectFault(page.getByLabel('Account ID'), 'Use twelve digits; there are 8.');
  await axe(page);
  await fill(page, { 'Account ID': '999988887777' });
  await page.getByRole('button', { name: 'Add MSP account' }).click();
  await expectFault(page.getByLabel('Account ID'), `The server signs in at account ${aws.management} that way`);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('LeoArt Payer');
  await fill(page, { 'Account ID': aws.management.replace(/(....)(....)/, '$1-$2-') });
  await page.getByRole('button', { name: 'Add MSP account' }).click();
  await expect(heading(page, 'Customer Accounts of LeoArt Payer')).toBeVisible();
  await expect(page.getByText('1–25 of 45')).toBeVisible(JOB);
  await expect(page.getByText('Last refreshed')).toBeVisible();

  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'MSP', exact: true }).click();
  await expect(cell(page, 'LeoArt Payer', 'Members')).toHaveText(/^45 accounts\s*0 associated, 0 onboarded$/);
  await page.getByRole('button', { name: 'Actions for LeoArt Payer' }).click();
  await axe(page);
  await page.getByRole('link', { name: 'Manage Customer Accounts' }).click();
  await expect(row(page, first)).toContainText(aws.members[0]!.number);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('26–45 of 45')).toBeVisible();
  await page.getByRole('searchbox').fill(aws.members[2]!.number);
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await page.getByRole('searchbox').fill('');
  await expect(page.getByText('1–25 of 45')).toBeVisible();
  await expect(bar(page).getByRole('button', { name: 'Associate Account to Customer' })).toHaveAccessibleDescription('Select one or more accounts first.');
  await axe(page);

  await tickRows(page, first, second);
  await expect(bar(page)).toContainText('2 selected');
  await bar(page).getByRole('button', { name: 'Associate Account to Customer' }).click();
  const link = window(page, 'Link to Customer');
  await expect(link.getByRole('button', { name: 'Finish' })).toHaveAccessibleDescription('Choose a customer first.');
  await pick(link, 'Customer', 'leoart lab', 'LeoArt Lab');
  await axe(page);
  await finish(link, 'Finish');
  await expect(toast(page, '2 accounts now belong to LeoArt Lab.')).toBeVisible();
  await expect(cell(page, first, 'Customer').getByRole('link')).toHaveText('LeoArt Lab');

  const customer = `Made for AWS ${project.name}`;
  await tickRows(page, first, third);
  await bar(page).getByRole('button', { name: 'Associate Account to Customer' }).click();
  await link.getByRole('button', { name: 'Create customer' }).click();
  const create = window(page, 'Create Customer');
  await fill(create, { 'Company Name': customer, 'First Name': 'Ada', 'Last Name': 'Lovelace', Email: 'nonsense' });
  await create.getByRole('button', { name: 'Create customer' }).click();
  await expect(create.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true');
  await axe(page);
  await fill(create, { Email: 'ada@example.com' });
  await finish(create, 'Create customer');
  await expect(link, 'from whom it is taken').toContainText(`${first} from LeoArt Lab`);
  await axe(page);
  await finish(link, 'Finish');
  await expect(cell(page, first, 'Customer').getByRole('link')).toHaveText(customer);
  await expect(cell(page, second, 'Customer').getByRole('link')).toHaveText('LeoArt Lab');

  await page.getByRole('link', { name: 'With a customer' }).click();
  await expect(page.getByRole('rowheader')).toHaveCount(3);
  await page.getByText('Filter by customer').click();
  await pick(page.getByRole('main'), 'Customer', 'leoart lab', 'LeoArt Lab');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await axe(page);
  await tickRows(page, second);
  await bar(page).getByRole('button', { name: 'Remove Account from Customer' }).click();
  const remove = window(page, 'Remove Account from Customer');
  await expect(remove).toContainText(`${second} from LeoArt Lab`);
  await axe(page);
  await finish(remove, 'Remove');
  await expect(page.getByText('No accounts found')).toBeVisible();
  await page.getByRole('link', { name: 'Clear All' }).click();
  await expect(cell(page, second, 'Customer')).toHaveText('—');

  await tickRows(page, first);
  await more(page, 'Onboard Account');
  const onboard = window(page, 'Onboard Member Account');
  await expect(fact(onboard, 'Account ID')).toHaveText(aws.members[0]!.number);
  await expect(onboard.getByLabel('Role name')).toHaveValue('Tenantry');
  await onboard.getByText('Role policy').click();
  await expect(onboard.locator('pre')).toContainText('"ec2:Describe*"');
  await onboard.getByLabel('Role name').fill('no such name');
  await onboard.getByRole('button', { name: 'Add' }).click();
  await expect(onboard.getByLabel('Role name')).toHaveAttribute('aria-invalid', 'true');
  await axe(page);
  await onboard.getByLabel('Role name').fill('Tenantry');
  await finish(onboard, 'Add');
  const arn = `arn:aws:iam::${aws.members[0]!.number}:role/Tenantry`;
  await expect(cell(page, first, 'Role ARN')).toContainText(arn, JOB);
  await expect(cell(page, first, 'State')).toContainText('Onboarded');
  await axe(page);
  await row(page, first).getByRole('link', { name: first }).click();
  const externalId = (await fact(page, 'External ID').textContent())!.trim();
  const roles = await aws.roles(aws.members[0]!.number);
  expect(roles.map((role) => role.arn), 'IAM has exactly the role that we show').toEqual([arn]);
  expect(roles[0]!.trust.Statement).toHaveLength(1);
  expect(roles[0]!.trust.Statement[0]!.Condition).toMatchObject({ StringEquals: { 'sts:ExternalId': externalId } });
  expect(roles[0]!.trust.Statement[0]!.Principal).toEqual({ AWS: `arn:aws:iam::${aws.management}:root` });
  expect(roles[0]!.tags).toEqual({ 'tenantry:managed': 'true', 'tenantry:external-id': externalId });
  expect(Object.keys(roles[0]!.policies)).toEqual(['tenantry']);
  await axe(page);

  await page.goBack();
  await tickRows(page, first);
  await page.getByRole('button', { name: 'More actions for selected accounts' }).click();
  await expect(page.getByRole('button', { name: 'Onboard Account' })).toContainText(`${first} is already onboarded.`);
  await page.getByRole('button', { name: 'Remove Role ARN' }).click();
  const delink = window(page, 'Remove Role ARN');
  await expect(delink).toContainText(arn);
  await axe(page);
  await finish(delink, 'Ok');
  await expect(cell(page, first, 'State')).toContainText('Discovered', JOB);
  await expect(cell(page, first, 'Role ARN')).toHaveText('—');
  await expect(cell(page, first, 'Customer'), 'it stays with its customer').toContainText(customer);
  expect(await aws.roles(aws.members[0]!.number)).toEqual([]);
});

test('of many accounts that are onboarded at once, one that fails stops no other', async ({ page, session, aws }) => {
  test.setTimeout(180_000);
  const { id } = await management(session, aws);
  const [sound, foreign, another, fourth] = aws.members.slice(5, 9) as [AwsMember, AwsMember, AwsMember, AwsMember];
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
  await makeRole(aws, foreign.number, trust);
  await visit(page, `/accounts/aws/msp/${id}/members`);
  await tickRows(page, sound.name, foreign.name, another.name, fourth.name);
  await more(page, 'Onboard Account');
  const onboard = window(page, 'Onboard Member Account');
  await onboard.getByRole('radio', { name: /^Administrator/ }).check();
  await finish(onboard, 'Add');
  for (const { name } of [sound, another, fourth]) await expect(cell(page, name, 'State')).toContainText('Onboarded', JOB);
  await expect(cell(page, foreign.name, 'State')).toContainText('Failed', JOB);
  await expect(cell(page, foreign.name, 'State'), 'a sentence that says why').toContainText('Tenantry');
  await expect(cell(page, foreign.name, 'Role ARN')).toHaveText('—');
  await expect(toast(page, '1 of 4 jobs failed.')).toBeVisible(JOB);
  const [role] = await aws.roles(foreign.number);
  expect(role!.trust, 'a role of others is left alone').toEqual(JSON.parse(trust));
  expect(role!.policies).toEqual({});
  const [made] = await aws.roles(sound.number);
  expect(JSON.stringify(made!.policies)).toContain('"*"');

  await visit(page, '/accounts/aws/msp');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await page.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: /^Delete / });
  await expect(question.getByRole('button', { name: 'Delete', exact: true })).toHaveAccessibleDescription('Confirm that the accounts are delinked first.');
  await question.getByRole('checkbox', { name: 'Delink 3 onboarded accounts first' }).check();
  await axe(page);
  await finish(question, 'Delete');
  await expect(page.getByText('No MSP accounts yet')).toBeVisible(JOB);
  for (const { number } of [sound, another, fourth]) expect(await aws.roles(number)).toEqual([]);
  expect(await aws.roles(foreign.number), 'the role of others is still there').toHaveLength(1);
});

test('an account that can’t be entered is finished by hand', async ({ page, session, aws }) => {
  test.setTimeout(180_000);
  const { id } = await management(session, aws);
  const { name, number } = aws.members[10]!;
  const { AttachedPolicies } = await aws.iam<{ AttachedPolicies: { PolicyArn: string }[] }>(number, 'list_attached_role_policies', { RoleName: ORGANIZATION_ROLE });
  for (const { PolicyArn } of AttachedPolicies) await aws.iam(number, 'detach_role_policy', { RoleName: ORGANIZATION_ROLE, PolicyArn });
  await aws.iam(number, 'delete_role', { RoleName: ORGANIZATION_ROLE });
  await visit(page, `/accounts/aws/msp/${id}/members`);
  await tickRows(page, name);
  await more(page, 'Onboard Account');
  await finish(window(page, 'Onboard Member Account'), 'Add');
  await expect(cell(page, name, 'State')).toContainText('Pending', { timeout: 100_000 });
  await axe(page);
  await cell(page, name, 'State').getByRole('link', { name: 'Finish in AWS' }).click();
  const byHand = section(page, 'Finish in AWS');
  const downloading = page.waitForEvent('download');
  await byHand.getByRole('link', { name: 'Download CloudFormation template' }).click();
  expect((await downloading).suggestedFilename()).toBe(`tenantry-${number}.json`);
  await byHand.getByText('Create the role by hand', { exact: true }).click();
  await axe(page);
  await fill(byHand, { 'Role ARN': 'arn:aws:iam::111122223333:role/Elsewhere' });
  await byHand.getByRole('button', { name: 'Save Role ARN' }).click();
  await expectFault(byHand.getByLabel('Role ARN'), 'The role is in account 111122223333, not in this one.');
  const arn = await makeRole(aws, number, await byHand.getByLabel('Trust policy').inputValue(), 'ByHand');
  await fill(byHand, { 'Role ARN': arn });
  await byHand.getByRole('button', { name: 'Save Role ARN' }).click();
  await expect(section(page, 'Role').getByText(arn)).toBeVisible(JOB);
  await expect(byHand).toHaveCount(0);
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('sees everything, and why nothing can be changed', async ({ page, sessions, aws }) => {
    const { id, members } = await management(await sessions('admin'), aws);
    const why = 'Your roles do not include the permission “AWS Accounts: Manage”.';
    await visit(page, '/accounts/aws/msp');
    await expect(page.getByRole('link', { name: 'Add MSP account' })).toHaveAccessibleDescription(why);
    await visit(page, '/accounts/aws/msp/new');
    await expect(page.getByText('You can’t add AWS accounts')).toBeVisible();
    await visit(page, `/accounts/aws/msp/${id}/members`);
    await expect(page.getByText('1–25 of 45')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Refresh' })).toHaveAccessibleDescription(why);
    await tickRows(page, aws.members[20]!.name);
    await expect(bar(page).getByRole('button', { name: 'Associate Account to Customer' })).toHaveAccessibleDescription(why);
    await axe(page);
    await visit(page, `/accounts/aws/${members.get(aws.members[20]!.name)!.id}`);
    await expect(fact(page, 'E-mail address')).toHaveText(aws.members[20]!.email);
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await expect(page.getByRole('button', { name: 'Onboard Account' })).toContainText(why);
  });
});

test.describe('a client’s user', () => {
  test.use({ who: 'clientAdmin' });

  test('sees the accounts of their client, and no others', async ({ page, sessions, aws, isMobile }) => {
    const admin = await sessions('admin');
    const { id, members } = await management(admin, aws);
    const [own, other, free] = aws.members.slice(30, 33).map(({ name }) => members.get(name)!) as [Account, Account, Account];
    await admin.make('aws-accounts/associate', { accounts: [own.id], client: 'client_8' });
    await admin.make('aws-accounts/associate', { accounts: [other.id], client: 'client_9' });
    await visit(page, '/clients/client_8');
    const accounts = section(page, 'AWS Accounts');
    await expect(accounts.getByRole('rowheader').filter({ hasText: own.name })).toBeVisible();
    await expect(accounts).not.toContainText(other.name);
    await axe(page);
    await accounts.getByRole('link', { name: own.name }).click();
    await expect(heading(page, own.name)).toBeVisible();
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await expect(page.getByRole('button', { name: 'Remove Account from Customer' })).toHaveAttribute('aria-disabled', 'true');
    for (const hidden of ['/accounts/aws/msp', '/accounts/aws/non-msp', `/accounts/aws/${other.id}`, `/accounts/aws/${free.id}`, `/accounts/aws/msp/${id}/members`]) {
      await visit(page, hidden);
      await expect(page.getByText('Page not found'), hidden).toBeVisible();
    }
    await visit(page, '/clients');
    if (isMobile) await page.getByRole('button', { name: 'Navigation' }).click();
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Account Management' })).toHaveCount(0);
  });
});
