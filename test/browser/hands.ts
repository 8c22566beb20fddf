import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Types a line where the page is and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  const composer = page.getByLabel(/^Message /).first();
  await composer.fill(text);
  await composer.press('Escape');
  await composer.press('Enter');
}

/** The picker offers what was worked on last first. */
export async function pickFirstDeal(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: /deal/i }).last().click();
  await page.getByRole('option').first().click();
}

/** The modal on top. */
export function dialog(page: Page): Locator {
  return page.getByRole('dialog').last();
}

export async function closeDialog(page: Page): Promise<void> {
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
}

/** Presses a button of the modal and waits for what it turns into. */
export async function press(page: Page, name: string | RegExp, then: string | RegExp) {
  await dialog(page).getByRole('button', { name }).first().click();
  await dialog(page).getByText(then).first().waitFor();
}

export async function choose(page: Page, field: RegExp, option: string): Promise<void> {
  await dialog(page).getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Turns the calendar to a month and picks a day, as in `January 19` of `January 2027`. */
export async function pickDay(page: Page, field: RegExp, month: string, day: string) {
  await dialog(page).getByLabel(field).first().click();
  const calendar = page.getByRole('dialog', { name: 'Calendar' });
  for (let turns = 0; turns < 24; turns += 1) {
    if ((await calendar.locator('table').getAttribute('aria-label')) === month) break;
    await calendar.getByLabel('Next month').click();
  }
  await calendar
    .getByRole('button', { name: new RegExp(`${day},`) })
    .first()
    .click();
}

/** Moves the clock to the next business morning and waits until it is there. */
export async function nextMorning(page: Page): Promise<void> {
  const clock = page.getByText(/^(Mon|Tue|Wed|Thu|Fri), \w+ \d+, \d+:\d+ [AP]M$/).first();
  const before = await clock.innerText();
  await page.getByRole('button', { name: 'Next business morning' }).first().click();
  await expect.poll(() => clock.innerText(), { timeout: 20_000 }).not.toBe(before);
}
