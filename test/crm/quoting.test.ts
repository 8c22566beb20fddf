import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createImportWorld, done } from './import-world.ts';

const cell = fc
  .stringMatching(/^[A-Za-zäß0-9 ,;"'|<>@=.-]{1,12}$/)
  .filter((text) => text.trim() !== '');
const row = fc.record({ name: cell, account: cell, owner: cell });

/** How a file may be written without meaning anything else. */
const writing = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  end: fc.constantFrom('\n', '\r\n'),
  quoteAll: fc.boolean(),
  mark: fc.constantFrom('', '\ufeff'),
  blankLines: fc.boolean(),
  lastEnd: fc.boolean(),
});

it('imports the same deals however the same rows are written', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      writing,
      writing,
      fc.integer({ min: 1, max: 60 }),
      async (rows, one, other, piece) => {
        const [first, second] = [await importAs(rows, one), await importAs(rows, other, piece)];
        expect(second).toEqual(first);
        expect(first).toHaveLength(rows.length);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

type Row = { name: string; account: string; owner: string };
type Writing = typeof writing extends fc.Arbitrary<infer Value> ? Value : never;

async function importAs(rows: readonly Row[], how: Writing, piece?: number) {
  const quote = (text: string) =>
    how.quoteAll || /["'\s]/.test(text) || text.includes(how.delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const lines = [
    ['ID', 'Name', 'Account', 'Owner', 'Stage'],
    ...rows.map(({ name, account, owner }, index) => [`${index}`, name, account, owner, 'open']),
  ].map((cells) => cells.map(quote).join(how.delimiter));
  const between = how.blankLines ? how.end + how.end : how.end;
  const text = how.mark + lines.join(between) + (how.lastEnd ? how.end : '');
  const world = await createImportWorld();
  const bytes = Buffer.from(text);
  const size = piece ?? bytes.length;
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  expect(done(await world.deals(pieces)).rejected).toBe(0);
  const found = await world.readDeals();
  await world.store.close();
  return found.map(({ deal, account, owner }) => [deal.crmId, deal.name, account, owner]);
}
