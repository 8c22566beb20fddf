import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser, shoot } from './browser.ts';
import { closeDialog, dialog, pickFirstDeal, send } from './hands.ts';
import { setStage } from './stage.ts';

describe.skipIf(!hasBrowser())('a newcomer walks through the whole loop', () => {
  const stage = setStage();

  it('from a step for both sides to a counted reply in the weekly thread', async () => {
    const { page, errors } = await stage.open({ width: 1280, height: 900 });
    await shoot(page, '01-start');

    await send(page, '/deal homework');
    await pickFirstDeal(page);
    await fillHomework(page);
    await shoot(page, '02-homework');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).getByText('It is in the plan').waitFor();
    await shoot(page, '03-saved');
    await closeDialog(page);

    await send(page, '/deal plan');
    await pickFirstDeal(page);
    await page.getByText('List who signs and in which order').first().waitFor();
    await shoot(page, '04-plan');

    await page.getByRole('button', { name: 'Next business morning' }).first().click();
    const nudge = page.getByText(/questions for today, the most valuable first/).first();
    await nudge.waitFor();
    await shoot(page, '05-nudge');
    expect(await page.getByText(/for today, the most valuable first/).count()).toBe(1);
    await page
      .getByRole('button', { name: 'Done: Draft the approval map with them' })
      .last()
      .click();
    await page
      .getByText(/^Done: Draft the approval map with them/)
      .last()
      .waitFor();
    await shoot(page, '06-done');

    await send(page, '/deal lost');
    await pickFirstDeal(page);
    await fillLoss(page);
    await shoot(page, '07-lost');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page)
      .getByText(/comes up in #closed-lost on /)
      .waitFor();
    await closeDialog(page);

    await page.getByRole('button', { name: 'Ritual day' }).first().click();
    await page
      .getByRole('button', { name: /closed-lost/ })
      .first()
      .click();
    await page.getByText(/deals closed lost this week/).waitFor();
    await shoot(page, '08-thread');
    await page
      .getByRole('button', { name: /\d+ repl/ })
      .first()
      .click();
    await page
      .getByText(/still between its owner and their manager|open for the talk/)
      .last()
      .waitFor({ timeout: 60_000 });
    await shoot(page, '09-losses');

    const reply = page.getByLabel(/^Reply/).last();
    await reply.fill('I would have asked who else was in the room.');
    await reply.press('Enter');
    await page
      .getByText(/1 reply from 1 person so far/)
      .first()
      .waitFor();
    await shoot(page, '10-counted');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('works on a phone', async () => {
    const { page } = await stage.open({ width: 390, height: 844, as: 'U00000002' });
    await send(page, '/deal homework');
    await pickFirstDeal(page);
    await dialog(page).getByLabel('What will they do?').waitFor();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(390);
    await shoot(page, '11-phone');
    await page.close();
  });
});

async function fillHomework(page: Page): Promise<void> {
  const form = dialog(page);
  await form.getByLabel('What will they do?').fill('List who signs and in which order');
  const contact = form.getByRole('combobox', { name: /Who does it there/ });
  await contact.click();
  await contact.fill('Dana Lee, CFO');
  await page.getByRole('option', { name: 'Add Dana Lee, CFO' }).click();
  await form.getByLabel('Done when').fill('Names and order are in the shared document');
  await form.getByLabel(/Why is it worth their time/).fill('Nobody is asked twice');
  await form.getByLabel(/Our step in return/).fill('Draft the approval map with them');
}

async function fillLoss(page: Page): Promise<void> {
  const form = dialog(page);
  await form.getByRole('button', { name: 'Go on' }).click();
  await form.getByLabel('They chose another supplier').check();
  await form.getByRole('combobox', { name: /closest to the reason/ }).click();
  await page.getByRole('option', { name: 'Rival explained it better' }).click();
  await form.getByLabel('We were outsold').check();
  await form.getByLabel('Partly').check();
  await form.getByLabel(/start differently/).fill('We showed the demo to the wrong people');
}
