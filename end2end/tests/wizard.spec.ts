import { type Page } from '@playwright/test';
import { expect, heading, hydrated, test, visit } from './fixtures';
import { answer, box, choose, expectFault, expectFilled, fact, fill, section, summary, tab, tick, toast, unfold } from './form';
import { chooseImages } from './picture';

const steps = ['Client Details', 'Product Package', 'Add-Ons', 'Add Services', 'Service', 'Network Architecture'] as const;

/** The tab that is shown. A phone shows its name alone, and the others behind it. */
async function expectStep(page: Page, name: (typeof steps)[number]) {
  const number = steps.indexOf(name) + 1;
  const shown = page.getByRole('navigation', { name: 'Steps' });
  await expect(shown.locator('[aria-current="step"]')).toContainText(name);
  await expect(shown.getByText(`Step ${number} of 6`)).toBeAttached();
}

const press = (page: Page, name: 'Next' | 'Finish') => page.getByRole('button', { name, exact: true }).click();

/** Waits until the draft is kept by the server. */
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible();

/** What nobody can do without. */
async function fillRequired(page: Page, name: string) {
  await fill(page, { 'Client Name': name, Address: '12 Harbour Road' });
  await choose(page, 'Country', 'germ', 'Germany');
  await choose(page, 'Time Zone', 'berl', 'Europe/Berlin');
}

