import { parseSync } from 'vite';
import { isObject } from '../../sandbox/server/json.ts';

/**
 * Every text a source file holds, however it is quoted: strings and templates, with `…` for what is
 * filled in, and parts that are added up as one. Imports, types, patterns and comments are none.
 */
export function literalsOf(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  const found: string[] = [];
  collect(program.body, found);
  return found;
}

const noText = /^(?:Import|ExportAll|TSType|TSLiteral|TSInterface)/;

function collect(node: unknown, found: string[]): void {
  if (Array.isArray(node)) {
    for (const one of node) collect(one, found);
    return;
  }
  if (!isObject(node) || noText.test(String(node['type'] ?? ''))) return;
  const text = textOf(node);
  if (text !== undefined) found.push(text);
  // What stands in the gaps of a template, or between what is added up, is text of its own as well.
  for (const part of Object.values(node)) collect(part, found);
}

function textOf(node: unknown): string | undefined {
  if (!isObject(node)) return undefined;
  const { type, value, quasis, operator, left, right } = node;
  if (type === 'Literal') return typeof value === 'string' ? value : undefined;
  if (type === 'TemplateLiteral' && Array.isArray(quasis)) {
    return quasis.map((part) => String(part?.value?.cooked ?? '')).join('…');
  }
  if (type !== 'BinaryExpression' || operator !== '+') return undefined;
  const [before, after] = [textOf(left), textOf(right)];
  if (before === undefined && after === undefined) return undefined;
  return `${before ?? '…'}${after ?? '…'}`;
}
