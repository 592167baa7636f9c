/** What runs in the reader's browser: draws every chart at the width of its box, and again when the box changes. */
export const runtime = `(() => {
  const draw = async (box) => {
    const drawing = box.querySelector('.drawing');
    try {
      const spec = JSON.parse(box.querySelector('script').textContent);
      const view = new vega.View(vega.parse(spec), { renderer: 'svg', container: drawing });
      const resizable = (spec.signals || []).some((signal) => signal.name === 'box');
      let drawn = 0;
      const fit = async () => {
        const width = Math.floor(box.clientWidth);
        if (width < 1 || width === drawn) return;
        drawn = width;
        view.width(width);
        if (resizable) view.signal('box', width);
        if (box.dataset.aspect) view.height(Math.round(width * Number(box.dataset.aspect)));
        await view.resize().runAsync();
      };
      await fit();
      box.dataset.drawn = 'yes';
      new ResizeObserver(() => { fit(); }).observe(box);
    } catch (error) {
      console.error(error);
      box.dataset.drawn = 'no';
      drawing.textContent = 'This chart could not be drawn (' + error.message + '). Its numbers are in the table below.';
    }
  };
  for (const box of document.querySelectorAll('.chart')) draw(box);
})();`;
