import type { ListenerDeps } from '../../deps.ts';
import type { HomeworkId } from '../../domain/ids.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { onSubmit, type Submission } from '../../slack/listen.ts';
import { dropHomework, handToContact, moveHomework, reassignHomework } from './change-homework.ts';
import { dropModalIds, moveModalIds, readChangeMeta } from './change-modals.ts';
import type { ChangedHomework } from './change-step.ts';
import { agreeStep, declineStep, rewordStep, sendBackStep } from './step-answers.ts';
import { stepFormIds } from './step-forms.ts';
import { afterForm, type StepListening } from './step-place.ts';

type Answer = Promise<ChangedHomework | Refusal>;
type Save = (sent: Submission, id: HomeworkId, formId: string) => Answer;

/** What the small forms behind a step's buttons save. */
export function registerSubmissions(on: StepListening): void {
  const { deps } = on;
  const ids = stepFormIds;
  const saves: readonly (readonly [string, Save])[] = [
    [
      moveModalIds.view,
      ({ actor, form }, id, formId) =>
        moveHomework(deps, actor, id, { formId, dueOn: form.date(moveModalIds.dueOn) }),
    ],
    [
      dropModalIds.view,
      ({ actor, form }, id) => dropHomework(deps, actor, id, form.text(dropModalIds.reason)),
    ],
    [
      ids.agree,
      ({ actor, form }, id, formId) => {
        const said = { contact: form.choice(ids.contact), via: form.choice(ids.via) };
        return agreeStep(deps, actor, id, { formId, ...said });
      },
    ],
    [
      ids.decline,
      ({ actor, form }, id, formId) =>
        declineStep(deps, actor, id, { formId, reason: form.text(ids.reason) }),
    ],
    [
      ids.reword,
      ({ actor, form }, id, formId) =>
        rewordStep(deps, actor, id, {
          formId,
          title: form.text(ids.title),
          doneWhen: form.text(ids.doneWhen),
          whyForThem: form.text(ids.whyForThem),
        }),
    ],
    [
      ids.sendBack,
      ({ actor, form }, id, formId) =>
        sendBackStep(deps, actor, id, { formId, note: form.text(ids.note) }),
    ],
    [ids.handOver, (sent, id) => handOver(deps, sent, id)],
    [
      ids.handToContact,
      ({ actor, form }, id, formId) =>
        handToContact(deps, actor, id, { formId, contact: form.choice(ids.contact) }),
    ],
  ];
  for (const [viewId, save] of saves) {
    onSubmit(deps, viewId, async (sent) => {
      const { homeworkId, formId } = readChangeMeta(sent.view);
      return afterForm(on, sent.actor, sent.view, await save(sent, homeworkId, formId));
    });
  }
}

async function handOver(deps: ListenerDeps, { actor, form }: Submission, id: HomeworkId): Answer {
  const userId = form.user(stepFormIds.person);
  const person = userId ? await deps.knowPerson({ teamId: deps.workspaceId, userId }) : undefined;
  return reassignHomework(deps, actor, id, person?.id);
}
