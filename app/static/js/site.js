// Extras on top of pages that work without them. Every word a person sees comes from a data- attribute, translated by the template.

document.documentElement.classList.add("script");

/** After a failed form: the summary takes focus; its links lead to the field with its label in view. */
function errorSummary(summary) {
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "start" });
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
}

/** How many characters are left. The visible line follows each key; the spoken one waits until the writer pauses. */
function characterCount(area) {
  const shown = document.getElementById(`${area.id}-count`);
  if (!shown) return;
  const most = Number(area.dataset.countMax);
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  shown.after(spoken);
  let pause;
  const words = () => {
    const left = most - [...area.value].length; // whole characters, as Python counts them; a line break is one
    return (left < 0 ? area.dataset.countOver : area.dataset.countLeft).replace("{n}", String(Math.abs(left)));
  };
  const update = (event) => {
    const now = words();
    shown.textContent = now;
    shown.classList.toggle("over", [...area.value].length > most);
    clearTimeout(pause);
    if (event) pause = setTimeout(() => { spoken.textContent = now; }, 1000);
  };
  area.addEventListener("input", update);
  update();
}

/** A second press while the first is on its way is dropped. The button keeps its focus and is never disabled. */
function once(form) {
  let sent = 0;
  const reset = () => {
    sent = 0;
    for (const button of form.querySelectorAll("[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
    form.querySelector(":scope > [role=status]")?.remove();
  };
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    // After ten seconds one may try again: the network may have given up without a word.
    if (sent && Date.now() - sent < 10000) {
      event.preventDefault();
      return;
    }
    reset();
    sent = Date.now();
    event.submitter?.setAttribute("aria-disabled", "true");
    if (form.dataset.busy) {
      const said = document.createElement("p");
      said.className = "visually-hidden";
      said.setAttribute("role", "status");
      form.append(said);
      said.textContent = form.dataset.busy;
    }
    setTimeout(reset, 10000);
  });
  // Coming back by the browser's own button finds the page as it was left.
  addEventListener("pageshow", (event) => { if (event.persisted) reset(); });
}

/** Looks again until the element carries data-done; gives up quietly after three failures. */
function poll(element, failures = 0) {
  if ("done" in element.dataset) return;
  const seconds = Number(element.dataset.pollSeconds) || 3;
  setTimeout(async () => {
    try {
      const address = new URL(element.dataset.poll, location.href);
      if (address.origin !== location.origin) return;
      const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const same = [...page.querySelectorAll("[data-poll]")];
      const fresh = same.find((one) => one.dataset.poll === element.dataset.poll) ?? same[0] ?? page.body;
      const done = "done" in fresh.dataset || fresh.querySelector("[data-done]") !== null;
      // Nothing is touched while nothing has changed, so that nothing is read out twice and no focus is lost.
      if (element.textContent.trim() !== fresh.textContent.trim()) {
        element.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
        if (fresh !== page.body) element.className = fresh.className;
      }
      if (done) element.dataset.done = "";
      poll(element, 0);
    } catch {
      if (failures < 2) poll(element, failures + 1);
      else element.querySelector(".no-script")?.classList.remove("no-script");
    }
  }, seconds * 1000);
}

document.querySelectorAll("[data-focus]").forEach(errorSummary);
document.querySelectorAll("textarea[data-count-max]").forEach(characterCount);
document.querySelectorAll("form[data-once]").forEach(once);
document.querySelectorAll("[data-poll]").forEach((element) => poll(element));
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
