import { findingPlaces } from '../../domain/finding.ts';
import type { FindingId } from '../../domain/ids.ts';
import { labelOf } from '../../domain/loss-story.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { bold, leaf, mention, paragraph } from '../../slack/blocks.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { findFinding } from '../../store/findings.ts';
import { findPerson } from '../../store/people.ts';
import { findReview } from '../../store/reviews.ts';

/** What was found has become something: said in the thread it came from (METHOD S1-10). */
export const findingShippedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload }) => {
    const finding = await findFinding(tx, workspaceId, payload['findingId'] as FindingId);
    const review = finding && (await findReview(tx, workspaceId, finding.reviewId));
    if (!review || finding.state !== 'shipped') return { do: 'drop', reason: 'it did not ship' };
    const by = finding.ownerId && (await findPerson(tx, workspaceId, finding.ownerId));
    const who = by ? mention(by) : leaf('a colleague');
    const shipped = ` shipped: ${finding.answerNote ?? ''}. It is thanks to what this deal taught. By `;
    const place = ` (${labelOf(findingPlaces, finding.place)}).`;
    const message = {
      text: escapeMrkdwn(`${finding.text}${shipped}${by ? by.name : 'a colleague'}${place}`),
      blocks: [paragraph(bold(finding.text), leaf(shipped), who, leaf(place))],
    };
    const { channelId, threadTs } = review;
    return channelId && threadTs
      ? { do: 'post', target: channelId, threadTs, message }
      : { do: 'post', target, message };
  },
};