test('a client is typed through all tabs, and is shown as it was typed', async ({ page }) => {
  await visit(page, '/clients');
  await page.getByRole('link', { name: 'Add', exact: true }).click();
  await expectStep(page, 'Client Details');

  await fillRequired(page, 'Nordwind Logistik GmbH');
  await fill(page, {
    City: 'Hamburg',
    State: 'HH',
    Zip: '20457',
    'Phone Number': '+49 40 1234567',
    'Mobile Number': '+49 170 7654321',
    'Contact Person': 'Jo Märtens',
    Email: 'it@nordwind.example',
    'External ID': 'NW-0815',
  });
  await expect(section(page, 'Availability Settings').getByText('Up, no alerts ignored'), 'a folded section says what is set').toBeVisible();
  await unfold(page, 'Access Restriction', 'Policies, Logs and Traces', 'Availability Settings', 'Integration Settings');
  await unfold(page, 'Discovery, Agents and Patches', 'Remote Access Management', 'Agent Policies');
  await page.getByLabel('Restrict Access To Specific IP(s)').check();
  await fill(page, { 'Allowed IPs': '10.1.2.*\n10.1.3.[0-50]\n2001:db8::/32' });
  await page.getByLabel('Enable Global Policies').uncheck();
  await answer(page, 'Log Management', 'Yes');
  await answer(page, 'Trace Management', 'Yes');
  await page.getByLabel('Consider resource to be as').selectOption('Down');
  await answer(page, 'Ignore alert action', 'Yes');
  await page.getByLabel('Ignored alert actions').selectOption('Incident');
  await tick(page, 'Custom integrations', 'ServiceNow', 'Slack');
  await answer(page, 'Application Discovery & Dependency Mapping', 'Yes');
  await answer(page, 'Agent Monitoring Capabilities', 'Yes');
  await page.getByLabel('Agent self-monitoring frequency').selectOption('Every 6 hours');
  await answer(page, 'Admission control for agents in Public Cloud', 'Yes');
  await answer(page, 'Patch Management', 'Yes');
  await answer(page, 'Remote Shell (SSH)', 'Yes');
  await answer(page, 'Session Recording', 'Yes');
  await tick(page, 'Agent policies', 'Antivirus Status', 'Disk Cleanup');
  await press(page, 'Next');

  await expectStep(page, 'Product Package');
  await tick(page, 'Product packages', 'Hybrid Discovery and Monitoring', 'Remediation and Automation');
  await press(page, 'Next');

  await expectStep(page, 'Add-Ons');
  await tick(page, 'Add-ons', 'Offline Alerts', 'SMS and Voice');
  await press(page, 'Next');

  await expectStep(page, 'Add Services');
  await page.getByRole('checkbox', { name: /^Network Monitoring/ }).check();
  await tick(page, 'Technologies of Network Monitoring', 'SNMP', 'Cisco');
  await page.getByRole('checkbox', { name: /^Service Desk/ }).check();
  await press(page, 'Next');

  await expectStep(page, 'Service');
  const access = section(page, 'Alternate Access Details');
  const entry = (number: number) => access.getByRole('listitem').filter({ hasText: `Alternate access ${number}` });
  await access.getByRole('button', { name: 'Add alternate access' }).click();
  await entry(1).getByLabel('Technology').selectOption('Network Monitoring: Cisco');
  await entry(1).getByLabel('Access Type').selectOption('SSH');
  await fill(entry(1), { 'IP Address': '10.1.2.7', Port: '22', 'IP Range': '10.1.2.1-10.1.2.50', 'User Name': 'netops', Password: 'Jump-Host-1' });
  await access.getByRole('button', { name: 'Add alternate access' }).click();
  await entry(2).getByLabel('Access Type').selectOption('HTTPS');
  await fill(entry(2), { 'IP Address': 'jump.nordwind.example' });
  const provider = section(page, 'Internet Service Providers');
  await provider.getByRole('button', { name: 'Add internet service provider' }).click();
  await fill(provider, {
    Name: 'Hafen Glasfaser',
    Plan: 'Business 1000',
    'Circuit ID': 'C-4711',
    'Member ID': 'M-42',
    URL: 'https://portal.hafen.example/',
    'User Name': 'nordwind',
    'Phone Number': '+49 40 7777777',
  });
  await press(page, 'Next');

  await expectStep(page, 'Network Architecture');
  await chooseImages(page, ['core_network.png'], ['warehouse.png', [200, 60, 40]]);
  const images = page.getByRole('listitem').filter({ has: page.getByRole('img') });
  await expect(images).toHaveCount(2);
  await expect(images.getByLabel('Title').first(), 'the name of the file is a first title').toHaveValue('core network');
  await images.getByLabel('Title').first().fill('Core network');
  await page.getByRole('button', { name: 'Move image 1 down' }).click();
  await expect(images.getByLabel('Title').last()).toHaveValue('Core network');
  await press(page, 'Finish');

  await expect(heading(page, 'Nordwind Logistik GmbH')).toBeVisible();
  await expect(page).toHaveURL(/\/clients\/client_\d+$/);
  await expect(toast(page, 'Nordwind Logistik GmbH was created.')).toBeVisible();
  const shown: Record<string, Record<string, string | RegExp>> = {
    'Client Details': {
      'Client Name': 'Nordwind Logistik GmbH',
      Address: '12 Harbour Road',
      City: 'Hamburg',
      State: 'HH',
      Zip: '20457',
      Country: 'Germany',
      'Time Zone': 'Europe/Berlin',
      'Phone Number': '+49 40 1234567',
      'Mobile Number': '+49 170 7654321',
      'Contact Person': 'Jo Märtens',
      Email: 'it@nordwind.example',
      'External ID': 'NW-0815',
    },
    'Access Restriction': { 'Restrict Access To Specific IP(s)': 'Yes', 'Allowed IPs': /^10\.1\.2\.\*,\s*10\.1\.3\.\[0-50\],\s*2001:db8::\/32$/ },
    'Policies, Logs and Traces': { 'Global Policies': 'No', 'Log Management': 'Yes', 'Trace Management': 'Yes' },
    'Availability Settings': { 'Consider resource to be as': 'Down', 'Ignore alert action': 'Yes: Incident' },
    'Integration Settings': { 'Inherited Integrations': /^ServiceNow\s+Slack$/ },
    'Discovery, Agents and Patches': {
      'Application Discovery & Dependency Mapping': 'Yes',
      'Agent Monitoring Capabilities': 'Yes: every 6 hours',
      'Admission control for agents in Public Cloud': 'Yes',
      'Patch Management': 'Yes',
    },
    'Remote Access Management': { 'Enabled Features': /^Remote Shell \(SSH\)\s+Session Recording$/ },
    'Agent Policies': { 'Applied Policies': /^Antivirus Status\s+Disk Cleanup$/ },
    'Product Packages and Add-Ons': {
      'Product Packages': /^Hybrid Discovery and Monitoring\s+Remediation and Automation$/,
      'Add-Ons': /^Offline Alerts\s+SMS and Voice$/,
    },
    Services: { 'Network Monitoring': /^SNMP\s+Cisco$/, 'Service Desk': '—' },
    'Internet Service Providers': {
      Name: 'Hafen Glasfaser',
      Plan: 'Business 1000',
      'Circuit ID': 'C-4711',
      'Member ID': 'M-42',
      URL: 'https://portal.hafen.example/',
      'User Name': 'nordwind',
      'Phone Number': '+49 40 7777777',
    },
  };
  await tab(page, 'Nordwind Logistik GmbH', 'Settings').click();
  for (const [title, facts] of Object.entries(shown)) {
    for (const [label, value] of Object.entries(facts)) await expect(fact(section(page, title), label), `${title}: ${label}`).toHaveText(value);
  }
  const [first, second] = await section(page, 'Alternate Access Details').getByRole('listitem').all();
  for (const [label, value] of Object.entries({
    Technology: 'Cisco',
    'Access Type': 'SSH',
    'IP Address': '10.1.2.7',
    Port: '22',
    'IP Range': '10.1.2.1-10.1.2.50',
    'User Name': 'netops',
    Password: 'Stored',
  })) {
    await expect(fact(first!, label), label).toHaveText(value);
  }
  await expect(fact(second!, 'IP Address')).toHaveText('jump.nordwind.example');
  await expect(fact(second!, 'Password')).toHaveText('—');
  const architecture = section(page, 'Network Architecture');
  await expect(architecture.getByRole('figure')).toHaveText([/warehouse$/, /Core network$/]);
  for (const image of await architecture.getByRole('img').all()) {
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.evaluate((image: HTMLImageElement) => image.naturalWidth), 'the picture itself is there').toBe(24);
  }

  await page.goBack();
  await expect(page, 'from the tab to the client').toHaveURL(/\/clients\/client_\d+$/);
  await page.goBack();
  await expect(heading(page, 'Nordwind Logistik GmbH'), 'the draft is gone, and no step back leads to it').toHaveCount(0);
  await expect(heading(page, 'New Client')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Nordwind Logistik GmbH' })).toHaveCount(0);
});

