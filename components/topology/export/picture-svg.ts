import { type Box, boxedElement, boxOf, insertedSvg, NS, textElements } from './drawn-parts';

/** Around the picture, px. */
const MARGIN = 24;

/**
 * What is drawn, as an SVG of its own: boxes, shapes, lines and words with the colours that they have on the page, and no script or link of the page in it.
 * @param viewport what the canvas moves and scales
 */
export function pictureSvg(viewport: HTMLElement): string {
  const zoom = new DOMMatrixReadOnly(getComputedStyle(viewport).transform).a || 1;
  const { left, top } = viewport.getBoundingClientRect();
  const origin = { left, top, zoom };
  const svg = document.createElementNS(NS, 'svg');
  const bounds: Box[] = [];
  const add = (element: Element, box: Box) => {
    svg.append(element);
    bounds.push(box);
  };
  const walk = (element: Element) => {
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return;
    const box = boxOf(element.getBoundingClientRect(), origin);
    if (element instanceof SVGSVGElement) {
      svg.append(insertedSvg(element, box));
      // Lines have no box of their own worth the name: they run between boxes.
      if (element.hasAttribute('viewBox')) bounds.push(box);
      return;
    }
    // What is there for those alone who listen is a pixel large.
    if (box.width * box.height > 0 && box.width <= 1) return;
    const drawn = boxedElement(style, box);
    if (drawn) add(drawn, box);
    for (const text of textElements(element, style, origin)) add(text.element, text.box);
    for (const child of element.children) walk(child);
  };
  for (const child of viewport.children) walk(child);
  frame(svg, bounds);
  return `${new XMLSerializer().serializeToString(svg)}\n`;
}

function frame(svg: SVGSVGElement, bounds: readonly Box[]): void {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  for (const [index, { x, y, width, height }] of bounds.entries()) {
    left = index === 0 ? x : Math.min(left, x);
    top = index === 0 ? y : Math.min(top, y);
    right = Math.max(index === 0 ? x + width : right, x + width);
    bottom = Math.max(index === 0 ? y + height : bottom, y + height);
  }
  const [x, y] = [Math.floor(left - MARGIN), Math.floor(top - MARGIN)];
  const [width, height] = [Math.ceil(right - x + MARGIN), Math.ceil(bottom - y + MARGIN)];
  svg.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const ground = document.createElementNS(NS, 'rect');
  for (const [name, value] of Object.entries({ x, y, width, height })) ground.setAttribute(name, String(value));
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  svg.prepend(ground);
}
