export const NS = 'http://www.w3.org/2000/svg';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the picture begins on the screen, and how much larger than itself it is there. */
export interface Origin {
  readonly left: number;
  readonly top: number;
  readonly zoom: number;
}

/** A place on the screen as one in the picture. */
export const boxOf = ({ left, top, width, height }: DOMRect, origin: Origin): Box => ({
  x: round((left - origin.left) / origin.zoom),
  y: round((top - origin.top) / origin.zoom),
  width: round(width / origin.zoom),
  height: round(height / origin.zoom),
});

/** The ground and the border of an element of the page; null: it has neither. */
export function boxedElement(style: CSSStyleDeclaration, { x, y, width, height }: Box): SVGElement | null {
  const border = Number.parseFloat(style.borderTopWidth) || 0;
  const hasBorder = border > 0 && style.borderTopStyle !== 'none';
  if (!hasBorder && isClear(style.backgroundColor)) return null;
  return made('rect', {
    ...{ x: x + border / 2, y: y + border / 2 },
    ...{ width: Math.max(0, width - border), height: Math.max(0, height - border) },
    rx: Number.parseFloat(style.borderTopLeftRadius) || 0,
    fill: isClear(style.backgroundColor) ? 'none' : style.backgroundColor,
    stroke: hasBorder ? style.borderTopColor : 'none',
    'stroke-width': border,
    ...(style.borderTopStyle === 'dashed' && { 'stroke-dasharray': '4 4' }),
    ...(style.opacity !== '1' && { opacity: style.opacity }),
  });
}

/** The words that stand in an element itself, each where it stands. */
export function textElements(element: Element, style: CSSStyleDeclaration, origin: Origin) {
  const texts: { element: SVGElement; box: Box }[] = [];
  const size = Number.parseFloat(style.fontSize) || 12;
  for (const node of element.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = boxOf(range.getBoundingClientRect(), origin);
    const text = made('text', {
      ...{ x: box.x, y: round(box.y + box.height / 2 + size * 0.35), fill: style.color },
      ...{ 'font-family': style.fontFamily, 'font-size': size, 'font-weight': style.fontWeight },
    });
    text.textContent = node.textContent.trim();
    texts.push({ element: text, box });
  }
  return texts;
}

const kept = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-dashoffset',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'transform',
  'text-anchor',
  'font-family',
  'font-size',
  'font-weight',
  'vector-effect',
] as const;
/** What a picture is made of; anything else of the page is left behind. */
const drawing = [
  'svg',
  'g',
  'path',
  'circle',
  'ellipse',
  'rect',
  'line',
  'polyline',
  'polygon',
  'text',
  'tspan',
  'defs',
  'marker',
];
const geometry = new Set(
  'd x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points viewBox pathLength id refX refY orient markerWidth markerHeight marker-end markerUnits'.split(
    ' ',
  ),
);

/** An SVG of the page at its place, its looks written into it. */
export function insertedSvg(source: SVGSVGElement, { x, y, width, height }: Box): SVGElement {
  const copy = copied(source);
  const box = source.hasAttribute('viewBox') ? { x, y, width, height } : { x, y };
  for (const [name, value] of Object.entries(box)) copy.setAttribute(name, String(value));
  copy.setAttribute('overflow', 'visible');
  return copy;
}

function copied(source: Element): SVGElement {
  const copy = document.createElementNS(NS, source.localName) as SVGElement;
  for (const { name, value } of source.attributes) if (geometry.has(name)) copy.setAttribute(name, value);
  const style = getComputedStyle(source);
  for (const name of kept) {
    const value = name === 'transform' ? source.getAttribute('transform') : style.getPropertyValue(name);
    if (value && value !== 'normal') copy.setAttribute(name, value.replace(/(\d)px/g, '$1'));
  }
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
    else if (child instanceof Element && drawing.includes(child.localName) && isSeen(child)) copy.append(copied(child));
  }
  return copy;
}

function isSeen(element: Element): boolean {
  const { display, visibility } = getComputedStyle(element);
  return display !== 'none' && visibility !== 'hidden';
}

function made(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(NS, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

const round = (value: number): number => Math.round(value * 100) / 100;
const isClear = (color: string): boolean => color === '' || color === 'transparent' || /,\s*0\)$|\/\s*0\)$/.test(color);