test('a draft begins with the first letter, and the page stays as it is', async ({ page, session }) => {
  const drafts = async () => (await (await session.call('client-drafts/list')).json()).length;
  const before = await drafts();
  await visit(page, '/clients/new');
  await expect(page.getByRole('button', { name: 'Discard', exact: true }), 'there is nothing to discard').toHaveCount(0);
  expect(await drafts(), 'looking at the page begins nothing').toBe(before);
  const name = page.getByLabel('Client Name', { exact: true });
  await name.pressSequentially('Keystroke Ltd', { delay: 20 });
  await saved(page);
  await expect(name, 'the focus stays').toBeFocused();
  await expect(name).toHaveValue('Keystroke Ltd');
  expect(await drafts()).toBe(before + 1);
  await expect(page).toHaveURL(/\/clients\/new\/[-0-9a-f]{36}\/client-details$/);
  await fill(page, { Address: '12 Harbour Road' });
  await choose(page, 'Country', 'germ', 'Germany');
  await expect(page.getByRole('combobox', { name: 'Time Zone' }), 'the country proposes its time zone').toHaveValue('Europe/Berlin');
  await choose(page, 'Country', 'japan', 'Japan');
  await expect(page.getByRole('combobox', { name: 'Time Zone' }), 'a proposal follows the country').toHaveValue('Asia/Tokyo');
  await choose(page, 'Time Zone', 'berl', 'Europe/Berlin');
  await choose(page, 'Country', 'france', 'France');
  await expect(page.getByRole('combobox', { name: 'Time Zone' }), 'a choice stays').toHaveValue('Europe/Berlin');
  await press(page, 'Next');
  await expectStep(page, 'Product Package');
  await saved(page);
  await page.goBack();
  await expectStep(page, 'Client Details');
  await expect(name).toHaveValue('Keystroke Ltd');
  await page.reload();
  await hydrated(page);
  await expect(name).toHaveValue('Keystroke Ltd');
});

