import { describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../server/contract.ts';
import { conversationItems, threadItems } from '../src/lib/conversation-items.ts';

const noon = Date.parse('2025-11-24T12:00:00Z') / 1000;
const now = new Date('2025-11-24T15:00:00Z');

function message(seconds: number, change: Partial<SandboxMessage> = {}): SandboxMessage {
  return {
    channel: 'C1',
    ts: (noon + seconds).toFixed(6),
    threadTs: null,
    user: 'U1',
    text: '',
    blocks: [],
    edited: false,
    ephemeralTo: null,
    metadata: null,
    ...change,
  };
}

const heads = (messages: SandboxMessage[]) =>
  conversationItems(messages, 'UTC', now).map((item) =>
    item.kind === 'day' ? item.label : item.startsGroup,
  );

describe('conversationItems', () => {
  it('groups one author’s messages until five minutes pass or another speaks', () => {
    const messages = [message(0), message(60), message(500), message(510, { user: 'U2' })];
    expect(heads(messages)).toEqual(['Today', true, false, true, true]);
  });

  it('starts anew with each day and sorts by time', () => {
    expect(heads([message(60), message(-86_400)])).toEqual(['Yesterday', true, 'Today', true]);
  });

  it('counts replies at their parent and keeps them out of the channel', () => {
    const parent = message(0);
    const replies = [message(10, { threadTs: parent.ts }), message(20, { threadTs: parent.ts })];
    const items = conversationItems([parent, ...replies], 'UTC', now);
    const shown = items.flatMap((item) => (item.kind === 'message' ? [item] : []));
    expect(shown.map((item) => item.replies.length)).toEqual([2]);
  });
});

describe('threadItems', () => {
  it('shows the parent first, even one that carries its own thread id', () => {
    const ts = message(0).ts;
    const parent = message(0, { threadTs: ts });
    const items = threadItems([message(10, { threadTs: ts }), parent, message(5)], ts);
    expect(items.map(({ key }) => key)).toEqual([ts, message(10).ts]);
  });
});
