import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedbackChoices } from '../../src/domain/feedback.ts';
import { lossReasons } from '../../src/domain/loss-reasons.ts';
import { compareVoices, type VoicesHeard, voicesLine } from '../../src/domain/three-voices.ts';

const vote = (reasonCode: string, fixable?: 'yes' | 'partly' | 'no') => ({ reasonCode, fixable });
const heard: VoicesHeard = {
  owner: vote('com.price_value', 'no'),
  peers: [vote('ppl.single'), vote('ppl.no_decider'), vote('cmp.trusted')],
  buyer: { choices: ['listening'], couldHaveWon: 'yes' },
};

describe('three voices', () => {
  it('are said side by side with their numbers, and where they part', () => {
    expect(voicesLine(heard)).toBe(
      'Three voices: the owner says commercial, 2 of 3 peers say people, the buyer says listening. Could it have been won? The owner: no. The buyer: yes, with different selling. They part here: what would have let us hear it sooner?',
    );
    expect(compareVoices(heard).apart).toEqual(['owner_peers', 'owner_buyer']);
    expect(compareVoices(heard).pairs).toBe(3);
  });

  it('say nothing when all three agree, or any two without the third', () => {
    const same: VoicesHeard = {
      owner: vote('val.no_number', 'yes'),
      peers: [vote('val.weak_case')],
      buyer: { choices: ['explaining'], couldHaveWon: 'yes' },
    };
    expect(voicesLine(same)).toBeUndefined();
    expect(voicesLine({ ...same, buyer: undefined })).toBeUndefined();
    expect(voicesLine({ ...same, peers: [] })).toBeUndefined();
    expect(voicesLine({ ...same, owner: undefined })).toBeUndefined();
  });

  it('are heard where owner and peers differ before the buyer said anything', () => {
    expect(voicesLine({ ...heard, buyer: undefined })).toBe(
      'Two voices: the owner says commercial, 2 of 3 peers say people. They part here: what can be seen from each side?',
    );
  });

  it('differ about whether it could have been won, though not about the reason', () => {
    const line = voicesLine({
      owner: vote('us.slow', 'no'),
      peers: [],
      buyer: { choices: ['speed'], couldHaveWon: 'yes' },
    });
    expect(line).toBe(
      'Two voices: the owner says how we worked, the buyer says speed. Could it have been won? The owner: no. The buyer: yes, with different selling. They part here: what would have let us hear it sooner?',
    );
  });

  it('name nobody, accuse nobody and end in one question, whatever they say', () => {
    const reason = fc.constantFrom(...lossReasons.map(({ code }) => code));
    const fixable = fc.constantFrom('yes' as const, 'partly' as const, 'no' as const, undefined);
    const said = fc.record({ reasonCode: fc.option(reason, { nil: undefined }), fixable });
    const codes = feedbackChoices.map(({ code }) => code);
    const buyer = fc.record({ choices: fc.subarray(codes), couldHaveWon: fixable });
    const three = fc.record({
      owner: fc.option(said, { nil: undefined }),
      peers: fc.array(said, { maxLength: 5 }),
      buyer: fc.option(buyer, { nil: undefined }),
    });
    fc.assert(
      fc.property(three, (given) => {
        const line = voicesLine(given);
        const { apart, pairs } = compareVoices(given);
        if (pairs === 0) expect(line).toBeUndefined();
        if (apart.length > 0) expect(line).toMatch(/\?$/);
        expect(line ?? '').not.toMatch(
          /\byou\b|\bwrong\b|\bfault|\bblam|\bfail|\bdisagree|\bmanager\b|undefined|<@/i,
        );
      }),
    );
  });

  it('are two where only two were heard, and nothing where one was', () => {
    expect(voicesLine({ ...heard, peers: [] })).toMatch(/^Two voices: /);
    expect(voicesLine({ ...heard, peers: [], buyer: undefined })).toBeUndefined();
    expect(voicesLine({ ...heard, peers: [], owner: undefined })).toBeUndefined();
  });

  it('take no side where as many peers say one thing as another', () => {
    const split = { ...heard, peers: [vote('ppl.single'), vote('cmp.trusted')] };
    expect(compareVoices(split).peers).toBeUndefined();
  });
});
