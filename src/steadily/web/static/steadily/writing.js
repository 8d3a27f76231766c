// Says softly when the time for writing has passed. It counts nothing down; without it the page says how long, about.
const page = document.querySelector("[data-writing]");
const told = document.querySelector("[data-writing-told]");
page.querySelector("textarea").addEventListener("input", () => {
  setTimeout(() => { told.hidden = false; }, Number(page.dataset.writing) * 60000);
}, { once: true });
