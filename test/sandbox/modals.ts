import type { ModalView } from '@slack/types';

export const text = (words: string) => ({ type: 'plain_text' as const, text: words });

/** A modal that says its title. */
export function modal(title: string, overrides: Partial<ModalView> = {}): ModalView {
  return {
    type: 'modal',
    callback_id: 'form',
    title: text(title),
    blocks: [{ type: 'section', text: text(title) }],
    ...overrides,
  };
}
