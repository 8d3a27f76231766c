// The still pictures stand on the page already; where scripts run, charts that answer to the pointer take their place.
for (const chart of document.querySelectorAll(".chart")) {
  const spec = JSON.parse(document.getElementById(chart.dataset.spec).textContent);
  const room = chart.clientWidth;
  if (room > 0) spec.width = room;
  const still = chart.innerHTML;
  vegaEmbed(chart, spec, { actions: false, renderer: "svg", tooltip: { theme: "custom" } }).catch(() => {
    chart.innerHTML = still;
  });
}
