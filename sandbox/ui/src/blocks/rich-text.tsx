import type { RichTextBlockElement, RichTextElement } from '@slack/types';
import { keyed } from '../lib/keyed.ts';
import { Leaf } from './leaf.tsx';
import { RichList } from './rich-list.tsx';

/** Rich text in full: paragraphs, lists, quotes, code. All of it text, never markup of its own. */
export function RichText({ elements }: { elements: readonly RichTextBlockElement[] }) {
  return (
    <div className="rich-text">
      {keyed(elements).map(([key, element]) => (
        <Part key={key} element={element} />
      ))}
    </div>
  );
}

function Part({ element }: { element: RichTextBlockElement }) {
  switch (element.type) {
    case 'rich_text_section':
      return (
        <p dir="auto">
          <Leaves elements={element.elements} />
        </p>
      );
    case 'rich_text_quote':
      return (
        <blockquote dir="auto">
          <Leaves elements={element.elements} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre>
          <Leaves elements={element.elements} />
        </pre>
      );
    case 'rich_text_list':
      return <RichList list={element} />;
    default:
      return null;
  }
}

function Leaves({ elements }: { elements: readonly RichTextElement[] }) {
  return keyed(elements).map(([key, leaf]) => <Leaf key={key} leaf={leaf} />);
}
