import { type Chart, card, drawLink } from './lay-out-chart.ts';

const margin = 24;
/** Beyond it browsers draw nothing. */
const maxCanvasSide = 8_000;
/** A name is 14 px high: smaller than by this it cannot be read, and an SVG serves better. */
const minScale = 0.6;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** As much of a name as a card is wide. */
const shorten = (text: string): string => (text.length > 13 ? `${text.slice(0, 12)}…` : text);

/** Everything that is unfolded as an SVG of its own, light on white. `describe` has the line below a name. */
export function buildSvg(
  { places, width, height }: Chart,
  describe: (department: Chart['places'][number]['department']) => string,
): string {
  const links = places.flatMap((place) => place.children.map((child) => drawLink(place, child))).join('');
  const cards = places.map(({ department, x, y }) => {
    const name = escapeXml(shorten(department.name));
    const line = escapeXml(shorten(describe(department)));
    return `<g transform="translate(${x} ${y})"><rect width="${card.width}" height="${card.height}" rx="6" fill="#fff" stroke="#c9ced6"/><text x="12" y="30" font-size="14" font-weight="600" fill="#1c2026">${name}</text><text x="12" y="56" font-size="12" fill="#4d5561">${line}</text></g>`;
  });
  const [full, tall] = [width + 2 * margin, height + 2 * margin];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${full}" height="${tall}" viewBox="${-margin} ${-margin} ${full} ${tall}" font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Segoe UI, sans-serif"><rect x="${-margin}" y="${-margin}" width="${full}" height="${tall}" fill="#fff"/><path d="${links}" fill="none" stroke="#c9ced6"/>${cards.join('')}</svg>`;
}

/**
 * Draws an SVG as a PNG, smaller where a canvas could not be as large.
 * @returns null where nothing could be read, or the browser cannot draw it
 */
export async function drawPng(svg: string): Promise<Blob | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, maxCanvasSide / Math.max(image.width, image.height));
  if (scale < minScale) return null;
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(image.width * scale);
  canvas.height = Math.ceil(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
