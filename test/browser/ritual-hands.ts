import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { choose, closeDialog, dialog, nextMorning, send } from './hands.ts';

/** What somebody says about a loss. */
export interface Told {
  readonly account: string;
  readonly outcome: string;
  readonly reason: string;
  /** Whom they chose, or what kind of no decision it was. */
  readonly detail?: (page: Page) => Promise<void>;
  readonly box: 'We were outsold' | 'We should not have been there';
  readonly line: string;
}

/** `/deal lost` through its pages: three moves, how it ended, what they said. */
export async function lose(page: Page, told: Told, look?: (name: string) => Promise<void>) {
  await send(page, `/deal lost ${told.account}`);
  const form = dialog(page);
  await form.getByText('Three moves that seem to be left').waitFor();
  await look?.('fight');
  await form.getByRole('button', { name: 'Go on' }).click();
  await form.getByLabel(told.outcome).check();
  await told.detail?.(page);
  await choose(page, /closest to the reason/, told.reason);
  await dialog(page).getByLabel(told.box).check();
  await dialog(page).getByLabel('Partly').check();
  await dialog(page)
    .getByLabel(/start differently/)
    .fill(told.line);
  await look?.('form');
  await dialog(page).getByRole('button', { name: 'Go on' }).click();
  await dialog(page).getByText('What else was it?').first().waitFor();
  await look?.('second-page');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await dialog(page).getByText('Saved').first().waitFor();
  await look?.('saved');
  await closeDialog(page);
}

/** Opens the form of a question, writes and saves it. */
export async function answer(page: Page, question: RegExp, text: string): Promise<void> {
  await page.getByRole('button', { name: question }).first().click();
  await dialog(page).getByRole('textbox').first().fill(text);
  const save = dialog(page).getByRole('button', { name: 'Save' });
  await save.click();
  await save.waitFor({ state: 'detached' });
  await page.getByText(text).first().waitFor();
  if ((await page.getByRole('dialog').count()) > 0) await closeDialog(page);
  await expect.poll(() => page.getByRole('dialog').count(), { timeout: 20_000 }).toBe(0);
}

/** Says something in the thread that is open. */
export async function reply(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel(/^Reply/).last();
  await composer.fill(text);
  await composer.press('Enter');
  await page.getByText(text).last().waitFor();
}

/** Lets some business mornings go by. */
export async function mornings(page: Page, count: number): Promise<void> {
  const next = page.getByRole('button', { name: 'Next business morning' }).first();
  for (let n = 0; n < count; n += 1) {
    await nextMorning(page);
    await expect.poll(() => next.isEnabled(), { timeout: 20_000 }).toBe(true);
  }
}
