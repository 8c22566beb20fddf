import type { ListenerDeps, TeamSettings, WhenEnded } from './deps.ts';
import type { Calendars } from './domain/calendar.ts';
import type { NudgeId, NudgeItemId } from './domain/ids.ts';
import { contactSubcommands, registerContacts } from './features/contacts/listeners.ts';
import { registerDealCommand } from './features/deals/command.ts';
import { dateSubcommands, registerDate } from './features/deals/date-listeners.ts';
import { slipRenderer } from './features/deals/date-manager.ts';
import { dealSubcommands, registerDeals } from './features/deals/listeners.ts';
import { dealThankedRenderer } from './features/deals/thanks-message.ts';
import { digestSubcommands } from './features/digests/losses-command.ts';
import {
  headsDigestRenderer,
  patternRenderer,
  weekDigestRenderer,
} from './features/digests/renderers.ts';
import { whenInvalid, whenReopened } from './features/feedback/end-follow-ups.ts';
import { feedbackSubcommands, lostForms, registerFeedback } from './features/feedback/listeners.ts';
import { planFeedbackWith } from './features/feedback/plan-feedback.ts';
import { planRevisit } from './features/feedback/plan-revisit.ts';
import { voicesRenderer } from './features/feedback/voices-message.ts';
import {
  withdrawalAnsweredRenderer,
  withdrawalAskedRenderer,
} from './features/feedback/withdrawal-messages.ts';
import { registerFindings } from './features/findings/listeners.ts';
import { raiseFindings } from './features/findings/raise-findings.ts';
import { findingShippedRenderer } from './features/findings/shipped-reply.ts';
import { findingsRenderer } from './features/findings/show-findings.ts';
import { helpFormFor } from './features/help/help-form.ts';
import { helpAnsweredRenderer, helpAskedRenderer } from './features/help/help-messages.ts';
import { helpSubcommands, registerHelp } from './features/help/listeners.ts';
import { lessonLines, registerLessons } from './features/lessons/listeners.ts';
import { handleLostCommand } from './features/lifecycle/ended-listeners.ts';
import { lifecycleSubcommands, registerLifecycle } from './features/lifecycle/listeners.ts';
import { handoverRenderer } from './features/lifecycle/show-handover.ts';
import { lossSubcommands, registerLostForms } from './features/losses/listeners.ts';
import { loseDeal } from './features/losses/lose-deal.ts';
import { nextSubcommands, registerNext } from './features/next/listeners.ts';
import { logTouch, nothingYet } from './features/next/log-touch.ts';
import { registerSharing } from './features/notices/listeners.ts';
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
import { practiceSubcommands, registerPractice } from './features/practice/listeners.ts';
import { startPractice, startSystemChange } from './features/practice/start-practice.ts';
import {
  callNotedRenderer,
  callToWatchRenderer,
  practiceSwitchRenderer,
} from './features/practice/told-messages.ts';
import { cardChangedRenderer, cardRenderer } from './features/reviews/card-renderer.ts';
import { askNextWith, type TalkTime } from './features/reviews/carry-on.ts';
import { dealReopened } from './features/reviews/deal-reopened.ts';
import { registerReplies } from './features/reviews/hear-reply.ts';
import { registerManage } from './features/reviews/manage-listeners.ts';
import { managedRenderer } from './features/reviews/manage-told.ts';
import { openReview } from './features/reviews/open-review.ts';
import {
  registerTalk,
  reviewFormFor,
  reviewSubcommands,
} from './features/reviews/talk-listeners.ts';
import {
  reviewChangedRenderer,
  reviewCompletedRenderer,
  reviewOpenedRenderer,
  reviewPromptedRenderer,
} from './features/reviews/talk-renderers.ts';
import { voidReview } from './features/reviews/void-review.ts';
import {
  entryChangedRenderer,
  lossListedRenderer,
  lossThreadRenderer,
  lossThreadRepliedRenderer,
} from './features/reviews/week-renderers.ts';
import {
  openMornings,
  registerSettings,
  settingsSubcommands,
  showMornings,
} from './features/settings/listeners.ts';
import { registerTeamSettings } from './features/settings/team-listeners.ts';
import { type Renderers, untilOpen } from './outbox/renderer.ts';
import type { AssignFormFor } from './slack/next-actions.ts';
import type { ShowPlace } from './slack/show-again.ts';

/** Reviews go by the team's zone and business days. */
function talkTime({ zone }: TeamSettings, { ours }: Calendars): TalkTime {
  return { zone, calendar: ours };
}

