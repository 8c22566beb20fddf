const GAP = 4;
const EDGE = 8;
const MAX_HEIGHT = 340;
const MIN_WIDTH = 280;

/** Puts a panel under its anchor, or above it where there is more room, inside the window. */
export function placeBeside(
  panel: HTMLElement,
  anchor: HTMLElement,
  { matchWidth, alignEnd }: { matchWidth: boolean; alignEnd: boolean },
): void {
  const box = anchor.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const below = innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  const { style } = panel;
  if (matchWidth)
    style.width = `${Math.min(Math.max(box.width, MIN_WIDTH), innerWidth - 2 * EDGE)}px`;
  style.maxHeight = '';
  const wanted = Math.min(panel.scrollHeight, MAX_HEIGHT);
  const isAbove = below < wanted && above > below;
  const height = Math.min(MAX_HEIGHT, isAbove ? above : below);
  style.maxHeight = `${height}px`;
  const width = panel.offsetWidth;
  const left = alignEnd ? box.right - width : box.left;
  style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  style.top = isAbove ? 'auto' : `${box.bottom + GAP}px`;
  style.bottom = isAbove ? `${innerHeight - box.top + GAP}px` : 'auto';
}
