import { describe, expect, test } from 'vitest';
import { connectApp } from './bolt-app.ts';
import { ana, ben, deals, startSandbox } from './trial.ts';

const form = {
  type: 'modal' as const,
  callback_id: 'form',
  title: { type: 'plain_text' as const, text: 'Form' },
  submit: { type: 'plain_text' as const, text: 'Save' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'title',
      label: { type: 'plain_text' as const, text: 'Title' },
      element: { type: 'plain_text_input' as const, action_id: 'title' },
    },
  ],
};

describe.each(['http', 'socket'] as const)('a Bolt app over %s', (transport) => {
  test('opens a modal for a command, shows errors, then saves and posts', async () => {
    const { sandbox } = await startSandbox();
    await connectApp(sandbox, transport, (app) => {
      app.command('/deal', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: form });
      });
      app.view('form', async ({ ack, view, body, client }) => {
        const title = view.state.values['title']?.['title']?.value ?? '';
        if (title.length < 3) {
          await ack({ response_action: 'errors', errors: { title: 'Longer, please.' } });
          return;
        }
        await ack();
        await client.chat.postMessage({ channel: body.user.id, text: `Saved ${title}` });
      });
    });
    const rep = sandbox.as(ana);

    expect(await rep.command('/deal', 'new', { channel: deals })).toEqual({ ok: true });
    await sandbox.settled();
    const errors = { title: 'Longer, please.' };
    expect(await rep.submit(rep.topView(), { title: 'ab' })).toEqual({ ok: false, errors });
    expect(rep.modals()).toHaveLength(1);

    expect(await rep.submit(rep.topView(), { title: 'Acme' })).toEqual({ ok: true });
    await sandbox.settled();
    expect(rep.modals()).toEqual([]);
    expect(rep.dm().map(({ text }) => text)).toEqual(['Saved Acme']);
    expect(sandbox.as(ben).dm()).toEqual([]);
  });

  test('replaces a message when its button is pressed', async () => {
    const { sandbox, client } = await startSandbox();
    await connectApp(sandbox, transport, (app) => {
      app.action('done', async ({ ack, respond, payload }) => {
        await ack();
        const value = 'value' in payload ? payload.value : '';
        await respond({ replace_original: true, text: `Done: ${value}` });
      });
    });
    await client.chat.postMessage({
      channel: deals,
      text: 'Two steps',
      blocks: [
        {
          type: 'actions',
          elements: ['one', 'two'].map((value) => ({
            type: 'button',
            action_id: value === 'one' ? 'skip' : 'done',
            text: { type: 'plain_text', text: value },
            value,
          })),
        },
      ],
    });
    const rep = sandbox.as(ana);

    expect(await rep.press(rep.lastMessage(deals), 'done')).toEqual({ ok: true });
    await sandbox.settled();
    const message = rep.lastMessage(deals);
    expect(message).toMatchObject({ text: 'Done: two', blocks: [], edited: true });
  });

  test('answers a command in its acknowledgement, for the person alone', async () => {
    const { sandbox } = await startSandbox();
    await connectApp(sandbox, transport, (app) => {
      app.command('/deal', async ({ ack, command }) => {
        await ack(command.text === 'all' ? { response_type: 'in_channel', text: 'All' } : 'Help');
      });
    });
    const rep = sandbox.as(ana);

    await rep.command('/deal', '', { channel: deals });
    expect(rep.ephemerals(deals).map(({ text }) => text)).toEqual(['Help']);
    expect(sandbox.as(ben).ephemerals(deals)).toEqual([]);
    expect(rep.messages(deals)).toEqual([]);

    await rep.command('/deal', 'all', { channel: deals });
    expect(sandbox.as(ben).lastMessage(deals).text).toBe('All');
  });

  test('offers options for an external select and takes only those', async () => {
    const { sandbox } = await startSandbox();
    const option = (name: string) => ({
      text: { type: 'plain_text' as const, text: name },
      value: name,
    });
    const owner = {
      type: 'input' as const,
      block_id: 'deal',
      label: { type: 'plain_text' as const, text: 'Deal' },
      element: { type: 'external_select' as const, action_id: 'deal', min_query_length: 2 },
    };
    const chosen: unknown[] = [];
    await connectApp(sandbox, transport, (app) => {
      app.command('/deal', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: { ...form, blocks: [owner] },
        });
      });
      app.options('deal', async ({ ack, options }) => {
        await ack({ options: [option(`${options.value}-one`), option(`${options.value}-two`)] });
      });
      app.view('form', async ({ ack, view }) => {
        chosen.push(view.state.values['deal']?.['deal']?.selected_option?.value);
        await ack();
      });
    });
    const rep = sandbox.as(ana);
    await rep.command('/deal');
    await sandbox.settled();

    expect(await rep.options(rep.topView(), 'deal', 'a')).toEqual([]);
    expect(() => rep.fill(rep.topView(), { deal: 'acme-two' })).toThrow(/no option 'acme-two'/);
    expect(await rep.options(rep.topView(), 'deal', 'acme')).toHaveLength(2);
    await rep.submit(rep.topView(), { deal: 'acme-two' });
    expect(chosen).toEqual(['acme-two']);
  });

  test('hears messages in its channels, its own ones included, and none elsewhere', async () => {
    const { sandbox, client } = await startSandbox();
    const heard: unknown[] = [];
    await connectApp(sandbox, transport, (app) => {
      app.use(async ({ body, next }) => {
        const { event } = body as { event?: { type?: string; text?: string; bot_id?: string } };
        heard.push([event?.text, event?.bot_id !== undefined]);
        await next();
      });
      app.message(/plan/, async ({ say, message }) => {
        await say({ text: 'I heard that', thread_ts: message.ts });
      });
    });
    await client.chat.postMessage({ channel: deals, text: 'From the app' });
    const rep = sandbox.as(ana);
    await rep.say('#deal-acme', 'a plan & <more>');
    await rep.say('quiet', 'a plan nobody hears');
    await sandbox.settled();

    // Bolt's ignoreSelf comes first, so the app's own messages reach no middleware of ours.
    expect(heard).toEqual([['a plan &amp; &lt;more&gt;', false]]);
    const own = sandbox.deliveries.map(({ payload }) => payload['event'] as { bot_id?: string });
    expect(own.filter(({ bot_id }) => bot_id === sandbox.app.botId)).toHaveLength(2);
  });

  test('publishes a Home when it is opened', async () => {
    const { sandbox } = await startSandbox();
    await connectApp(sandbox, transport, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        const text = { type: 'mrkdwn' as const, text: `Hello <@${event.user}>` };
        const view = { type: 'home' as const, blocks: [{ type: 'section' as const, text }] };
        await client.views.publish({ user_id: event.user, view });
      });
    });

    const home = await sandbox.as(ana).openHome();
    expect(JSON.stringify(home?.blocks)).toContain(`Hello <@${ana}>`);
    expect(sandbox.as(ben).home()).toBeNull();
  });

  test('runs shortcuts, with the message they were used on', async () => {
    const { sandbox } = await startSandbox();
    const seen: unknown[] = [];
    await connectApp(sandbox, transport, (app) => {
      app.shortcut('new_thing', async ({ ack, shortcut }) => {
        seen.push(shortcut.type);
        await ack();
      });
      app.shortcut({ type: 'message_action', callback_id: 'keep_message' }, async (args) => {
        seen.push(args.shortcut.message.text);
        await args.ack();
        await args.respond('Kept');
      });
    });
    const rep = sandbox.as(ana);
    await rep.say(deals, 'Keep me');
    await rep.shortcut('new_thing');
    await rep.shortcut('keep_message', rep.lastMessage(deals));
    await sandbox.settled();

    expect(seen).toEqual(['shortcut', 'Keep me']);
    expect(rep.ephemerals(deals).map(({ text }) => text)).toEqual(['Kept']);
    expect(await rep.shortcut('keep_message')).toMatchObject({ ok: false });
  });
});
