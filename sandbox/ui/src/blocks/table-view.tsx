import type { TableBlock } from '@slack/types';
import { keyed } from '../lib/keyed.ts';
import { RichText } from './rich-text.tsx';

type Cell = TableBlock['rows'][number][number];

/** A table; its first row reads as the header, as in Slack. Scrolls sideways where it is too wide. */
export function TableView({ block }: { block: TableBlock }) {
  const [head, ...rows] = block.rows;
  const classOf = (column: string) => {
    const settings = block.column_settings?.[Number(column)];
    return `${settings?.align ?? 'left'} ${settings?.is_wrapped ? 'wrapped' : ''}`;
  };
  const cells = (row: readonly Cell[], Tag: 'th' | 'td') =>
    keyed(row).map(([column, cell]) => (
      <Tag key={column} className={classOf(column)} dir="auto">
        <CellView cell={cell} />
      </Tag>
    ));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="block table" aria-label="Table" tabIndex={0}>
      <table>
        <thead>{head && <tr>{cells(head, 'th')}</tr>}</thead>
        <tbody>
          {keyed(rows).map(([key, row]) => (
            <tr key={key}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function CellView({ cell }: { cell: Cell }) {
  return cell.type === 'rich_text' ? <RichText elements={cell.elements} /> : cell.text;
}
