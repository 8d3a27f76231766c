// Small helpers; every page can be read and used without them.
const show = (selector) => document.querySelectorAll(selector).forEach((one) => { one.hidden = false; });
show("[data-copy], [data-print]");

// Copying says whether it worked, beside the button and to screen readers; the words are in the page.
const copied = async (button) => {
  const said = button.parentElement.querySelector("[data-copied]");
  const text = document.getElementById(button.dataset.copy).value;
  const worked = await navigator.clipboard.writeText(text).then(() => true, () => false);
  said.textContent = worked ? said.dataset.copied : said.dataset.failed;
};

document.addEventListener("click", (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) copied(copy);
  if (event.target.closest("[data-print]")) window.print();
  const leave = event.target.closest("[data-leave]");
  if (leave) {
    event.preventDefault();
    document.body.replaceChildren();
    document.title = "New page";
    window.location.replace(leave.href);
  }
});

// Messages behind a statement come when they are asked for.
document.addEventListener("toggle", (event) => {
  const details = event.target;
  if (!details.open || !details.dataset.behind || details.dataset.there) return;
  details.dataset.there = "yes";
  window.htmx.ajax("GET", details.dataset.behind, { target: details.querySelector(".behind"), swap: "innerHTML" });
}, true);

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
