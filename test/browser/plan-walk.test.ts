import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser, shoot } from './browser.ts';
import { choose, closeDialog, dialog, nextMorning, pickDay, press, send } from './hands.ts';
import { setStage } from './stage.ts';

/** Dustin Brinkmann, the first of the managers. */
const annasManager = 'U00000036';

describe.skipIf(!hasBrowser())('a mutual action plan', () => {
  const stage = setStage();

  it('is squeezed, agreed, moved twice under a manager’s eyes, kept moving, and won', async () => {
    const { page, errors } = await stage.open({ width: 1280, height: 1000 });
    await startSqueezed(page);
    await agree(page);
    await move(page, 'January 18', 'Their board meets two weeks later');
    await move(page, 'January 25', 'The chair of their board is ill');
    await acknowledge(page, stage.url());
    await askNextTwice(page);
    await rally(page);
    await win(page);
    expect(errors).toEqual([]);
    await page.close();
  });
});

async function startSqueezed(page: Page): Promise<void> {
  await send(page, '/deal new Vandelay');
  const form = dialog(page);
  await form.getByLabel(/What are they deciding on/).fill('Core platform');
  await form.getByLabel(/Amount/).fill('250k');
  await pickDay(page, /Which day do they decide/, 'January 2027', 'January 4');
  await form.getByLabel(/Why does that day matter/).fill('Their old contract ends');
  await shoot(page, '21-new');
  await form.locator('button[type=submit], button.primary').last().click();
  await dialog(page)
    .getByText(/Lead times are squeezed to \d+ %/)
    .waitFor();
  await dialog(page)
    .getByText(/No time for \d+ optional steps/)
    .waitFor();
  await shoot(page, '22-squeezed');
  await press(page, 'Start the plan', 'The plan has begun');
  await closeDialog(page);
  await send(page, '/deal plan Vandelay');
  await page.getByText('Ours so far').last().waitFor();
  await shoot(page, '23-card');
}

/** A yes to the date and a yes to one step make it a plan of both sides. */
async function agree(page: Page): Promise<void> {
  await send(page, '/deal date Vandelay');
  await dialog(page).getByText('Keep the date').first().waitFor();
  await shoot(page, '24-keep');
  await press(page, /They agreed to this date/, 'a date they agreed to');
  await closeDialog(page);
  await page
    .getByRole('button', { name: /^More: Approval map/ })
    .last()
    .click();
  await press(page, 'They said yes', 'Who said yes?');
  const who = dialog(page).getByRole('combobox', { name: /Who said yes/ });
  await who.click();
  await who.fill('Dana Lee, CFO');
  await page.getByRole('option', { name: 'Add Dana Lee, CFO' }).click();
  await dialog(page).getByLabel('In a meeting').check();
  await press(page, 'Save the yes', 'Now it is a plan of both sides.');
  await shoot(page, '25-mutual');
  await closeDialog(page);
}

async function move(page: Page, day: string, why: string): Promise<void> {
  await send(page, '/deal date Vandelay');
  await press(page, 'Move the date', 'The first date stays visible.');
  await pickDay(page, /Which day will they decide/, 'January 2027', day);
  await dialog(page)
    .getByText(/steps move with it/)
    .waitFor();
  await choose(page, /Whose side/, 'Theirs');
  await dialog(page)
    .getByLabel(/Why, in one line/)
    .fill(why);
  await dialog(page)
    .getByLabel(/^Squeeze/)
    .check();
  await shoot(page, `26-move-${day.replace(' ', '-')}`);
  await press(page, 'Move it', 'Date moved');
  await closeDialog(page);
}

/** The card says so until the manager has seen the second slip. */
async function acknowledge(page: Page, url: string): Promise<void> {
  await send(page, '/deal plan Vandelay');
  await page
    .getByText(/not yet seen by manager/)
    .last()
    .waitFor();
  await shoot(page, '27-unseen');
  const owner = page.url();
  await page.goto(`${url}/?as=${annasManager}`);
  await page
    .getByText(/moved its decision a second time/)
    .last()
    .waitFor();
  await shoot(page, '28-manager');
  await page.getByRole('button', { name: /^Seen/ }).last().click();
  await page.getByText('You have seen it.').last().waitFor();
  await page.goto(owner);
}

/** Its two moves, each done by its button. */
async function askNextTwice(page: Page): Promise<void> {
  await send(page, '/deal next Vandelay');
  await page
    .getByRole('button', { name: /^See the ways/ })
    .last()
    .click();
  await dialog(page).getByText('Keep the date').first().waitFor();
  await shoot(page, '29-next');
  await closeDialog(page);
  await send(page, '/deal next Vandelay');
  await page
    .getByRole('button', { name: /^Open the step/ })
    .last()
    .click();
  await press(page, 'Started', /State: started/);
  await shoot(page, '30-next-again');
  await press(page, 'Done', /State: done/i);
  await closeDialog(page);
}

/** Seven business days and six turns to and fro that move nothing are flagged. */
async function rally(page: Page): Promise<void> {
  for (let day = 0; day < 8; day += 1) await nextMorning(page);
  await send(page, '/deal plan Vandelay');
  await page
    .getByText(/A plan of both sides|Ours so far/)
    .last()
    .waitFor();
  for (let turn = 0; turn < 6; turn += 1) {
    const side = turn % 2 === 0 ? 'We wrote' : 'They answered';
    await page.getByRole('button', { name: side }).last().click();
    await choose(page, /What did it move/, 'Nothing yet');
    await press(page, 'Log it', turn === 5 ? /Fifteen minutes together may/ : /turn|Nobody owes/);
    if (turn === 5) await shoot(page, '31-rally');
    await closeDialog(page);
  }
}

async function win(page: Page): Promise<void> {
  await send(page, '/deal won Vandelay');
  await press(page, 'Yes, won', 'is won');
  await dialog(page).getByText('Dana Lee').first().waitFor();
  await shoot(page, '32-won');
  await closeDialog(page);
}
