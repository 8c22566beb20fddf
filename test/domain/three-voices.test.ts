import { describe, expect, it } from 'vitest';
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

  it('say so when they agree', () => {
    const line = voicesLine({
      owner: vote('val.no_number', 'yes'),
      peers: [vote('val.weak_case')],
      buyer: { choices: ['explaining'], couldHaveWon: 'yes' },
    });
    expect(line).toContain('the one peer who voted says problem and value');
    expect(line).toMatch(/They say much the same\.$/);
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
