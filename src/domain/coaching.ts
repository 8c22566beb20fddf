import type { Boxes } from './loss-metrics.ts';
import type { Tally } from './plan-metrics.ts';

/** A team as its manager's manager sees it: figures, nobody's name (METHOD S1-14). */
export interface TeamFigures {
  readonly losses: number;
  readonly finished: number;
  /** Reviews that wait for a word of the manager. */
  readonly unread: number;
  readonly boxes: Boxes;
  readonly winnable: Tally;
  readonly lostAlone: Tally;
  /** Losses whose reason the buyer said or wrote, of those with a reason. */
  readonly heard: Tally;
}

const fewestTold = 3;

/** One question to put to the manager, the first that the figures call for; never an answer. */
export function coachingQuestion(team: TeamFigures): string {
  const { boxes, winnable, lostAlone, heard } = team;
  const told = boxes.outsold + boxes.notThere;
  if (team.unread > 0) {
    return 'What would give you ten minutes for the reviews that wait for your word?';
  }
  if (told >= fewestTold && boxes.notThere * 2 > told) {
    return 'Which sign, visible in week one, will you look for with the team before effort is spent?';
  }
  if (winnable.n >= fewestTold && winnable.k * 2 >= winnable.n) {
    return 'Which one move, left unused in these, will you practise with the team this week?';
  }
  if (isMost(lostAlone)) {
    return 'How will the next deal at its decision get a second person, and when will you ask?';
  }
  if (heard.n >= fewestTold && heard.k * 2 < heard.n) {
    return 'Whom could the team still ask what decided it, and who asks by which day?';
  }
  if (team.losses > 0 && team.finished === 0) {
    return 'What keeps the talk about these losses from being finished, and what can you take away?';
  }
  if (told >= fewestTold) {
    return 'Where in these deals did the other side pull ahead, and what will you rehearse for it?';
  }
  return 'What did the team learn this week that is worth doing on purpose?';
}

function isMost({ k, n }: Tally): boolean {
  return n >= fewestTold && k * 2 > n;
}
