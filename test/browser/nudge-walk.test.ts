import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser, shoot } from './browser.ts';
import { choose, closeDialog, dialog, pickDay, press, send } from './hands.ts';
import {
  actAs,
  bundle,
  giveHomework,
  isHeard,
  logTurn,
  pickFromMenu,
  startDeal,
  tap,
} from './nudge-hands.ts';
import { setStage } from './stage.ts';

/** Dustin Brinkmann, who leads Anna's team. */
const manager = 'U00000036';
const map = 'Draft the approval map with them';
const signers = 'List who signs and in which order';

describe.skipIf(!hasBrowser())('ten mornings of one team', () => {
  const stage = setStage({ deals: false });

  it('ask what matters, are answered in place, bring help and a way out, and are silent otherwise', async () => {
    const { page, errors } = await stage.open({ width: 1280, height: 1000 });
    await startDeal(page, 'Vandelay', 'March 2027', 'March 15');
    await startDeal(page, 'Initrode', 'November 2026', 'November 24');
    await startDeal(page, 'Hooli', 'January 2027', 'January 29');
    await giveHomework(page, 'Vandelay', { theirs: signers, ours: map });
    const pilot = { theirs: 'Name the pilot users', ours: 'Send the pilot outline' };
    await giveHomework(page, 'Hooli', pilot);
    await logTurn(page, 'Hooli');

    const heard = [await isHeard(page)];
    await answerFirst(page);
    heard.push(await isHeard(page));
    await expectAsked(page, /Tue 24 Nov has passed for Initrode\. How did it end\?/);
    await preview(page);
    heard.push(await isHeard(page));
    await expectAsked(page, /Today: “Draft the approval map with them” for Vandelay/);
    heard.push(await isHeard(page), await isHeard(page), await isHeard(page));
    await expectAsked(page, /“Draft the approval map with them” slipped past Thu 26 Nov/);
    await shoot(page, '44-ways-out');
    await sayWhatHolds(page);
    await snooze(page);
    await comeBackLater(page);
    heard.push(await isHeard(page));
    expect(await bundle(page).innerText()).not.toMatch(/List who signs|Initrode/);
    heard.push(await isHeard(page));
    await expectAsked(page, /List who signs/);
    await tap(page, `Not yet: ${signers}`);
    await bundle(page)
      .getByText(/^Not yet: List who signs/)
      .waitFor();
    await shoot(page, '48-not-yet');
    heard.push(await isHeard(page));
    await actAs(page, manager, () => takeAnItem(page));
    heard.push(await isHeard(page));
    expect(await bundle(page).innerText()).not.toMatch(/Draft the approval map|Initrode/);
    await shoot(page, '51-last-morning');

    // A Monday with nothing that could not wait brings no message.
    expect(heard).toEqual([true, true, true, true, false, true, true, true, true, true]);
    expect(errors).toEqual([]);
    await page.close();
  });
});

describe.skipIf(!hasBrowser())('the first morning after an import', () => {
  const stage = setStage();

  it('asks about the five most valuable matters, on a phone as well, and leaves who is away alone', async () => {
    const { page, errors } = await stage.open({ width: 1280, height: 1000 });
    expect(await isHeard(page)).toBe(true);
    await expectAsked(page, /^5 questions for today, the most valuable first\.$/);
    await expectAsked(page, /^Held back: \d+ matters \(\w+, \w+, \w+, \d+ more\)/);
    await shoot(page, '61-first-morning');
    await pickFromMenu(page, 'Propose: Treequote', 'Not a problem');
    await expectAsked(page, /^Not a problem: Treequote/);
    await expectAsked(page, /^4 questions for today/);
    await send(page, '/deal nudges preview');
    await page
      .getByText(/over the budget of the week: /)
      .last()
      .waitFor();
    await shoot(page, '62-preview');
    await onPhone(stage);
    await goAway(page);
    expect(await isHeard(page)).toBe(false);
    expect(errors).toEqual([]);
    await page.close();
  });
});

async function expectAsked(page: Page, words: RegExp): Promise<void> {
  await bundle(page).getByText(words).first().waitFor();
}

/** *Done*, *We asked them*, and a note that is edited and sent by hand. */
async function answerFirst(page: Page): Promise<void> {
  await expectAsked(page, /^4 questions for today/);
  await shoot(page, '41-first');
  await tap(page, 'Done: Send the pilot outline');
  await expectAsked(page, /^Done: Send the pilot outline/);
  await tap(page, 'We asked them: Name the pilot users');
  await expectAsked(page, /^Asked: Name the pilot users/);
  await tap(page, `Show note: ${signers}`);
  const note = dialog(page).getByLabel(/Copy it and make it yours/);
  expect(await note.inputValue()).toContain('From us first: “Draft the approval map with them”');
  await shoot(page, '42-note');
  await note.fill('Hi Dana, our map is on its way. Who signs, and in which order?');
  await dialog(page).getByRole('button', { name: 'I sent it' }).click();
  await expectAsked(page, /^Sent: List who signs/);
  await expectAsked(page, /^One question for today\.$/);
  await shoot(page, '42-answered-in-place');
}

