import type { RichTextList } from '@slack/types';
import { keyed } from '../lib/keyed.ts';
import { Leaf } from './leaf.tsx';

/** A list that may start late (`offset`) and sit deep (`indent`). */
export function RichList({ list }: { list: RichTextList & { readonly offset?: number } }) {
  const { style, indent = 0, offset = 0, border, elements } = list;
  const items = keyed(elements).map(([key, item]) => (
    <li key={key} dir="auto">
      {keyed(item.elements).map(([leafKey, leaf]) => (
        <Leaf key={leafKey} leaf={leaf} />
      ))}
    </li>
  ));
  const shared = {
    className: `level-${indent % 3}`,
    'data-border': border === 1,
    style: { marginInlineStart: `${indent * 1.6}em` },
  };
  return style === 'ordered' ? (
    <ol {...shared} start={offset + 1}>
      {items}
    </ol>
  ) : (
    <ul {...shared}>{items}</ul>
  );
}