test('the first tab is short on a phone, and its sections are a tap away', async ({ page }, { project }) => {
  await visit(page, '/clients/new');
  const height = await page.evaluate(() => document.documentElement.scrollHeight / window.innerHeight);
  if (project.name === 'phone') expect(height, 'screens').toBeLessThanOrEqual(3);
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Remote Access Management' }).click();
  await expect(page.getByRole('switch', { name: 'Remote Shell (SSH)' }), 'a link opens what is folded').toBeInViewport();
});

test('Next stands at one place', async ({ page, session }) => {
  await visit(page, await session.makeDraft());
  await fillRequired(page, 'One Place Ltd');
  const place = async (name: 'Next' | 'Finish') => {
    const { x, width } = (await page.getByRole('button', { name, exact: true }).boundingBox())!;
    return Math.round(x + width);
  };
  const first = await place('Next');
  for (const step of steps.slice(1)) {
    await press(page, 'Next');
    await expectStep(page, step);
    expect(await place(step === 'Network Architecture' ? 'Finish' : 'Next')).toBe(first);
  }
});

test('Skip and Back lead through the tabs, and what is typed stays', async ({ page, session }) => {
  await visit(page, await session.makeDraft());
  const skip = page.getByRole('link', { name: 'Skip', exact: true });
  const back = page.getByRole('link', { name: 'Back', exact: true });
  await expect(skip, 'what is required can’t be skipped').toHaveAttribute('aria-disabled', 'true');
  await expect(skip).toHaveAccessibleDescription(/can’t be skipped/);
  await expect(back).toHaveCount(0);
  await fillRequired(page, 'Skip and Back Ltd');
  await press(page, 'Next');
  await box(page, 'Product packages', 'Event and Incident Management').check();
  await skip.click();
  for (const step of steps.slice(2, 5)) {
    await expectStep(page, step);
    await skip.click();
  }
  await expectStep(page, 'Network Architecture');
  await expect(skip, 'nothing is behind the last tab').toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Next' })).toHaveCount(0);
  for (const step of [...steps.slice(1, 5)].reverse()) {
    await back.click();
    await expectStep(page, step);
  }
  await expect(box(page, 'Product packages', 'Event and Incident Management')).toBeChecked();
  await back.click();
  await expectFilled(page, { 'Client Name': 'Skip and Back Ltd', Address: '12 Harbour Road' });
  await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('Germany');

  await press(page, 'Finish');
  await expect(heading(page, 'Skip and Back Ltd'), 'finished from the first tab').toBeVisible();
  await tab(page, 'Skip and Back Ltd', 'Settings').click();
  await expect(fact(section(page, 'Product Packages and Add-Ons'), 'Product Packages')).toHaveText('Event and Incident Management');
});

