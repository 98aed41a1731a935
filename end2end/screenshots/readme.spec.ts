import { expect, heading, test, visit } from '../tests/fixtures';

const FOLDER = '../docs/images';

test.use({ colorScheme: 'light' });

test('pictures for the README', async ({ page }, { project }) => {
  if (project.name === 'desk') {
    await visit(page, '/clients');
    await expect(page.getByRole('rowheader').first()).toBeVisible();
  } else {
    await visit(page, '/clients/client_8');
    await expect(heading(page, 'LeoArt Lab')).toBeVisible();
  }
  // One pixel of the picture for each of the page: enough for the README, and small.
  await page.screenshot({ path: `${FOLDER}/${project.name}.png`, scale: 'css', animations: 'disabled' });
});
