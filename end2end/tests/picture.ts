import type { Page } from '@playwright/test';
import { deflateSync } from 'node:zlib';

/** A file as a file input takes it. */
export interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A small PNG of one colour. */
export function picture(name: string, [red, green, blue]: [number, number, number] = [40, 90, 200], size = 24): File {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // 8 bits a channel, red, green and blue.
  head.set([8, 2], 8);
  const row = [0, ...Array(size).fill([red, green, blue]).flat()];
  const rows = Buffer.from(Array(size).fill(row).flat());
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const buffer = Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
  return { name, mimeType: 'image/png', buffer };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, sum]);
}

/** CRC-32, as PNG has it. */
function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** Uploads pictures into the last tab of the wizard. */
export async function chooseImages(page: Page, ...files: Parameters<typeof picture>[]) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose images' }).click();
  await (await chooser).setFiles(files.map((file) => picture(...file)));
}
