const patterns: readonly RegExp[] = [
  /(?<!(?:\bnot|\bnever|n['’]t) )\b(cut|lower|drop|slash|reduce|halve|match|beat|come down on)\b(?:(?!\b(?:not|before|instead|rather|until|without)\b)[^.]){0,40}\b(price|prices|pricing|cost|costs|fee|fees|rates?)\b/i,
  /\b(price|prices|pricing|fees?)\b[^.]{0,20}\b(too high|must come down|should come down|lower|cut)\b/i,
  /\b(cheaper|bigger discount|more discount|discount more|higher discount)\b/i,
  /\b(copy|clone|imitate|mirror)\b[^.]{0,40}\b(rival|rivals|competitor|competitors|competition|them|they|their)\b/i,
  /\b(do|build|offer|have|need)\b(?:(?!\b(?:ask|check|compare|find|hear|know|learn|see|show|tell|understand)\b)[^.]){0,30}\b(what|like|same as)\b[^.]{0,12}\b(the |our )?(rival|rivals|competitor|competitors|competition)\b/i,
  /\bsame (features?|product|thing|things|functions?)\b[^.]{0,15}\bas\b/i,
];

/** What is asked, in private, of somebody whose lesson is one of the two worst (METHOD S4-14). */
export const worthPayingQuestion = 'Which difference, worth paying for, did we leave out?';

/** Whether a lesson says to cut the price or to copy the rival (METHOD S4-14). */
export function isWorstAdvice(text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}
