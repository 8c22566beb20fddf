import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, lengthOf, listOf, objectsOf } from '../json.ts';
import { at, needScope, type Place, type Rule, report } from './place.ts';

const defaultMaxLines = 8;

/** The prose rules of elements: options, pickers and inputs. */
export const elementRules: Readonly<Record<string, Rule>> = {
  'element:checkboxes': (element, place) => checkOptions(element, place, 'any text'),
  'element:radio_buttons': (element, place) => checkOptions(element, place, 'any text'),
  'element:overflow': (element, place) => checkOptions(element, place, 'urls'),
  'element:static_select': checkStaticSelect,
  'element:multi_static_select': checkStaticSelect,
  'element:external_select': checkExternalSelect,
  'element:multi_external_select': checkExternalSelect,
  'element:datepicker': ({ initial_date }, place) => {
    if (typeof initial_date === 'string' && !isDay(initial_date)) {
      report(at(place, 'initial_date'), 'must be a day of the calendar');
    }
  },
  'element:timepicker': ({ timezone }, place) => {
    if (typeof timezone === 'string' && !isZone(timezone)) {
      report(at(place, 'timezone'), 'must be an IANA time zone');
    }
  },
  'element:plain_text_input': ({ min_length, max_length, initial_value }, place) => {
    inOrder(min_length, max_length, 'min_length', 'max_length', place);
    inOrder(
      lengthOf(initial_value),
      max_length,
      'the length of initial_value',
      'max_length',
      place,
    );
  },
  'element:number_input': ({ min_value, max_value }, place) =>
    inOrder(asNumber(min_value), asNumber(max_value), 'min_value', 'max_value', place),
  'element:rich_text_input': ({ min_lines, max_lines = defaultMaxLines }, place) =>
    inOrder(min_lines, max_lines, 'min_lines', 'max_lines', place),
  'element:file_input': (_element, place) => needScope('files:read', place),
  'element:conversations_select': checkResponseUrl,
  'element:channels_select': checkResponseUrl,
};

/** Every option an element offers, whether in groups or not. */
function offered({ options, option_groups }: JsonObject): readonly JsonObject[] {
  return [
    ...objectsOf(options),
    ...objectsOf(option_groups).flatMap(({ options: grouped }) => objectsOf(grouped)),
  ];
}

function checkOptions(element: JsonObject, place: Place, allows: string): void {
  const options = offered(element);
  checkOptionShapes(options, place, allows);
  const values = options.map(({ value }) => value).filter((value) => value !== undefined);
  if (new Set(values).size < values.length) report(place, 'must have unique option values');
  for (const initial of initials(element)) {
    if (!options.some((option) => isDeepStrictEqual(option, initial))) {
      report(place, 'must have an initial option that matches one of its options exactly');
    }
  }
}

function initials({ initial_option, initial_options }: JsonObject): readonly unknown[] {
  const single = initial_option === undefined ? [] : [initial_option];
  return [...single, ...listOf(initial_options)];
}

function checkOptionShapes(options: readonly JsonObject[], place: Place, allows: string): void {
  for (const { text, url } of options) {
    const isMrkdwn = objectsOf([text]).some(({ type }) => type === 'mrkdwn');
    if (isMrkdwn && allows !== 'any text') {
      report(place, 'must have plain_text options; mrkdwn is for checkboxes and radio buttons');
    }
    if (url !== undefined && allows !== 'urls') {
      report(place, 'must not have option urls; they are for overflow menus');
    }
  }
}

function checkStaticSelect(element: JsonObject, place: Place): void {
  const { options, option_groups } = element;
  if ((options === undefined) === (option_groups === undefined)) {
    report(place, 'must have exactly one of options, option_groups');
  }
  checkOptions(element, place, 'plain text');
}

function checkExternalSelect(element: JsonObject, place: Place): void {
  checkOptionShapes(objectsOf(initials(element)), place, 'plain text');
}

function checkResponseUrl({ response_url_enabled }: JsonObject, place: Place): void {
  const isModalInput = place.surface === 'modal' && place.block === 'input';
  if (response_url_enabled === true && !isModalInput) {
    report(at(place, 'response_url_enabled'), 'is only allowed in an input block of a modal');
  }
}

function inOrder(low: unknown, high: unknown, lowName: string, highName: string, p: Place): void {
  if (typeof low === 'number' && typeof high === 'number' && low > high) {
    report(p, `must have ${lowName} no greater than ${highName}`);
  }
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'string' ? Number(value) : undefined;
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
