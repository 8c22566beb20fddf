import type { View } from '@slack/types';
import { validateView } from '../block-kit.ts';
import { typeOf } from '../json.ts';
import { invalidArguments, refuseViolations, SlackRefusal } from '../refusal.ts';
import { viewShape } from '../shapes.ts';
import type { Slack } from '../slack.ts';
import type { OpenView } from '../views.ts';
import type { Args } from './args.ts';
import type { ApiMethod } from './method.ts';
import { findUser } from './targets.ts';

/** The view of a call, or of an answer to a submission, within the limits of its kind. */
export function readView(payload: unknown, type: 'modal' | 'home', slack: Slack): View {
  if (typeOf(payload) !== type) {
    throw invalidArguments(`must be a ${type} view [json-pointer:/view/type]`);
  }
  refuseViolations(validateView(payload, slack.world.app.scopes), '/view');
  return payload as View;
}

function answer(slack: Slack, open: OpenView) {
  return { view: viewShape(slack.world, open, slack.typed.ofView(open)) };
}

function viewArg(args: Args, type: 'modal' | 'home', slack: Slack): View {
  return readView(args.json('view'), type, slack);
}

const open: ApiMethod = {
  args: { view: 'json', trigger_id: 'string' },
  required: ['view'],
  run: (args, slack) => {
    const view = viewArg(args, 'modal', slack);
    const origin = slack.triggers.spend(args.text('trigger_id'));
    return answer(slack, slack.views.open(view, origin));
  },
};

const push: ApiMethod = {
  args: { view: 'json', trigger_id: 'string' },
  required: ['view'],
  run: (args, slack) => {
    const view = viewArg(args, 'modal', slack);
    const { userId, viewId } = slack.triggers.spend(args.text('trigger_id'));
    if (!slack.views.stack(userId).some((below) => below.view.id === viewId)) {
      throw new SlackRefusal('invalid_trigger_id');
    }
    return answer(slack, slack.views.push(view, userId));
  },
};

const update: ApiMethod = {
  args: { view: 'json', view_id: 'string', external_id: 'string', hash: 'string' },
  required: ['view'],
  run: (args, slack) => {
    const view = viewArg(args, 'modal', slack);
    if (!args.has('view_id') && !args.has('external_id')) {
      throw invalidArguments('missing required field: view_id');
    }
    const found = args.has('view_id')
      ? slack.views.find(args.text('view_id'))
      : slack.views.findExternal(args.text('external_id'));
    if (!found) throw new SlackRefusal('not_found');
    return answer(slack, slack.views.update(found.view.id, view, args.text('hash')));
  },
};

const publish: ApiMethod = {
  args: { view: 'json', user_id: 'string', hash: 'string' },
  required: ['view', 'user_id'],
  run: (args, slack) => {
    const view = viewArg(args, 'home', slack);
    const { id } = findUser(slack, args.text('user_id'));
    return answer(slack, slack.views.publish(id, view, args.text('hash')));
  },
};

/** Modals and Home. */
export const viewMethods: Readonly<Record<string, ApiMethod>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
