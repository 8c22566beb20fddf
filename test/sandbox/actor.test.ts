import type { KnownBlock, ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { connectApp } from './bolt-app.ts';
import { modal, text } from './modals.ts';
import { ana, deals, startSandbox } from './trial.ts';

const option = (value: string) => ({ text: text(value), value });

/** Posts these blocks and collects what reaches the app when they are used. */
async function withMessage(...blocks: KnownBlock[]) {
  const { sandbox, client } = await startSandbox();
  const actions: unknown[] = [];
  await connectApp(sandbox, 'http', (app) => {
    app.action(/.*/, async ({ ack, payload }) => {
      actions.push(payload);
      await ack();
    });
  });
  await client.chat.postMessage({ channel: deals, text: 'Use me', blocks });
  const rep = sandbox.as(ana);
  return { sandbox, client, actions, rep, message: rep.lastMessage(deals) };
}

/** Opens this modal for Ana in the deal's channel. */
async function withModal(view: ModalView) {
  const { sandbox } = await startSandbox();
  const submitted: unknown[] = [];
  await connectApp(sandbox, 'http', (app) => {
    app.command('/deal', async ({ ack, body, client }) => {
      await client.views.open({ trigger_id: body.trigger_id, view });
      await ack();
    });
    app.action(/.*/, async ({ ack }) => ack());
    app.view('form', async ({ ack, view: sent }) => {
      submitted.push(sent.state.values);
      await ack();
    });
  });
  const rep = sandbox.as(ana);
  await rep.command('/deal', '', { channel: deals });
  return { sandbox, rep, submitted };
}

const done = (value: string) =>
  ({ type: 'button', action_id: 'done', text: text(`Done ${value}`), value }) as const;

describe('an actor', () => {
  test('presses the button meant among those of the same name', async () => {
    const { rep, actions, message } = await withMessage(
      { type: 'actions', block_id: 'one', elements: [done('1')] },
      { type: 'actions', block_id: 'two', elements: [done('2')] },
    );
    expect(() => rep.press(message, 'done')).toThrow(/several elements 'done'/);
    await rep.press(message, 'done', { blockId: 'one' });
    await rep.press(message, 'done', { value: '2' });
    await rep.press(message, 'done', { value: 'Done 1' });
    expect(actions).toMatchObject([
      { block_id: 'one', value: '1', type: 'button' },
      { block_id: 'two', value: '2' },
      { block_id: 'one', value: '1' },
    ]);
  });

  test('cannot press what is not there, or no more', async () => {
    const { rep, client, message } = await withMessage({
      type: 'actions',
      block_id: 'one',
      elements: [done('1')],
    });
    expect(() => rep.press(message, 'undo')).toThrow(/there are: one\/done/);
    await client.chat.delete({ channel: deals, ts: message.ts });
    expect(() => rep.press(message, 'done')).toThrow(/not there any more/);
  });

  test('picks from an overflow menu, a select and a calendar', async () => {
    const { rep, actions, sandbox, message } = await withMessage({
      type: 'actions',
      elements: [
        { type: 'overflow', action_id: 'more', options: [option('edit'), option('drop')] },
        { type: 'static_select', action_id: 'side', options: [option('ours'), option('theirs')] },
        { type: 'datepicker', action_id: 'due', initial_date: '2026-03-04' },
      ],
    });
    await rep.press(message, 'more', { value: 'drop' });
    await rep.choose(message, 'side', 'theirs');
    await rep.choose(message, 'due', '2026-03-09');
    expect(actions).toMatchObject([
      { type: 'overflow', selected_option: option('drop') },
      { type: 'static_select', selected_option: option('theirs') },
      { type: 'datepicker', selected_date: '2026-03-09' },
    ]);
    const { state } = sandbox.deliveries.at(-1)?.payload ?? {};
    expect(JSON.stringify(state)).toContain('"selected_option":{"text":');
    expect(() => rep.press(message, 'due')).toThrow(/choose a value/);
    expect(() => rep.choose(message, 'side', 'both')).toThrow(/no option 'both'/);
  });

  test('is heard from an input only when it dispatches', async () => {
    const choice = (block_id: string, dispatch_action: boolean) =>
      ({
        type: 'input',
        block_id,
        label: text(block_id),
        dispatch_action,
        element: { type: 'users_select', action_id: block_id },
      }) as const;
    const blocks = [choice('quiet', false), choice('loud', true)];
    const view = modal('Inputs', { submit: text('Save'), blocks });
    const { sandbox, rep, submitted } = await withModal(view);
    await rep.choose(rep.topView(), 'quiet', ana);
    expect(sandbox.deliveries.map(({ type }) => type)).not.toContain('block_actions');
    await rep.choose(rep.topView(), 'loud', ana);
    expect(sandbox.deliveries.map(({ type }) => type)).toContain('block_actions');
    await rep.submit(rep.topView());
    expect(submitted).toMatchObject([
      { quiet: { quiet: { selected_user: ana } }, loud: { loud: { selected_user: ana } } },
    ]);
  });

  test('starts a conversation select where the modal was opened', async () => {
    const view = modal('Where', {
      submit: text('Save'),
      blocks: [
        {
          type: 'input',
          block_id: 'where',
          label: text('Where'),
          element: {
            type: 'conversations_select',
            action_id: 'where',
            default_to_current_conversation: true,
            response_url_enabled: true,
          },
        },
      ],
    });
    const { sandbox, rep, submitted } = await withModal(view);
    await rep.submit(rep.topView());
    expect(submitted).toMatchObject([{ where: { where: { selected_conversation: deals } } }]);
    const { response_urls: urls } = sandbox.deliveries.at(-1)?.payload ?? {};
    expect(urls).toMatchObject([{ block_id: 'where', channel_id: deals }]);
  });

  test.each([
    ['amount', '12.5', 'Please enter a whole number.'],
    ['amount', '11', 'Please enter at most 10.'],
    ['mail', 'nowhere', 'Please enter a valid email address.'],
    ['site', 'nowhere', 'Please enter a valid URL.'],
    ['people', ['U1', 'U2'], 'Please choose at most 1.'],
  ])('is stopped by the client at %s = %s', async (blockId, value, error) => {
    const optional = (block_id: string, element: object) =>
      ({ type: 'input', block_id, optional: true, label: text(block_id), element }) as KnownBlock;
    const blocks = [
      optional('amount', { type: 'number_input', is_decimal_allowed: false, max_value: '10' }),
      optional('mail', { type: 'email_text_input' }),
      optional('site', { type: 'url_text_input' }),
      optional('people', { type: 'multi_users_select', max_selected_items: 1 }),
    ];
    const { rep, submitted } = await withModal(modal('Checks', { submit: text('Save'), blocks }));
    const result = await rep.submit(rep.topView(), { [blockId]: value });
    expect(result.errors).toEqual({ [blockId]: error });
    expect(submitted).toEqual([]);
  });

  test('sees only the channels they are in', async () => {
    const { sandbox } = await startSandbox();
    await sandbox.as(ana).say('quiet', 'A secret');
    expect(sandbox.as(ana).messages('quiet')).toHaveLength(1);
    expect(sandbox.as('U0000BEN').messages('quiet')).toEqual([]);
    expect(() => sandbox.as('U404')).toThrow(/no user U404/);
    expect(() => sandbox.as(ana).messages('nowhere')).toThrow(/no channel nowhere/);
    expect(() => sandbox.as(ana).topView()).toThrow(/no modal open/);
  });
});
