import type { Clock } from '../../src/clock.ts';
import { addDays, type Day, day, dayIn, weekdays } from '../../src/domain/calendar.ts';
import { type OpenDeal, unknownSoFar } from '../../src/domain/deal.ts';
import { type Doer, draftHomework, type Homework } from '../../src/domain/homework.ts';
import {
  type DealId,
  type HomeworkId,
  newId,
  type PersonId,
  type SlackUserId,
  type WorkspaceId,
} from '../../src/domain/ids.ts';
import type { FactTrail } from '../../src/domain/loss.ts';
import type { LossStory } from '../../src/domain/loss-story.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Phase } from '../../src/domain/segment.ts';
import { ensureAccount } from '../../src/store/accounts.ts';
import { ensureContact } from '../../src/store/contacts.ts';
import { closeDeal, insertDeal } from '../../src/store/deals.ts';
import { insertHomework } from '../../src/store/homework.ts';
import { insertLoss } from '../../src/store/losses.ts';
import { savePerson } from '../../src/store/people.ts';
import type { Store } from '../../src/store/store.ts';

type DealSpec = { account: string; owner: Person; amount?: Money } & Partial<
  Pick<OpenDeal, 'name' | 'privacy' | 'decisionOn' | 'imported'>
>;

/** `doer` is a colleague, or the name of somebody at the buyer: then it is the buyer's step. */
interface StepSpec {
  readonly title: string;
  readonly dueOn: string;
  readonly doer: Person | string;
}

interface LossSpec extends Partial<LossStory> {
  readonly loggedAt: string;
  readonly lostOn?: string;
  readonly facts?: FactTrail;
  readonly phaseAtLoss?: Phase;
  readonly lostAlone?: boolean;
}

const untoldStory = { evidence: 'unknown', contributing: [], fearTags: [], fairFight: [] } as const;

/** What a test starts from, put into the store as the use cases would have. */
export type Seed = ReturnType<typeof createSeed>;

export function createSeed(app: { store: Store; workspaceId: WorkspaceId }, clock: Clock) {
  const { store, workspaceId } = app;

  async function person(
    slackUserId: string | undefined,
    name: string,
    facts: Partial<Person> = {},
  ): Promise<Person> {
    const known: Person = {
      id: newId<PersonId>(clock.now()),
      workspaceId,
      slackUserId: slackUserId as SlackUserId | undefined,
      name,
      email: undefined,
      role: 'rep',
      standing: 'member',
      managerId: undefined,
      zone: 'America/New_York',
      workDays: weekdays.workDays,
      active: true,
      ...facts,
    };
    await store.transaction((tx) => savePerson(tx, known, clock.now()));
    return known;
  }

  async function deal({ account: accountName, ...given }: DealSpec): Promise<OpenDeal> {
    const today = dayIn(clock.now(), given.owner.zone);
    return store.transaction(async (tx) => {
      const account = await ensureAccount(tx, workspaceId, accountName, clock.now());
      const { owner, amount, name = 'Core platform', decisionOn = addDays(today, 60) } = given;
      const made: OpenDeal = {
        ...unknownSoFar(today),
        id: newId<DealId>(clock.now()),
        workspaceId,
        accountId: account.id,
        account: account.name,
        name,
        ownerId: owner.id,
        amount,
        decisionOn,
        originalDecisionOn: decisionOn,
        dateDriver: undefined,
        zone: owner.zone,
        openedOn: today,
        channelId: undefined,
        privacy: given.privacy ?? 'team',
        imported: given.imported ?? false,
        version: 1,
        status: 'open',
      };
      if (!(await insertDeal(tx, made))) throw new Error(`${accountName} is open already`);
      return made;
    });
  }

  async function step(of: OpenDeal, spec: StepSpec): Promise<Homework> {
    return store.transaction(async (tx) => {
      const dueOn = day(spec.dueOn);
      const made = draftHomework({
        id: newId<HomeworkId>(clock.now()),
        dealId: of.id,
        side: typeof spec.doer === 'string' ? 'buyer' : 'seller',
        title: spec.title,
        doer: await doerOf(spec.doer),
        dueOn,
        doneWhen: 'both sides can see it',
      });
      await insertHomework(tx, workspaceId, made, undefined);
      return made;

      async function doerOf(doer: Person | string): Promise<Doer> {
        if (typeof doer !== 'string') {
          return { name: doer.name, personId: doer.id, contactId: undefined };
        }
        const contact = { accountId: of.accountId, name: doer, title: undefined };
        const { id } = await ensureContact(tx, workspaceId, contact, clock.now());
        return { name: doer, personId: undefined, contactId: id };
      }
    });
  }

  async function loss(of: OpenDeal, spec: LossSpec): Promise<void> {
    const loggedAt = new Date(spec.loggedAt);
    const lostOn = spec.lostOn ? day(spec.lostOn) : (loggedAt.toISOString().slice(0, 10) as Day);
    await store.transaction(async (tx) => {
      await closeDeal(tx, of, { status: 'lost', closedOn: lostOn, closedAt: loggedAt });
      const {
        loggedAt: _at,
        lostOn: _on,
        facts = { daysOpen: 30, steps: undefined },
        phaseAtLoss,
        lostAlone,
        ...told
      } = spec;
      // A CRM says less than a form does: what is not told stays empty.
      const story = { ...untoldStory, ...told } as LossStory;
      await insertLoss(tx, {
        story,
        facts,
        phaseAtLoss: phaseAtLoss ?? of.phase,
        lostAlone: lostAlone ?? false,
        workspaceId,
        dealId: of.id,
        lostOn,
        loggedAt,
      });
    });
  }

  return { person, deal, step, loss };
}
