import { isObject, type JsonObject, lengthOf, listOf, objectsOf, typeOf } from '../json.ts';
import { type Aggregate, typeSpec } from './limits.ts';
import { at, type Place, report } from './place.ts';
import { textLength } from './rules.ts';

interface PlacedBlock {
  readonly block: JsonObject;
  readonly place: Place;
}

/** What holds for a payload as a whole: sums and counts, unique ids, one focus. */
export function checkWhole(payload: JsonObject, place: Place): void {
  const blocks = allBlocks(payload, place);
  checkUniqueIds(blocks);
  checkFocus(payload, place);
  for (const aggregate of typeSpec(`payload:${place.surface}`)?.aggregate ?? []) {
    checkAggregate(aggregate, payload, blocks, place);
  }
  if (place.surface === 'message') checkContent(payload, place);
  else if (place.surface === 'modal') checkSubmit(payload, blocks, place);
}

function allBlocks(payload: JsonObject, place: Place): PlacedBlock[] {
  const { blocks, attachments } = payload;
  const attached = listOf(attachments).flatMap((attachment, index) => {
    const { blocks: inner } = isObject(attachment) ? attachment : {};
    return placed(inner, at(at(at(place, 'attachments'), index), 'blocks'));
  });
  return [...placed(blocks, at(place, 'blocks')), ...attached];
}

function placed(blocks: unknown, place: Place): PlacedBlock[] {
  return listOf(blocks).flatMap((block, index) => {
    if (!isObject(block)) return [];
    const here = at(place, index);
    const { child_blocks } = block;
    const children = listOf(child_blocks).flatMap((child, childIndex) =>
      isObject(child) ? [{ block: child, place: at(at(here, 'child_blocks'), childIndex) }] : [],
    );
    return [{ block, place: here }, ...children];
  });
}

function checkUniqueIds(blocks: readonly PlacedBlock[]): void {
  const seen = new Set<unknown>();
  for (const { block, place } of blocks) {
    const { block_id } = block;
    if (block_id !== undefined && seen.has(block_id)) {
      report(at(place, 'block_id'), 'must be unique in its payload');
    }
    seen.add(block_id);
    checkUniqueActions(block, place);
  }
}

function checkUniqueActions(block: JsonObject, place: Place): void {
  const { elements } = block;
  const ids = objectsOf(elements).map(({ action_id }) => action_id);
  const used = ids.filter((id) => id !== undefined);
  if (new Set(used).size < used.length) {
    report(at(place, 'elements'), 'must have action_ids that are unique in their block');
  }
}

function checkFocus({ blocks }: JsonObject, place: Place): void {
  const elements = objectsOf(blocks).flatMap((block) => {
    const { element, accessory, elements: several } = block;
    return [...objectsOf([element, accessory]), ...objectsOf(several)];
  });
  if (elements.filter(({ focus_on_load }) => focus_on_load === true).length > 1) {
    report(at(place, 'blocks'), 'must have at most one focus_on_load');
  }
}

function checkAggregate(
  { id, block, field, max, sum_max, sum_all_text_max, error }: Aggregate,
  payload: JsonObject,
  blocks: readonly PlacedBlock[],
  place: Place,
): void {
  const { blocks: content } = payload;
  const here = at(place, 'blocks');
  const ofType = blocks.filter((candidate) => typeOf(candidate.block) === block);
  if (block && max !== undefined && ofType.length > max) {
    const code = block === 'table' ? 'only_one_table_allowed' : undefined;
    report(here, `must have at most ${max} ${block} blocks`, code);
  }
  if (block && field && sum_max !== undefined) {
    const sum = ofType.reduce((total, found) => total + lengthOf(found.block[field]), 0);
    if (sum > sum_max) report(here, `must be less than ${sum_max + 1} characters of ${block}`);
  }
  if (sum_all_text_max !== undefined && textLength(content) > sum_all_text_max) {
    report(here, `must be less than ${sum_all_text_max + 1} characters in total`, error);
  }
  if (id === 'bytes' && max !== undefined && bytesOf(payload) > max) {
    report(place, `must be less than ${max + 1} bytes`, error);
  }
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Something must be shown, and blocks are nothing to a screen reader: they need `text` too. */
function checkContent(payload: JsonObject, place: Place): void {
  const { text, markdown_text, blocks, attachments, delete_original } = payload;
  const hasBlocks = listOf(blocks).length > 0;
  const hasText = lengthOf(text) > 0;
  if (markdown_text !== undefined) {
    if (text !== undefined || blocks !== undefined) {
      report(place, 'must not have text or blocks with markdown_text', 'markdown_text_conflict');
    }
  } else if (hasBlocks && !hasText) {
    report(place, 'must have a text that says what the blocks say', 'no_text');
  } else if (!hasText && listOf(attachments).length === 0 && delete_original !== true) {
    report(place, 'must have text, markdown_text, blocks or attachments', 'no_text');
  }
}

function checkSubmit({ submit }: JsonObject, blocks: readonly PlacedBlock[], place: Place): void {
  const hasInput = blocks.some(({ block }) => typeOf(block) === 'input');
  if (hasInput && submit === undefined) {
    report(place, 'missing required field: submit, because the view has an input block');
  }
}
