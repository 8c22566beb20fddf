import { describe, expect, test } from 'vitest';
import { connectApp } from './bolt-app.ts';
import { modal, text } from './modals.ts';
import { ana, startSandbox } from './trial.ts';

/** A sandbox whose app keeps the triggers it is given instead of using them. */
async function collectTriggers() {
  const parts = await startSandbox();
  const triggers: string[] = [];
  await connectApp(parts.sandbox, 'http', (app) => {
    app.command('/deal', async ({ ack, body }) => {
      triggers.push(body.trigger_id);
      await ack();
    });
    app.action(/.*/, async ({ ack, body }) => {
      if ('trigger_id' in body) triggers.push(body.trigger_id);
      await ack();
    });
  });
  const nextTrigger = async () => {
    await parts.sandbox.as(ana).command('/deal');
    return triggers.at(-1) ?? '';
  };
  return { ...parts, triggers, nextTrigger, rep: parts.sandbox.as(ana) };
}

describe('triggers', () => {
  test('expire three seconds after the click, on the clock of the sandbox', async () => {
    const { client, clock, nextTrigger } = await collectTriggers();
    const trigger_id = await nextTrigger();
    clock.advance(3001);
    await expect(client.views.open({ trigger_id, view: modal('Late') })).rejects.toThrow(
      'expired_trigger_id',
    );
  });

  test('never expire while the clock stands', async () => {
    const { client, nextTrigger, rep } = await collectTriggers();
    await client.views.open({ trigger_id: await nextTrigger(), view: modal('Now') });
    expect(rep.topView().title).toEqual(text('Now'));
  });

  test('work once', async () => {
    const { client, nextTrigger } = await collectTriggers();
    const trigger_id = await nextTrigger();
    await client.views.open({ trigger_id, view: modal('One') });
    await expect(client.views.open({ trigger_id, view: modal('Two') })).rejects.toThrow(
      'exchanged_trigger_id',
    );
  });

  test('must come from Slack', async () => {
    const { client } = await startSandbox();
    const opened = client.views.open({ trigger_id: '1.2.abc', view: modal('One') });
    await expect(opened).rejects.toThrow('invalid_trigger_id');
  });
});

describe('views', () => {
  test('refuse an update with a stale hash', async () => {
    const { client, nextTrigger } = await collectTriggers();
    const trigger_id = await nextTrigger();
    const { view } = await client.views.open({ trigger_id, view: modal('Loading') });
    const view_id = String(view?.id);
    const hash = String(view?.hash);
    await client.views.update({ view_id, hash, view: modal('Loaded') });
    await expect(client.views.update({ view_id, hash, view: modal('Again') })).rejects.toThrow(
      'hash_conflict',
    );
  });

  test('are gone once closed', async () => {
    const { client, nextTrigger, rep } = await collectTriggers();
    const trigger_id = await nextTrigger();
    const { view } = await client.views.open({ trigger_id, view: modal('Short') });
    await rep.close(rep.topView());
    const late = client.views.update({ view_id: String(view?.id), view: modal('Late') });
    await expect(late).rejects.toThrow('not_found');
  });

  test('stack to three, with a trigger from the modal below', async () => {
    const { client, triggers, nextTrigger, rep } = await collectTriggers();
    const more = { type: 'button' as const, action_id: 'more', text: text('More') };
    const view = modal('Deep', { blocks: [{ type: 'actions', elements: [more] }] });
    await client.views.open({ trigger_id: await nextTrigger(), view });
    const push = async () => {
      await rep.press(rep.topView(), 'more');
      return client.views.push({ trigger_id: triggers.at(-1) ?? '', view });
    };
    await push();
    await push();
    await expect(push()).rejects.toThrow('push_limit_reached');
    const [root, , top] = rep.modals();
    expect(top?.root_view_id).toBe(root?.id);
    expect(top?.previous_view_id).toBe(rep.modals()[1]?.id);
    await expect(client.views.push({ trigger_id: await nextTrigger(), view })).rejects.toThrow(
      'invalid_trigger_id',
    );
  });

  test('keep an external id to themselves', async () => {
    const { client, nextTrigger } = await collectTriggers();
    const view = modal('Named', { external_id: 'only-one' });
    await client.views.open({ trigger_id: await nextTrigger(), view });
    const second = client.views.open({ trigger_id: await nextTrigger(), view });
    await expect(second).rejects.toThrow('duplicate_external_id');
  });

  test('that break a limit name the place', async () => {
    const { client, nextTrigger } = await collectTriggers();
    const view = modal('A title that is far too long for Slack');
    const error: unknown = await client.views
      .open({ trigger_id: await nextTrigger(), view })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ data: { error: 'invalid_arguments' } });
    expect(JSON.stringify(error)).toContain('[json-pointer:/view/title/text]');
  });

  test('that weigh too much are refused', async () => {
    const { client, nextTrigger } = await collectTriggers();
    const block = { type: 'section' as const, text: text('x'.repeat(3000)) };
    const view = modal('Heavy', { blocks: Array.from({ length: 90 }, () => block) });
    const opened = client.views.open({ trigger_id: await nextTrigger(), view });
    await expect(opened).rejects.toThrow('view_too_large');
  });
});

test('refuses to publish a Home over a newer one', async () => {
  const { client } = await startSandbox();
  const home = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
  const { view } = await client.views.publish({ user_id: ana, view: home });
  const hash = String(view?.hash);
  await client.views.publish({ user_id: ana, view: home, hash });
  await expect(client.views.publish({ user_id: ana, view: home, hash })).rejects.toThrow(
    'hash_conflict',
  );
});
