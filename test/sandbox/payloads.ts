import { validateMessage, validateView } from '../../sandbox/server/block-kit.ts';

export const long = (length: number) => 'x'.repeat(length);
export const times = <T>(count: number, make: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n));
export const text = (words = 'Words') => ({ type: 'plain_text', text: words });
export const mrkdwn = (words = 'Words') => ({ type: 'mrkdwn', text: words });
export const option = (value: string, more: object = {}) => ({ text: text(value), value, ...more });
export const button = (more: object = {}) => ({
  type: 'button',
  action_id: 'a',
  text: text(),
  ...more,
});
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: text(),
  element: { action_id: 'a', ...element },
  ...more,
});
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const section = (more: object = {}) => ({ type: 'section', text: text(), ...more });
export const richText = (...elements: object[]) => ({ type: 'rich_text', elements });
export const cell = (words = 'x') => ({ type: 'raw_text', text: words });

export const message = (...blocks: unknown[]) => ({ text: 'What the blocks say', blocks });
export const modal = (blocks: unknown[], more: object = {}) => ({
  type: 'modal',
  title: text('Title'),
  submit: text('Save'),
  blocks,
  ...more,
});

/** Every violation as `pointer: message`. */
export function complaints(payload: unknown): string[] {
  const isView = typeof payload === 'object' && payload !== null && 'type' in payload;
  const found = isView ? validateView(payload) : validateMessage(payload);
  return found.map(({ pointer, message: words }) => `${pointer}: ${words}`);
}
