import type { ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { connectApp } from './bolt-app.ts';
import { modal, text } from './modals.ts';
import { ana, ben, deals, startSandbox } from './trial.ts';

const option = (value: string) => ({ text: text(value), value });

const inputs: ModalView = modal('Inputs', {
  submit: text('Save'),
  blocks: [
    {
      type: 'input',
      block_id: 'title',
      label: text('Title'),
      element: { type: 'plain_text_input', action_id: 'a', initial_value: 'Draft', max_length: 10 },
    },
    {
      type: 'input',
      block_id: 'side',
      label: text('Side'),
      element: {
        type: 'static_select',
        action_id: 'a',
        options: [option('ours'), option('theirs')],
        initial_option: option('ours'),
      },
    },
    {
      type: 'input',
      block_id: 'due_on',
      label: text('Due'),
      element: { type: 'datepicker', action_id: 'a' },
    },
    {
      type: 'input',
      block_id: 'who',
      label: text('Who'),
      optional: true,
      element: { type: 'multi_users_select', action_id: 'a' },
    },
    {
      type: 'input',
      block_id: 'flags',
      label: text('Flags'),
      optional: true,
      element: { type: 'checkboxes', action_id: 'a', options: [option('x'), option('y')] },
    },
  ],
});

describe('a submission', () => {
  async function submitting(respond: (values: unknown) => object | undefined) {
    const { sandbox } = await startSandbox();
    await connectApp(sandbox, 'http', (app) => {
      app.command('/deal', async ({ ack, body, client }) => {
        await client.views.open({ trigger_id: body.trigger_id, view: inputs });
        await ack();
      });
      app.view('form', async ({ ack, view }) => {
        await ack(respond(view.state.values) as never);
      });
    });
    const rep = sandbox.as(ana);
    await rep.command('/deal', '', { channel: deals });
    return { sandbox, rep };
  }

  test('carries defaults, choices and what was filled in', async () => {
    const seen: unknown[] = [];
    const { rep } = await submitting((values) => {
      seen.push(values);
      return undefined;
    });
    await rep.choose(rep.topView(), 'a', 'theirs', { blockId: 'side' });
    await rep.submit(rep.topView(), { due_on: '2026-03-09', who: [ben], flags: ['y'] });
    expect(seen).toEqual([
      {
        title: { a: { type: 'plain_text_input', value: 'Draft' } },
        side: { a: { type: 'static_select', selected_option: option('theirs') } },
        due_on: { a: { type: 'datepicker', selected_date: '2026-03-09' } },
        who: { a: { type: 'multi_users_select', selected_users: [ben] } },
        flags: { a: { type: 'checkboxes', selected_options: [option('y')] } },
      },
    ]);
    expect(rep.modals()).toEqual([]);
  });

  test('does not leave the client with a required field empty or a text too long', async () => {
    const { sandbox, rep } = await submitting(() => undefined);
    const result = await rep.submit(rep.topView(), { title: 'x'.repeat(11) });
    expect(result.errors).toEqual({
      title: 'Please enter at most 10 characters.',
      due_on: 'Please complete this required field.',
    });
    expect(sandbox.deliveries.map(({ type }) => type)).toEqual(['/deal']);
  });

  test('cannot name an input or an option that is not there', async () => {
    const { rep } = await submitting(() => undefined);
    expect(() => rep.fill(rep.topView(), { dueOn: '2026-03-09' })).toThrow(/no input 'dueOn'/);
    expect(() => rep.fill(rep.topView(), { side: 'both' })).toThrow(/no option 'both'/);
  });

  test.each([
    ['update', { response_action: 'update', view: modal('Updated') }, ['Updated']],
    ['push', { response_action: 'push', view: modal('Pushed') }, ['Inputs', 'Pushed']],
    ['clear', { response_action: 'clear' }, []],
  ])('obeys %s', async (_action, answer, titles) => {
    const { rep } = await submitting(() => answer);
    expect(await rep.submit(rep.topView(), { due_on: '2026-03-09' })).toEqual({ ok: true });
    const shown = rep.modals().map((view) => view.title.text);
    expect(shown).toEqual(titles);
  });

  test.each([
    ['errors for a block that is no input', { response_action: 'errors', errors: { nope: 'x' } }],
    ['a view beyond the limits', { response_action: 'update', view: modal('x'.repeat(25)) }],
    ['an action nobody knows', { response_action: 'replace' }],
  ])('answered with %s is trouble for the person', async (_what, answer) => {
    const { rep } = await submitting(() => answer);
    const result = await rep.submit(rep.topView(), { due_on: '2026-03-09' });
    expect(result).toMatchObject({ ok: false });
    expect(result.error).toContain('trouble');
    expect(rep.modals()).toHaveLength(1);
  });

  test('keeps what was typed through an update of the same block', async () => {
    const { rep, sandbox } = await submitting(() => ({ response_action: 'update', view: inputs }));
    await rep.submit(rep.topView(), { title: 'Kept', due_on: '2026-03-09' });
    const before = sandbox.deliveries.length;
    await rep.submit(rep.topView());
    const { payload } = sandbox.deliveries[before] ?? {};
    expect(JSON.stringify(payload)).toContain('"value":"Kept"');
  });
});

test('tells the app of a closed modal when it asked', async () => {
  const { sandbox } = await startSandbox();
  const closed: unknown[] = [];
  await connectApp(sandbox, 'http', (app) => {
    app.command('/deal', async ({ ack, body, client }) => {
      const notify_on_close = body.text === 'notify';
      const view = modal('Closing', { notify_on_close });
      await client.views.open({ trigger_id: body.trigger_id, view });
      await ack();
    });
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
      closed.push('is_cleared' in body && body.is_cleared);
      await ack();
    });
  });
  const rep = sandbox.as(ana);
  for (const word of ['', 'notify']) {
    await rep.command('/deal', word);
    await rep.close(rep.topView());
  }
  expect(closed).toEqual([false]);
});
