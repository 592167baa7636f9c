/** Expressions that run inside the page; as text, because the project is not compiled against a browser's types. */

/** True once every chart is drawn, or has failed. */
export const allDrawn = `[...document.querySelectorAll('.chart')].every((box) => box.hasAttribute('data-drawn'))`;

/** Titles of the figures that have no chart, or a chart without marks of any size. */
export const emptyFigures = `(() => {
  const drawn = (chart) => {
    const svg = chart.querySelector('svg');
    if (svg === null) return false;
    const box = svg.getBoundingClientRect();
    const marks = [...svg.querySelectorAll('.mark-line path, .mark-area path, .mark-symbol path, .mark-rect path')];
    const seen = marks.some((mark) => mark.getBoundingClientRect().width + mark.getBoundingClientRect().height > 0);
    return box.width > 100 && box.height > 40 && seen;
  };
  return [...document.querySelectorAll('figure')]
    .filter((figure) => {
      const charts = [...figure.querySelectorAll('.chart')];
      return charts.length === 0 || !charts.every(drawn);
    })
    .map((figure) => figure.querySelector('h3').textContent);
})()`;

/** Charts that were not drawn at the width of their box, and the page when it scrolls sideways. */
export const misfits = `(() => {
  const root = document.documentElement;
  const page = root.scrollWidth > root.clientWidth ? ['the page: ' + root.scrollWidth + ' of ' + root.clientWidth] : [];
  const charts = [...document.querySelectorAll('.chart')].flatMap((chart) => {
    const [drawn, room] = [Number(chart.querySelector('svg').getAttribute('width')), chart.clientWidth];
    const title = chart.closest('figure').querySelector('h3').textContent;
    return Math.abs(drawn - room) > 2 ? [title + ': ' + drawn + ' of ' + room] : [];
  });
  return [...page, ...charts];
})()`;

/** The verdict table where it must be scrolled sideways. */
export const scrolledVerdict = `(() => {
  const box = document.querySelector('.wide .scroll');
  return box.scrollWidth > box.clientWidth ? ['scrolled: ' + box.scrollWidth + ' of ' + box.clientWidth] : [];
})()`;

/** Cells of the verdict table that do not say which column they are of. */
export const namelessCells = `(() => {
  const cells = [...document.querySelectorAll('.wide .scroll td')];
  const named = (cell) => getComputedStyle(cell, '::before').content === JSON.stringify(cell.dataset.column);
  return cells.filter((cell) => !named(cell)).map((cell) => cell.textContent);
})()`;

/** Texts of charts that the edge of their drawing cuts. */
export const cutTexts = `[...document.querySelectorAll('.chart')].flatMap((chart) => {
  const edge = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('svg text')]
    .filter((text) => text.textContent !== '' && getComputedStyle(text).opacity !== '0')
    .filter((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return left < edge.left - 1.5 || right > edge.right + 1.5 || top < edge.top - 1.5 || bottom > edge.bottom + 1.5;
    })
    .map((text) => chart.closest('figure').querySelector('h3').textContent + ': ' + text.textContent);
})`;

/** Colour of the page and of the title of an axis. */
export const surfaceAndInk = `[
  getComputedStyle(document.documentElement).backgroundColor,
  getComputedStyle(document.querySelector('.chart svg .role-axis-title text')).fill,
]`;

/** Elements that no part of a report writes: text from data that became markup. */
export const strangers = `(() => {
  const own = new Set(
    ('html head meta title style script body header main footer nav section h1 h2 h3 h4 p bdi ul li a dl dt dd pre code ' +
      'div span i small strong table thead tbody tr th td figure figcaption details summary svg path').split(' '),
  );
  return [...document.querySelectorAll('*')]
    .filter((element) => element.closest('.drawing') === null && !own.has(element.localName))
    .map((element) => element.localName);
})()`;
