import { expect, test, visit } from './fixtures';
import { chooseImages, picture } from './picture';

test('what is no picture is refused with a sentence', async ({ page, session }) => {
  await visit(page, (await session.makeDraft()).replace('client-details', 'network-architecture'));
  const files = [
    { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan in words') },
    { name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') },
    { name: 'vector.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    { name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) },
  ];
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose images' }).click();
  await (await chooser).setFiles(files);
  const refusal = (name: string) => page.getByRole('alert').filter({ hasText: name });
  for (const name of ['plan.txt', 'fake.png', 'vector.svg']) await expect(refusal(name)).toContainText('PNG, JPEG, WebP or GIF');
  await expect(refusal('huge.png')).toContainText('10 MiB');
  await expect(page.getByRole('listitem').getByRole('img')).toHaveCount(0);
  await refusal('plan.txt').getByRole('button', { name: 'Dismiss' }).click();
  await expect(refusal('plan.txt')).toHaveCount(0);

  await chooseImages(page, ['right.png']);
  await expect(page.getByRole('listitem').getByRole('img', { name: 'right' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove image 1' }).click();
  await expect(page.getByRole('listitem').getByRole('img')).toHaveCount(0);
});

test('of an animation the first frame is stored, and the page says so', async ({ page, session }) => {
  await visit(page, (await session.makeDraft()).replace('client-details', 'network-architecture'));
  const frame = '2c0000000001000100000202440100';
  const moving = Buffer.from(`47494638396101000100800000000000ffffff${frame}${frame}3b`, 'hex');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose images' }).click();
  await (await chooser).setFiles([
    { name: 'moving.gif', mimeType: 'image/gif', buffer: moving },
    { name: 'phone.heic', mimeType: '', buffer: Buffer.from('from a phone') },
  ]);
  await expect(page.getByRole('listitem').getByRole('img', { name: 'moving' })).toBeVisible();
  const note = page.getByText('Only the first frame of the animation is stored.');
  await expect(note).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'phone.heic' })).toContainText('as JPEG or PNG');
  await page.getByRole('status').filter({ has: note }).getByRole('button', { name: 'Dismiss' }).first().click();
  await expect(note).toHaveCount(0);
  await expect(page.getByRole('listitem').getByRole('img', { name: 'moving' }), 'the image stays').toBeVisible();
});

test('images are dropped onto the page and dragged into order', async ({ page, session, isMobile }) => {
  await visit(page, (await session.makeDraft()).replace('client-details', 'network-architecture'));
  await expect(page.getByRole('button', { name: 'Take a photo' })).toBeVisible({ visible: isMobile });
  const { buffer } = picture('dropped.png');
  const files = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    for (const name of ['one.png', 'two.png']) transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
    return transfer;
  }, [...buffer]);
  await page.getByText('Drop images here').dispatchEvent('drop', { dataTransfer: files });
  const titles = page.getByRole('listitem').getByLabel('Title');
  await expect(titles).toHaveCount(2);
  await expect(titles.first()).toHaveValue('one');
  if (isMobile) {
    await page.getByRole('button', { name: 'Move image 2 up' }).click();
  } else {
    await page.getByTitle('Drag to another place').last().dragTo(page.getByRole('listitem').getByRole('img').first());
  }
  await expect(titles.first()).toHaveValue('two');
  await expect(titles.last()).toHaveValue('one');
});
