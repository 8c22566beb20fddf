import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importDeals } from '../../src/crm/import-deals.ts';
import { escapeFormula, unescapeFormula } from '../../src/crm/rejects.ts';
import { createImportWorld, done, type ImportWorld, refused } from './import-world.ts';

const text = `ID;Name;Owner;Stage;Note
1;Fine;Ann;open;
=2;"He said ""no""; twice";Ann;maybe;@x
3;Short;Ann
4;Long;Ann;open;-5;extra
5;"Two
lines";Ann;who knows;\u00fcber
`;

let folder: string;
let rejectsPath: string;
let world: ImportWorld;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeroom-rejects-'));
  rejectsPath = join(folder, 'rejects.csv');
  world = await createImportWorld();
});
afterEach(() => rmSync(folder, { recursive: true }));

const readRejects = () => readFileSync(rejectsPath, 'utf8');

describe('the rejects file', () => {
  it('holds every rejected row as it came, with line and reason, formulas defused', async () => {
    const result = done(await world.deals(text, { rejectsPath }));
    expect(result).toMatchObject({ imported: 1, rejected: 4, rejectsFile: rejectsPath });
    const [header, ...rows] = parse(readRejects(), {
      bom: true,
      delimiter: ';',
      relax_column_count: true,
    });
    expect(header).toEqual([
      'homeroom_line',
      'homeroom_reason',
      'ID',
      'Name',
      'Owner',
      'Stage',
      'Note',
    ]);
    expect(rows.map(([line, , ...cells]: string[]) => [line, ...cells])).toEqual([
      ['3', "'=2", 'He said "no"; twice', 'Ann', 'maybe', "'@x"],
      ['4', '3', 'Short', 'Ann'],
      ['5', '4', 'Long', 'Ann', 'open', "'-5", 'extra'],
      ['6', '5', 'Two\nlines', 'Ann', 'who knows', 'über'],
    ]);
    expect(rows[0]?.[1]).toBe('The stage “maybe” is not one we know. Write open, won or lost.');
  });

  it('can be mended and imported, and only what is still wrong is rejected again', async () => {
    done(await world.deals(text, { rejectsPath }));
    const mended = readRejects().replaceAll('maybe', 'open').replaceAll('who knows', 'Won');
    const path = join(folder, 'mended.csv');
    writeFileSync(path, mended);
    const again = join(folder, 'again.csv');
    const result = done(await importDeals(world, { input: path, rejectsPath: again }));
    expect(result).toMatchObject({ imported: 1, rejected: 3 });
    const mendedDeal = (await world.readDeals()).find(({ deal }) => deal.crmId === '=2');
    expect(mendedDeal?.deal.name).toBe('He said "no"; twice');
    expect(readFileSync(again, 'utf8').split('\r\n')[0]).toBe(readRejects().split('\r\n')[0]);
  });

  it('is not written when nothing is rejected, nor by a dry run', async () => {
    const good = 'ID,Owner,Stage\n1,Ann,open\n';
    expect(done(await world.deals(good, { rejectsPath }))).not.toHaveProperty('rejectsFile');
    expect(done(await world.deals(text, { rejectsPath, dryRun: true })).rejected).toBe(4);
    expect(existsSync(rejectsPath)).toBe(false);
  });

  it('is refused before anything is written where it cannot be', async () => {
    const input = join(folder, 'deals.csv');
    writeFileSync(input, text);
    expect(refused(await importDeals(world, { input, rejectsPath: input }))).toContain(
      'being read',
    );
    const nowhere = join(folder, 'none', 'rejects.csv');
    expect(refused(await world.deals(text, { rejectsPath: nowhere }))).toContain(
      'missing or read-only',
    );
    expect(await world.countRows()).toBe(0);
  });

  it('also takes rows that only turn out wrong against what is known', async () => {
    done(await world.people('ID,Name\nu1,Ann\nu2,Ann\n'));
    const result = done(await world.deals('ID,Owner,Stage\n1,Ann,open\n', { rejectsPath }));
    expect(result).toMatchObject({ imported: 0, rejected: 1 });
    expect(readRejects()).toContain('2,Several people are called “Ann”.');
  });
});

it('gives back every cell it defused', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^['=+\-@\t]{0,4}[a-z]*$/), (cell) => {
      expect(unescapeFormula(escapeFormula(cell))).toBe(cell);
      expect(escapeFormula(cell)).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
