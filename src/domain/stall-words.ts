import type { StallCode } from './stalls.ts';

/** What holds a deal up, as one says it to a colleague; facts, nobody's fault. */
export const stallWords: Readonly<Record<StallCode, string>> = {
  buyer_silence: 'They have been quiet for longer than usual',
  no_next_step: 'No step lies ahead',
  buyer_item_late: 'A step of theirs that everything waits for is late',
  ball_with_us: 'We owe them something',
  date_slipped: 'The decision date has slipped',
  date_missed: 'The decision date has passed',
  phase_age: 'It has been in this phase for longer than usual',
  single_thread: 'Only one person there is in touch with us',
  no_power: 'Nobody who decides is in touch with us',
  ping_pong: 'Messages go to and fro without moving the plan',
  does_not_fit: 'The steps left do not fit before the decision date',
  one_sided: 'Nearly all the work is ours',
  quiet_gap: 'A long stretch ahead has no step of theirs',
  unmutual: 'They have not said yes to the date and a step yet',
};
