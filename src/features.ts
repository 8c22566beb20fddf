import type { ListenerDeps, TeamSettings } from './deps.ts';
import type { Calendars } from './domain/calendar.ts';
import type { NudgeId, NudgeItemId } from './domain/ids.ts';
import { contactSubcommands, registerContacts } from './features/contacts/listeners.ts';
import { registerDealCommand } from './features/deals/command.ts';
import { dateSubcommands, registerDate } from './features/deals/date-listeners.ts';
import { slipRenderer } from './features/deals/date-manager.ts';
import { dealSubcommands, registerDeals } from './features/deals/listeners.ts';
import { dealThankedRenderer } from './features/deals/thanks-message.ts';
import { helpFormFor } from './features/help/help-form.ts';
import { helpAnsweredRenderer, helpAskedRenderer } from './features/help/help-messages.ts';
import { helpSubcommands, registerHelp } from './features/help/listeners.ts';
import { lifecycleSubcommands, registerLifecycle } from './features/lifecycle/listeners.ts';
import { handoverRenderer } from './features/lifecycle/show-handover.ts';
import { registerLosses } from './features/losses/hear-reply.ts';
import {
  lossListedRenderer,
  lossThreadRenderer,
  lossThreadRepliedRenderer,
} from './features/losses/renderers.ts';
import { nextSubcommands, registerNext } from './features/next/listeners.ts';
import { logTouch, nothingYet } from './features/next/log-touch.ts';
import { noticeRenderer } from './features/notices/notice.ts';
import { answerAskedWith } from './features/nudges/ask-listeners.ts';
import { nudgeSubcommands, registerNudges, showBundle } from './features/nudges/listeners.ts';
import { inTheirTime } from './features/nudges/rest-delivery.ts';
import { openRestModal } from './features/nudges/rest-listeners.ts';
import { nudgeChangedRenderer, nudgeRenderer } from './features/nudges/show-nudge.ts';
import { registerPeople } from './features/people/listeners.ts';
import { assignModalFor } from './features/plan/assign-listeners.ts';
import { moveHomework, reassignHomework } from './features/plan/change-homework.ts';
import { planSubcommands, registerPlan } from './features/plan/listeners.ts';
import { registerPlanCard } from './features/plan/plan-card-listeners.ts';
import { showPlan } from './features/plan/show-plan.ts';
import { askStep } from './features/plan/step-answers.ts';
import { playbookSubcommands, registerPlaybooks } from './features/playbooks/listeners.ts';
import {
  openMornings,
  registerSettings,
  settingsSubcommands,
  showMornings,
} from './features/settings/listeners.ts';
import { registerTeamSettings } from './features/settings/team-listeners.ts';
import type { Renderers } from './outbox/renderer.ts';
import type { AssignFormFor } from './slack/next-actions.ts';
import type { ShowPlace } from './slack/show-again.ts';

/** How each kind of queued message is built when it is sent. */
export function renderersFor(team: TeamSettings, calendars: Calendars): Renderers {
  return {
    nudge_planned: inTheirTime(nudgeRenderer(calendars)),
    nudge_changed: nudgeChangedRenderer(calendars),
    loss_thread_opened: lossThreadRenderer(team.zone),
    loss_listed: lossListedRenderer,
    loss_thread_replied: lossThreadRepliedRenderer(team.zone),
    deal_thanked: dealThankedRenderer,
    handover_sent: handoverRenderer(calendars),
    help_asked: helpAskedRenderer,
    help_answered: helpAnsweredRenderer,
    date_slipped: slipRenderer,
    notice_raised: noticeRenderer,
  };
}

/** Everything people can do, each feature with what it borrows from the others. */
export function registerFeatures(deps: ListenerDeps): void {
  const showPlace: ShowPlace = async (place, actor) =>
    place.kind === 'plan'
      ? showPlan(deps, actor, place.id as Parameters<typeof showPlan>[2])
      : showBundle(deps, actor, { nudgeId: place.id as NudgeId });
  registerDealCommand(deps, [
    ...planSubcommands(deps),
    ...nextSubcommands(deps),
    ...contactSubcommands(deps),
    ...dealSubcommands(deps),
    ...dateSubcommands(deps),
    ...helpSubcommands(deps),
    ...lifecycleSubcommands(deps),
    ...playbookSubcommands(deps),
    ...nudgeSubcommands(deps),
    ...settingsSubcommands(deps),
  ]);
  registerDeals(deps);
  registerDate(deps);
  registerPlan(deps, showPlace);
  registerPlanCard(deps);
  registerLifecycle(deps);
  const assignFormFor: AssignFormFor = (actor, dealId, draft) =>
    assignModalFor(deps, actor, { dealId, side: draft.side, draft });
  registerNext(deps, assignFormFor, showPlace);
  registerContacts(deps, assignFormFor);
  registerPlaybooks(deps);
  registerTeamSettings(deps);
  registerSettings(deps, {
    openRest: (click) => openRestModal(deps, click, { id: click.value as NudgeItemId }),
  });
  registerNudges(deps, {
    assignFormFor,
    openMornings: (click) => openMornings(deps, click),
    showMornings: (actor, settings) => showMornings(deps, actor, settings),
    moveStep: (actor, id, form) => moveHomework(deps, actor, id, form),
    takeStep: (actor, id) => reassignHomework(deps, actor, id, actor.id),
    askStep: (actor, id) => askStep(deps, actor, id),
    logTurn: (actor, { dealId, formId, kind, contactId }) => {
      const touch = { side: 'seller', moved: nothingYet, expectsReply: true } as const;
      return logTouch(deps, actor, { dealId, formId, touch: { ...touch, kind, contactId } });
    },
    helpFormFor: (actor, wish) => helpFormFor(deps, actor, wish),
  });
  registerHelp(deps, { showPlace, answerAsked: answerAskedWith(deps) });
  registerLosses(deps);
  registerPeople(deps);
}
