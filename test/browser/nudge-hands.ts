import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { choose, closeDialog, dialog, nextMorning, pickDay, press, send } from './hands.ts';

/** Starts a deal without a playbook: its steps are those that are added. */
export async function startDeal(
  page: Page,
  account: string,
  month: string,
  day: string,
): Promise<void> {
  await send(page, `/deal new ${account}`);
  const form = dialog(page);
  await form.getByLabel(/What are they deciding on/).fill('Core platform');
  await form.getByLabel(/Amount/).fill('90k');
  await pickDay(page, /Which day do they decide/, month, day);
  await form.getByLabel(/Why does that day matter/).fill('Their old contract ends');
  await form.locator('button[type=submit], button.primary').last().click();
  await dialog(page).getByText('The way to the date').first().waitFor();
  await choose(page, /Playbook/, 'Blank plan');
  await press(page, 'Start the plan', 'The plan has begun');
  await closeDialog(page);
}

/** A step of Dana Lee's, and ours in return, both due in three business days. */
export async function giveHomework(
  page: Page,
  account: string,
  { theirs, ours }: { theirs: string; ours: string },
): Promise<void> {
  await send(page, `/deal homework ${account}`);
  const form = dialog(page);
  await form.getByLabel('What will they do?').fill(theirs);
  const contact = form.getByRole('combobox', { name: /Who does it there/ });
  await contact.click();
  await contact.fill('Dana Lee, CFO');
  await page.getByRole('option', { name: 'Add Dana Lee, CFO' }).click();
  await form.getByLabel('Done when').fill('It is in the shared document');
  await form.getByLabel(/Why is it worth their time/).fill('Nobody is asked twice');
  await form.getByLabel(/Our step in return/).fill(ours);
  await press(page, 'Save', 'It is in the plan');
  await closeDialog(page);
}

/** We wrote to them and wait for an answer. */
export async function logTurn(page: Page, account: string): Promise<void> {
  await send(page, `/deal touch ${account}`);
  await choose(page, /What did it move/, 'Nothing yet');
  await press(page, 'Log it', /turn|ball/);
  await closeDialog(page);
}

function bundles(page: Page): Locator {
  return page.getByRole('article').filter({ hasText: /for today|All answered/ });
}

/** The newest bundle on the page. */
export function bundle(page: Page): Locator {
  return bundles(page).last();
}

/** A button of the newest bundle: what it does, and what it is about. */
export async function tap(page: Page, name: string): Promise<void> {
  await bundle(page).getByRole('button', { name }).click();
}

/** An entry of the three dots beside the last of a question's answers. */
export async function pickFromMenu(page: Page, besides: string, entry: string): Promise<void> {
  await bundle(page)
    .locator('.actions')
    .filter({ has: page.getByRole('button', { name: besides }) })
    .getByRole('button', { name: 'More actions' })
    .click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Lets a morning come; whether it brought a message. */
export async function isHeard(page: Page): Promise<boolean> {
  const before = await bundles(page).count();
  await nextMorning(page);
  const next = page.getByRole('button', { name: 'Next business morning' }).first();
  await expect.poll(() => next.isEnabled(), { timeout: 20_000 }).toBe(true);
  // What is on the page afterwards is all there is: nothing is still on its way.
  await page.reload();
  await page
    .getByLabel(/^Message /)
    .first()
    .waitFor();
  return (await bundles(page).count()) > before;
}

/** Does something as somebody else, and comes back. */
export async function actAs(page: Page, userId: string, act: () => Promise<void>): Promise<void> {
  const own = page.url();
  await page.goto(`${new URL(own).origin}/?as=${userId}`);
  await act();
  await page.goto(own);
}
