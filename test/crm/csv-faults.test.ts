import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importDeals } from '../../src/crm/import-deals.ts';
import { createImportWorld, done, type ImportWorld, onlyDeal, refused } from './import-world.ts';

const header = 'ID,Name,Account,Owner,Stage\n';
const accented = `${header}1,Größe,Café Ærø,Zoë,open\n`;

let world: ImportWorld;
beforeEach(async () => {
  world = await createImportWorld();
});

describe('encodings', () => {
  const encodings: [string, Buffer, boolean][] = [
    ['UTF-8', Buffer.from(accented), false],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${accented}`), false],
    ['UTF-16, little end first', iconv.encode(accented, 'utf-16le', { addBOM: true }), false],
    ['UTF-16, big end first', iconv.encode(accented, 'utf-16be', { addBOM: true }), false],
    ['Windows-1252', iconv.encode(accented, 'windows-1252'), true],
  ];
  it.each(encodings)('%s is read, in one piece or byte by byte', async (_name, bytes, warned) => {
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    for (const input of [bytes, pieces]) {
      const each = await createImportWorld();
      const { warnings } = done(await each.deals(input));
      expect(warnings.length > 0).toBe(warned);
      expect(await onlyDeal(each)).toMatchObject({
        account: 'Café Ærø',
        owner: 'Zoë',
        deal: { name: 'Größe' },
      });
    }
  });

  it('notices Windows-1252 far behind the header', async () => {
    const plain = Array.from({ length: 5000 }, (_, n) => `${n},Deal number ${n},Acme,Ann,open\n`);
    const text = `${header}${plain.join('')}x,Größe,Acme,Ann,open\n`;
    const result = done(await world.deals(iconv.encode(text, 'windows-1252')));
    expect(result).toMatchObject({
      imported: 5001,
      warnings: [expect.stringContaining('Windows-1252')],
    });
    expect((await world.readDeals()).at(-1)?.deal.name).toBe('Größe');
  });

  it('rejects a name that lost its characters', async () => {
    const result = done(await world.deals(`${header}1,M\ufffdller,Ä,Ann,open\n`));
    expect(result.firstRejects).toEqual([
      {
        line: 2,
        reason: 'The deal’s name “M\ufffdller” has lost characters. Save the file as UTF-8.',
      },
    ]);
  });
});

describe('forms of CSV', () => {
  it.each([';', '\t', '|'])('divided by %j is read', async (sign) => {
    const text = `${header}1,"a, b; c${sign}d",Acme,Ann,open\n`.replaceAll(/,(?! )/g, sign);
    expect(done(await world.deals(text))).toMatchObject({ imported: 1, rejected: 0 });
    expect((await onlyDeal(world)).account).toBe('Acme');
  });

  it.each(['\n', '\r\n', '\r'])('with lines ending in %j is read', async (end) => {
    const text = `${header}1,A,Acme,Ann,open\n2,B,Acme,Ann,nonsense\n`.replaceAll('\n', end);
    expect(done(await world.deals(text))).toMatchObject({
      imported: 1,
      firstRejects: [{ line: 3, reason: expect.stringContaining('“nonsense”') }],
    });
  });

  it('skips empty rows and still counts their lines', async () => {
    const text = `\n${header}\n1,A,Acme,Ann,open\n,,,,\n   \n2,B,Acme,Ann,nonsense\n\n`;
    expect(done(await world.deals(text))).toMatchObject({
      imported: 1,
      rejected: 1,
      firstRejects: [{ line: 7, reason: expect.any(String) }],
    });
  });

  it('keeps quotes and line breaks inside cells on one line, and counts lines right', async () => {
    const text = `${header}1,"The ""big""\r\none",Acme,Ann,open\n2,6" pipe,Acme,Ann,open\n3,C,Acme,Ann,?\n`;
    expect(done(await world.deals(text))).toMatchObject({
      imported: 2,
      firstRejects: [{ line: 5, reason: expect.any(String) }],
    });
    const names = (await world.readDeals()).map(({ deal }) => deal.name);
    expect(names).toEqual(['The "big" one', '6" pipe']);
  });

  it('rejects short and long rows by line and count', async () => {
    const text = `${header}1,A,Acme,Ann\n2,B,Acme,Ann,open,more\n3,C,Acme,Ann,open\n`;
    const result = done(await world.deals(text));
    expect(result).toMatchObject({ imported: 1, rejected: 2 });
    expect(result.firstRejects).toEqual([
      { line: 2, reason: 'It has 4 cells, the header has 5.' },
      { line: 3, reason: 'It has 6 cells, the header has 5.' },
    ]);
  });

  it('refuses a quote that never closes, and names its line', async () => {
    const text = `${header}1,A,Acme,Ann,open\n2,"B,Acme,Ann,open\n3,C,Acme,Ann,open\n`;
    expect(refused(await world.deals(text))).toMatch(/row on line 3 is never closed/);
    expect(await world.countRows()).toBe(0);
  });

  it('says what is in when a large file breaks off far behind', async () => {
    const rows = Array.from({ length: 8000 }, (_, n) => `${n},Deal,Acme,Ann,open\n`);
    const message = refused(await world.deals(`${header}${rows.join('')}x,"B,Acme\n`));
    const kept = (await world.readDeals()).length;
    expect(kept).toBeGreaterThan(0);
    expect(message).toMatch(/row on line 8002 is never closed/);
    expect(message).toContain(`The ${kept.toLocaleString('en')} rows before it stay.`);
  });

  it.each([
    ['', /empty/],
    ['\n \n', /no rows/],
    ['\ufeff', /no rows/],
    ['PK\u0003\u0004 whatever', /Excel workbook.*CSV UTF-8/],
    ['a\u0000\u0001\u0002b', /does not look like a CSV/],
    ['<!doctype html><p>Sign in', /does not look like a CSV/],
    ['[{"id":1}]', /does not look like a CSV/],
    ['just some words', /deal’s id/],
  ])('refuses %j with a sentence', async (text, sentence) => {
    expect(refused(await world.deals(text))).toMatch(sentence);
  });

  it('brings in nothing from a header alone', async () => {
    expect(done(await world.deals(header))).toMatchObject({ imported: 0, rejected: 0 });
  });
});

