import { isObject, type JsonObject, lengthOf, listOf, objectsOf, typeOf } from '../json.ts';
import { elementRules } from './element-rules.ts';
import { at, needScope, type Place, type Rule, report } from './place.ts';

const tableCharacters = 10_000;

/** The prose rules by type, as `blockkit-limits.json` lists them under `rules`. */
export const rules: Readonly<Record<string, Rule>> = {
  ...elementRules,
  'block:section': ({ text, fields }, place) => {
    if (text === undefined && fields === undefined) report(place, 'must have text or fields');
  },
  'block:input': ({ dispatch_action, element }, place) => {
    if (dispatch_action === true && typeOf(element) === 'file_input') {
      report(at(place, 'dispatch_action'), 'must not be true with a file_input');
    }
  },
  'block:image': imageSource,
  'element:image': imageSource,
  'object:slack_file': (file, place) => exactlyOne(file, ['id', 'url'], place),
  'object:conversation_filter': (filter, place) => {
    if (Object.keys(filter).length === 0) report(place, 'must have at least one property');
  },
  'block:video': (_block, place) => needScope('links.embed:write', place),
  'block:table': ({ rows, column_settings }, place) => {
    checkGrid(rows, place);
    const width = listOf(listOf(rows)[0]).length;
    if (listOf(column_settings).length > width) {
      report(at(place, 'column_settings'), `must have at most ${width} items, one per column`);
    }
  },
  'block:data_table': ({ rows }, place) => {
    checkGrid(rows, place);
    if (objectsOf(listOf(rows)[0]).some((cell) => typeOf(cell) === 'rich_text')) {
      report(at(at(place, 'rows'), 0), 'must not have rich_text in the header row');
    }
  },
  'object:chart': checkChart,
  'block:card': ({ hero_image, title, actions, body, icon, slack_icon }, place) => {
    if ([hero_image, title, actions, body].every((part) => part === undefined)) {
      report(place, 'must have at least one of hero_image, title, actions, body');
    }
    if (icon !== undefined && slack_icon !== undefined) {
      report(place, 'must not have both icon and slack_icon');
    }
  },
  'block:container': ({ title, rich_text_title, is_collapsible, default_collapsed }, place) => {
    if (title === undefined && rich_text_title === undefined) {
      report(place, 'must have title or rich_text_title');
    }
    if (default_collapsed === true && is_collapsible !== true) {
      report(at(place, 'default_collapsed'), 'needs is_collapsible');
    }
  },
};

function imageSource(image: JsonObject, place: Place): void {
  exactlyOne(image, ['image_url', 'slack_file'], place);
}

function exactlyOne(value: JsonObject, keys: readonly string[], place: Place): void {
  if (keys.filter((key) => value[key] !== undefined).length !== 1) {
    report(place, `must have exactly one of ${keys.join(', ')}`);
  }
}

function checkGrid(rows: unknown, place: Place): void {
  const grid = listOf(rows).map(listOf);
  if (new Set(grid.map((row) => row.length)).size > 1) {
    report(at(place, 'rows'), 'must have the same number of cells in every row');
  }
  const characters = grid.flat().reduce<number>((sum, cell) => sum + textLength(cell), 0);
  if (characters > tableCharacters) {
    report(at(place, 'rows'), `must be less than ${tableCharacters + 1} characters over all cells`);
  }
}

/** All the text in a value, however deep; a loop, because a payload may nest without limit. */
export function textLength(value: unknown): number {
  const open = [value];
  let sum = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) open.push(...next.filter((item) => item !== undefined));
    else if (isObject(next)) {
      const { text } = next;
      sum += lengthOf(text);
      open.push(...Object.values(next).filter((item) => typeof item === 'object'));
    }
  }
  return sum;
}

function checkChart({ type, segments, series, axis_config }: JsonObject, place: Place): void {
  const isPie = type === 'pie';
  const [needed, refused] = isPie
    ? [{ segments }, { series, axis_config }]
    : [{ series, axis_config }, { segments }];
  for (const [key, value] of Object.entries(needed)) {
    if (value === undefined) report(place, `missing required field: ${key}`);
  }
  for (const [key, value] of Object.entries(refused)) {
    if (value !== undefined)
      report(at(place, key), `is not allowed in a ${isPie ? 'pie' : 'bar, line or area'} chart`);
  }
  if (!isPie) checkSeries(series, axis_config, place);
}

function checkSeries(series: unknown, axis: unknown, place: Place): void {
  const lines = objectsOf(series);
  if (new Set(lines.map(({ name }) => name)).size < lines.length) {
    report(at(place, 'series'), 'must have unique names');
  }
  const { categories } = isObject(axis) ? axis : {};
  const expected = JSON.stringify(listOf(categories));
  lines.forEach(({ data }, index) => {
    if (JSON.stringify(objectsOf(data).map(({ label }) => label)) !== expected) {
      const pointer = at(at(at(place, 'series'), index), 'data');
      report(pointer, 'must have the labels of axis_config.categories, in order');
    }
  });
}