/** How each kind of queued message is built when it is sent. */
export function renderersFor(team: TeamSettings, calendars: Calendars): Renderers {
  return {
    nudge_planned: inTheirTime(nudgeRenderer(calendars)),
    nudge_changed: nudgeChangedRenderer(calendars),
    loss_thread_opened: lossThreadRenderer(team),
    loss_listed: lossListedRenderer,
    loss_thread_replied: lossThreadRepliedRenderer(team),
    loss_entry_changed: entryChangedRenderer,
    review_card_posted: cardRenderer(team, askNextWith(talkTime(team, calendars))),
    review_card_changed: cardChangedRenderer(team),
    review_managed: untilOpen(managedRenderer),
    review_opened: reviewOpenedRenderer(talkTime(team, calendars)),
    review_prompted: untilOpen(reviewPromptedRenderer(talkTime(team, calendars))),
    review_changed: reviewChangedRenderer(talkTime(team, calendars)),
    review_completed: untilOpen(reviewCompletedRenderer),
    deal_thanked: dealThankedRenderer,
    handover_sent: handoverRenderer(calendars),
    help_asked: helpAskedRenderer,
    help_answered: helpAnsweredRenderer,
    date_slipped: slipRenderer,
    findings_posted: findingsRenderer,
    finding_shipped: untilOpen(findingShippedRenderer),
    call_to_watch: callToWatchRenderer,
    call_noted: callNotedRenderer,
    practice_switch_asked: practiceSwitchRenderer,
    week_digested: weekDigestRenderer(team, calendars),
    teams_digested: headsDigestRenderer(team),
    patterns_found: patternRenderer(team),
    voices_compared: untilOpen(voicesRenderer),
    withdrawal_asked: withdrawalAskedRenderer,
    withdrawal_answered: withdrawalAnsweredRenderer,
    notice_raised: noticeRenderer,
  };
}

/** Everything people can do, each feature with what it borrows from the others. */
export function registerFeatures(deps: ListenerDeps): void {
  const showPlace: ShowPlace = async (place, actor) =>
    place.kind === 'plan'
      ? showPlan(deps, actor, place.id as Parameters<typeof showPlan>[2])
      : showBundle(deps, actor, { nudgeId: place.id as NudgeId });
  const time = talkTime(deps.team, deps.calendars);
  const askNext = askNextWith(time);
  const endedForms = { ...lostForms(deps), review: reviewFormFor(deps, time) };
  registerDealCommand(deps, [
    ...planSubcommands(deps),
    ...nextSubcommands(deps),
    ...contactSubcommands(deps),
    ...dealSubcommands(deps),
    ...lossSubcommands(deps),
    ...dateSubcommands(deps),
    ...helpSubcommands(deps),
    ...lifecycleSubcommands(deps),
    ...feedbackSubcommands(deps, {
      findDeal: (call, word) => handleLostCommand(deps, call, word, endedForms),
    }),
    ...reviewSubcommands((call) => handleLostCommand(deps, call, 'review', endedForms)),
    ...practiceSubcommands(deps),
    ...digestSubcommands(deps),
    ...playbookSubcommands(deps),
    ...nudgeSubcommands(deps),
    ...settingsSubcommands(deps),
  ]);
  const whenEnded: readonly WhenEnded[] = [
    openReview,
    planFeedbackWith(deps.calendars),
    planRevisit,
  ];
  registerDeals(deps, {
    whenEnded,
    lessonLines: (actor, dealId) => lessonLines(deps, actor, dealId),
  });
  registerLessons(deps);
  registerDate(deps);
  registerPlan(deps, showPlace);
  registerPlanCard(deps);
  registerLifecycle(deps, {
    lostForms: endedForms,
    whenReopened: async (tx, moved) => {
      await whenReopened(tx, moved);
      await dealReopened(tx, moved);
    },
    whenInvalid: async (tx, workspaceId, dealId, now) => {
      await voidReview(tx, workspaceId, dealId, now);
      await whenInvalid(tx, workspaceId, dealId, now);
    },
  });
  const assignFormFor: AssignFormFor = (actor, dealId, draft) =>
    assignModalFor(deps, actor, { dealId, side: draft.side, draft });
  registerLostForms(deps, { whenEnded, assignFormFor });
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
  registerReplies(deps, askNext);
  registerManage(deps, askNext);
  registerTalk(deps, { startPractice, startSystemChange, raiseFindings }, time);
  registerFeedback(deps, {
    loseDeal: (actor, dealId, story) => loseDeal(deps, actor, dealId, story, whenEnded),
  });
  registerFindings(deps);
  registerPractice(deps, showPlace);
  registerPeople(deps);
  registerSharing(deps);
}