describe('cells', () => {
  it.each([
    ['id', `${'x'.repeat(201)},A,Acme,Ann,open`, /The id has 201 characters; 200 is the most/],
    ['name', `1,${'x'.repeat(3000)},Acme,Ann,open`, /The deal’s name has 3000 characters/],
    ['account', `1,A,${'x'.repeat(3000)},Ann,open`, /The account has 3000 characters/],
    ['owner', `1,A,Acme,${'x'.repeat(3000)},open`, /The owner has 3000 characters/],
    ['stage', `1,A,Acme,Ann,${'x'.repeat(3000)}`, /The stage “x{40}…” is not one we know/],
    ['missing id', ',A,Acme,Ann,open', /It has no id/],
    ['missing stage', '1,A,Acme,Ann,', /It has no stage. Write open, won or lost/],
  ])('rejects a row for its %s', async (_what, row, reason) => {
    const result = done(await world.deals(`${header}${row}\n`));
    expect(result).toMatchObject({ imported: 0, rejected: 1 });
    expect(result.firstRejects[0]?.reason).toMatch(reason);
    expect(await world.countRows()).toBe(0);
  });

  it.each([
    ['-5', 'EUR', /“-5” is not an amount/],
    ['lots', '', /“lots” is not an amount/],
    ['5', 'Taler', /“Taler” is not a currency such as EUR/],
    ['99999999999999999', '', /more than we can count/],
  ])('rejects the amount %s %s', async (amount, currency, reason) => {
    const text = `ID,Owner,Stage,Amount,Currency\n1,Ann,open,${amount},${currency}\n`;
    expect(done(await world.deals(text)).firstRejects[0]?.reason).toMatch(reason);
  });

  it('rejects an owner’s e-mail that is a whole letter', async () => {
    const text = `ID,Owner Email,Stage\n1,${'x'.repeat(3000)}@acme.test,open\n`;
    expect(done(await world.deals(text)).firstRejects[0]?.reason).toMatch(/e-mail has 3010/);
  });

  it('rejects the second row of an id and names the first', async () => {
    const text = `${header}1,A,Acme,Ann,open\n2,B,Acme,Ann,open\n1,C,Acme,Ann,open\n`;
    const result = done(await world.deals(text));
    expect(result).toMatchObject({ imported: 2, rejected: 1 });
    expect(result.firstRejects).toEqual([
      { line: 4, reason: 'Its id stands on line 2 already. Keep one of the two rows.' },
    ]);
  });

  it('takes a row whose first twin was rejected', async () => {
    const text = `${header}1,A,Acme,Ann,nonsense\n1,B,Acme,Ann,open\n`;
    expect(done(await world.deals(text))).toMatchObject({ imported: 1, rejected: 1 });
  });

  it('keeps formulas and markup as the text they are, without marks nobody sees', async () => {
    const text = `${header}=1+1,<!channel> *hi* \`x\`,@Acme\u202e,Ann\u200f,open\n`;
    done(await world.deals(text));
    expect(await onlyDeal(world)).toMatchObject({
      account: '@Acme',
      owner: 'Ann',
      deal: { crmId: '=1+1', name: '<!channel> *hi* `x`' },
    });
  });
});

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeroom-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('that are missing or folders are refused by name', async () => {
    const missing = join(folder, 'none.csv');
    expect(refused(await importDeals(world, { input: missing }))).toContain(`no file ${missing}`);
    expect(refused(await importDeals(world, { input: folder }))).toContain('not a file');
  });

  it('report how far they are read', async () => {
    const path = join(folder, 'deals.csv');
    const text = `${header}1,A,Acme,Ann,open\n`;
    writeFileSync(path, text);
    const seen: (number | undefined)[][] = [];
    done(await importDeals(world, { input: path, onProgress: (...step) => seen.push(step) }));
    expect(seen).toEqual([[text.length, text.length]]);
  });
});