test('a draft survives a reload, and is continued on another device', async ({ page, session, browser }) => {
  await visit(page, await session.makeDraft());
  await fillRequired(page, 'Reload and Resume Oy');
  await press(page, 'Next');
  await expectStep(page, 'Product Package');
  await saved(page);
  await box(page, 'Product packages', 'Hybrid Discovery').check();
  await saved(page);
  await page.reload();
  await hydrated(page);
  await expectStep(page, 'Product Package');
  await expect(box(page, 'Product packages', 'Hybrid Discovery')).toBeChecked();

  const other = await (await browser.newContext()).newPage();
  await visit(other, '/clients');
  await other.getByRole('link', { name: /drafts? to continue/ }).click();
  const row = other.getByRole('row').filter({ hasText: 'Reload and Resume Oy' });
  await expect(row.getByRole('cell', { name: 'Product Package' })).toBeVisible();
  await row.getByRole('link', { name: 'Continue' }).click();
  await expectStep(other, 'Product Package');
  await expect(box(other, 'Product packages', 'Hybrid Discovery')).toBeChecked();
  await box(other, 'Product packages', 'Remediation').check();
  await saved(other);

  await box(page, 'Product packages', 'Event and Incident').check();
  const conflict = page.getByRole('dialog', { name: 'This draft was changed on another device' });
  await expect(conflict.getByRole('row').filter({ hasText: 'Product packages' })).toContainText(/Remediation.*Event and Incident/);
  await conflict.getByRole('button', { name: 'Use the other device’s' }).click();
  await expect(conflict).toBeHidden();
  await expect(box(page, 'Product packages', 'Remediation')).toBeChecked();
  await expect(box(page, 'Product packages', 'Event and Incident')).not.toBeChecked();
  await saved(page);

  await other.getByRole('button', { name: 'Discard' }).click();
  await other.getByRole('dialog', { name: 'Discard this draft?' }).getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(heading(other, 'Clients')).toBeVisible();
  await expect(toast(other, 'The draft was discarded.')).toBeVisible();
  await box(page, 'Product packages', 'Remediation').uncheck();
  await expect(page.getByText('This draft was finished or discarded elsewhere').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Finish' })).toHaveAttribute('aria-disabled', 'true');
  await other.context().close();
});

test('a draft is discarded from the list', async ({ page, session }) => {
  await visit(page, await session.makeDraft());
  await fill(page, { 'Client Name': 'Discarded from the list' });
  await saved(page);
  await visit(page, '/clients/new');
  await page.getByText(/^\d+ drafts? to continue$/).click();
  await page.getByRole('button', { name: 'Discard Discarded from the list' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(toast(page, 'The draft was discarded.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Discarded from the list' })).toHaveCount(0);
});

test('wrong input is told at its field and in a summary, and nothing is lost', async ({ page, session }) => {
  await visit(page, await session.makeDraft());
  await press(page, 'Next');
  const name = page.getByLabel('Client Name', { exact: true });
  await expect(name, 'Next leads to the first wrong field').toBeFocused();
  await expectFault(name, 'Enter the client\'s name.');
  await expectFault(page.getByRole('combobox', { name: 'Country' }), 'Choose the country.');
  await expectStep(page, 'Client Details');

  await fill(page, { 'Client Name': 'Wrong Input Inc', Email: 'nobody', 'Phone Number': 'call me' });
  await unfold(page, 'Access Restriction');
  await page.getByLabel('Restrict Access To Specific IP(s)').check();
  await fill(page, { 'Allowed IPs': '10.1.2.*, nonsense' });
  await page.getByLabel('City').focus();
  await expectFault(page.getByLabel('Email'), 'Enter an e-mail address such as name@example.com.');
  await expectFault(page.getByLabel('Allowed IPs'), '“nonsense” isn’t a valid IP address or range');
  await saved(page);

  await page.goto(page.url().replace('client-details', 'service'));
  await hydrated(page);
  await page.getByRole('button', { name: 'Add alternate access' }).click();
  await fill(page, { Port: '99999' });
  await press(page, 'Finish');
  await expect(summary(page)).toBeFocused();
  await expect(summary(page).getByRole('link')).toHaveText([
    'Enter the address.',
    'Choose the country.',
    'Choose the time zone.',
    'Enter an e-mail address such as name@example.com.',
    /^Enter a phone number such as \+1 809 625 0653 or 020 7946 0018 ext\. 5/,
    /“nonsense” isn’t a valid IP address or range/,
    'Choose an access type.',
    'Enter the IP address or host name.',
    'Enter a port from 1 to 65535.',
  ]);
  await expectFault(page.getByLabel('Port'), 'Enter a port from 1 to 65535.');
  await summary(page).getByRole('link', { name: 'Enter a port' }).click();
  await expect(page.getByLabel('Port')).toBeFocused();

  await summary(page).getByRole('link', { name: 'Enter the address.' }).click();
  await expectStep(page, 'Client Details');
  await expect(page.getByLabel('Address', { exact: true }), 'the link leads to the other tab').toBeFocused();
  await expectFilled(page, { 'Client Name': 'Wrong Input Inc', Email: 'nobody', 'Phone Number': 'call me', 'Allowed IPs': '10.1.2.*, nonsense' });

  await fillRequired(page, 'Wrong Input Inc');
  await fill(page, { Email: '', 'Phone Number': '', 'Allowed IPs': '10.1.2.*' });
  await expect(summary(page).getByRole('link'), 'what is right is no longer told').toHaveCount(3);
  await summary(page).getByRole('link', { name: 'Enter the IP address' }).click();
  await expect(page.getByLabel('IP Address')).toBeFocused();
  await fill(page, { 'IP Address': '10.9.9.9', Port: '22' });
  await page.getByLabel('Access Type').selectOption('SSH');
  await expect(summary(page)).toHaveCount(0);
  await press(page, 'Finish');
  await expect(heading(page, 'Wrong Input Inc')).toBeVisible();
});

test('an agent policy is defined in place', async ({ page, session }, { project }) => {
  const policy = `Night Watch ${project.name}`;
  await visit(page, await session.makeDraft());
  await fill(page, { 'Client Name': 'Add New Ltd' });
  await unfold(page, 'Agent Policies');
  await section(page, 'Agent Policies').getByRole('button', { name: 'Add New' }).click();
  const dialog = page.getByRole('dialog', { name: 'New agent policy' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expectFault(dialog.getByLabel('Name'), 'Enter a name.');
  await fill(dialog, { Name: 'Disk Cleanup' });
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByRole('alert'), 'a name is given once').toBeVisible();
  await fill(dialog, { Name: policy, Description: 'Watches at night.' });
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(box(page, 'Agent policies', policy), 'it applies at once').toBeChecked();
  await expectFilled(page, { 'Client Name': 'Add New Ltd' });
  await saved(page);
  await page.reload();
  await hydrated(page);
  await expect(section(page, 'Agent Policies').getByText(policy, { exact: true }), 'the heading names it').toBeVisible();
  await unfold(page, 'Agent Policies');
  await expect(box(page, 'Agent policies', policy)).toBeChecked();
});

test('a country is found by keyboard alone', async ({ page, session }) => {
  await visit(page, await session.makeDraft());
  const country = page.getByRole('combobox', { name: 'Country' });
  const options = page.getByRole('listbox', { name: 'Country' }).getByRole('option');
  await page.getByLabel('Zip').focus();
  await page.keyboard.press('Tab');
  await expect(country).toBeFocused();
  await page.keyboard.type('united');
  await expect(options.filter({ hasText: 'United States Minor' })).toBeVisible();
  const active = () => page.evaluate(() => document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.textContent);
  const names = await options.allTextContents();
  expect(await active()).toBe(names[0]);
  await page.keyboard.press('ArrowDown');
  expect(await active()).toBe(names[1]);
  await page.keyboard.press('End');
  expect(await active()).toBe(names.at(-1));
  await page.keyboard.press('Escape');
  await expect(options, 'Escape shuts the list').toHaveCount(0);
  await expect(country).toHaveValue('');

  await page.keyboard.type('dominican');
  await page.keyboard.press('Enter');
  await expect(country).toHaveValue('Dominican Republic');
  await page.keyboard.type('nowhere');
  await expect(options).toHaveText(['Nothing found']);
  await page.keyboard.press('Tab');
  await expect(country, 'leaving brings the choice back').toHaveValue('Dominican Republic');
  await expect(page.getByRole('combobox', { name: 'Time Zone' })).toBeFocused();
});
