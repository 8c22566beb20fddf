import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Demo, startDemo } from '../../sandbox/demo/start-demo.ts';
import { launch } from './browser.ts';

/** A Monday, ten in the morning in New York; 30 business days before Monday 4 January. */
const monday = new Date('2026-11-23T15:00:00Z');

/** How long a page waits for what should be there. */
const patienceMs = 20_000;

/** Where a walk takes place: a demo that begins on a Monday, and pages that show it. */
export interface Stage {
  url(): string;
  /** A page on the demo, with what goes wrong in it; `as` is who looks at it. */
  open(size: { width: number; height: number; as?: string }): Promise<OpenPage>;
}

export interface OpenPage {
  readonly page: Page;
  readonly errors: readonly string[];
}

/** Called in a `describe`: its tests share one demo and one browser, both gone afterwards. */
export function setStage(options: { deals?: boolean } = {}): Stage {
  let demo: Demo;
  let browser: Browser;
  beforeAll(async () => {
    demo = await startDemo({ now: monday, ...options });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });
  return {
    url: () => demo.url,
    open: async ({ as, ...viewport }) => {
      const page = await browser.newPage({ viewport });
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.setDefaultTimeout(patienceMs);
      await page.goto(as ? `${demo.url}/?as=${as}` : demo.url);
      return { page, errors };
    },
  };
}