async function preview(page: Page): Promise<void> {
  await send(page, '/deal nudges preview');
  await page
    .getByText(/^You: \d questions?, Thu 26 Nov at 09:00\.$/)
    .last()
    .waitFor();
  await page
    .getByText(/Held back, asked lately: Initrode/)
    .last()
    .waitFor();
  await shoot(page, '43-preview');
}

/** What the owner says about a quiet buyer stays known: it is the hint of a later loss. */
async function sayWhatHolds(page: Page): Promise<void> {
  await expectAsked(
    page,
    /quiet for 6 business days; 3 business days is usual\. What holds it up\?/,
  );
  await bundle(page).getByRole('combobox', { name: 'What holds it up?' }).click();
  await page.getByRole('option', { name: 'Their budget' }).click();
  await expectAsked(page, /^Waits for their budget: Hooli/);
  await send(page, '/deal lost Hooli');
  await dialog(page).getByRole('button', { name: 'Go on' }).click();
  await dialog(page).getByLabel('They chose another supplier').check();
  await dialog(page)
    .getByText(/^You said on Tue 1 Dec: /)
    .waitFor();
  await shoot(page, '45-loss-hint');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
}

/** Tuesday to Thursday: one day of silence. */
async function snooze(page: Page): Promise<void> {
  await pickFromMenu(page, `Not yet: ${signers}`, 'Snooze…');
  await choose(page, /For how long/, 'Until a day');
  await pickDay(page, /Ask me again on/, 'December 2026', 'December 3');
  await shoot(page, '46-snooze');
  await dialog(page).getByRole('button', { name: 'Snooze it' }).click();
  await expectAsked(page, /^Snoozed: List who signs/);
}

async function comeBackLater(page: Page): Promise<void> {
  await expectAsked(page, /Initrode has stalled a third time/);
  await tap(page, 'Come back later: Initrode');
  await pickDay(page, /Until which day/, 'January 2027', 'January 11');
  await dialog(page).getByLabel(/^Why/).fill('Their budget opens in January');
  await dialog(page).getByRole('textbox').last().fill('The budget mail of their finance team');
  await press(page, 'Pause it', /rests|paused/i);
  await closeDialog(page);
  await expectAsked(page, /^Deal paused: Initrode/);
  await shoot(page, '47-paused');
}

/** The manager hears what is seen, what could help and what worked elsewhere, and takes the step. */
async function takeAnItem(page: Page): Promise<void> {
  await expectAsked(page, /What I see on Vandelay \(Anna Snelling\)/);
  await shoot(page, '49-manager');
  await tap(page, 'Take an item: Vandelay');
  await choose(page, /Which step becomes yours/, map);
  await shoot(page, '50-take');
  await dialog(page).getByRole('button', { name: 'Take it' }).click();
  await bundle(page).getByText('All answered. Thank you.').waitFor();
  await send(page, '/deal plan Vandelay');
  await page
    .getByText(/Ours · Dustin Brinkmann/)
    .last()
    .waitFor();
}

/** Away until Monday, with a stand-in. */
async function goAway(page: Page): Promise<void> {
  await send(page, '/deal settings');
  await pickDay(page, /Away: first day back/, 'November 2026', 'November 30');
  await choose(page, /Who is asked while you are away/, 'Cecily Lampkin');
  await shoot(page, '65-away');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await dialog(page)
    .getByText(/Mon 30 Nov/)
    .waitFor();
  await shoot(page, '66-away-saved');
  await closeDialog(page);
}

async function onPhone(stage: ReturnType<typeof setStage>): Promise<void> {
  const { page } = await stage.open({ width: 390, height: 844 });
  await bundle(page).waitFor();
  await bundle(page)
    .getByText(/^4 questions for today/)
    .scrollIntoViewIfNeeded();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await shoot(page, '63-phone');
  await pickFromMenu(page, 'Propose: Groovestreet', 'Snooze…');
  await dialog(page).getByText('What should rest?').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await shoot(page, '64-phone-snooze');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await pickFromMenu(page, 'Propose: Groovestreet', 'My mornings…');
  const snoozes = dialog(page).getByPlaceholder('Snooze a question or its deal…');
  await snoozes.scrollIntoViewIfNeeded();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await shoot(page, '64-phone-settings');
  await snoozes.click();
  await page.getByRole('option', { name: /^Groovestreet/ }).click();
  await dialog(page).getByText('What should rest?').waitFor();
  await dialog(page).getByRole('button', { name: 'Snooze it' }).click();
  await dialog(page).getByText('What rests now.').waitFor();
  await dialog(page).getByRole('button', { name: 'Ask me again' }).scrollIntoViewIfNeeded();
  await shoot(page, '64-phone-resting');
  await dialog(page).getByRole('button', { name: 'Ask me again' }).click();
  await dialog(page).getByText('Nothing rests now.').waitFor();
  await closeDialog(page);
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await page.close();
}
